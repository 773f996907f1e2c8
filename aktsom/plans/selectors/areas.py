"""The six areas with how one knows them and what one can do, and how a school sees itself this year (QUA-01 to QUA-09)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from aktsom.core.timing.yearly import understand
from aktsom.plans.content_file import PER
from aktsom.plans.loading import LIBRARY
from aktsom.plans.models import AreaLook
from aktsom.plans.rules.areas import Area, AreaMark, AreaMeasure, Level
from aktsom.plans.rules.content import PerWhom, PlanContent, Row, RowKind, Section, SectionArea, SectionForm
from aktsom.plans.rules.duty_roles import roles_in

SOURCE = "omrader"


@lru_cache(maxsize=1)
def areas() -> tuple[Area, ...]:
    """Return the six areas of the library."""
    read = yaml.safe_load((LIBRARY / "omrader.yaml").read_text("utf-8"))
    return tuple(
        Area(
            item["kode"],
            item["navn"],
            item["om"],
            tuple(AreaMark(f"{item['kode']}.{code}", text) for code, text in item["kjennetegn"].items()),
            tuple(
                AreaMeasure(f"{item['kode']}-{code}", said["hva"], tuple(said["hvem"]), said["når"], said.get("per", "skole"))
                for code, said in item["tiltak"].items()
            ),
        )
        for item in read["områder"]
    )


@lru_cache(maxsize=1)
def areas_as_content() -> PlanContent:
    """Return the measures of the areas as rows that can be copied into a plan."""
    sections = tuple(
        Section(
            f"omrade-{area.code}", area.name, SectionArea.PROMOTE, SectionForm.TABLE, area.about, tuple(_row(one) for one in area.measures)
        )
        for area in areas()
    )
    return PlanContent("Seks områder for et inkluderende fellesskap", sections=sections)


def _row(measure: AreaMeasure) -> Row:
    who = tuple(dict.fromkeys(code for said in measure.who for code in roles_in(said).roles))
    return Row(
        f"omr-{measure.code}", RowKind.TASK, measure.what, who=who, when_said=measure.when,
        timings=understand(measure.when).timings, per=PerWhom(PER[measure.per]), sources=(f"omr-{measure.code}",),
    )  # fmt: skip


@dataclass(frozen=True)
class SeenMark:
    """One characteristic, what the school says of it this year, and what it said the year before."""

    mark: AreaMark
    level: str
    before: str


@dataclass(frozen=True)
class SeenArea:
    """One area as the school sees itself."""

    area: Area
    marks: tuple[SeenMark, ...]


def seen_areas(school: Any, *, year: str, before: str = "") -> list[SeenArea]:
    """Return the areas with what the school says this year and said the year before."""
    looks = AreaLook.objects.filter(school=school, year__in=[year, before]).order_by("pk").values_list("year", "mark", "level")
    said = {(of_year, mark): level for of_year, mark, level in looks}
    words = {str(level.value): str(level.label) for level in Level}
    return [
        SeenArea(
            area,
            tuple(SeenMark(mark, said.get((year, mark.code), ""), words.get(said.get((before, mark.code), ""), "")) for mark in area.marks),
        )
        for area in areas()
    ]
