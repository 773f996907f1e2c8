"""The catalogue a school chooses measures from: its plan's and its own, by what was found and by level (ACT-12)."""

from __future__ import annotations

from dataclasses import dataclass

from aktsom.core.access.actor import ANONYMOUS
from aktsom.core.access.door import OutOfReach
from aktsom.plans.access import catalogue_visible_to
from aktsom.plans.models import CatalogueEntry
from aktsom.plans.rules import CatalogueMeasure
from aktsom.plans.rules.catalogue import FindingTheme, theme_of
from aktsom.plans.selectors.procedure import NoProcedure, procedure_of

OWN = "egen-"


@dataclass(frozen=True)
class CatalogueGroup:
    """The measures that answer one kind of finding."""

    label: str
    measures: list[CatalogueMeasure]


def own_entries(school_id: int) -> list[CatalogueEntry]:
    """Return what the school has added itself."""
    return list(catalogue_visible_to(ANONYMOUS).filter(school_id=school_id, ended_at=None))


def get_entry(school_id: int, public_id: str) -> CatalogueEntry:
    """Return one of the school's own measures, or raise OutOfReach (404)."""
    found = next((entry for entry in own_entries(school_id) if entry.public_id == public_id), None)
    if found is None:
        raise OutOfReach(CatalogueEntry._meta.label, public_id)
    return found


def measure_catalogue(school_id: int) -> tuple[CatalogueMeasure, ...]:
    """Return the measures the school's plan offers, then those the school has added itself."""
    try:
        planned = procedure_of(school_id).catalogue
    except NoProcedure:
        planned = ()
    return (*planned, *(CatalogueMeasure(f"{OWN}{entry.public_id}", entry.level, entry.text) for entry in own_entries(school_id)))


def catalogue_by_finding(school_id: int) -> list[CatalogueGroup]:
    """Return the catalogue by what was found, each by level. What no finding fits stands last."""
    said = {f"{OWN}{entry.public_id}": entry.theme for entry in own_entries(school_id)}
    found: dict[str, list[CatalogueMeasure]] = {}
    for measure in measure_catalogue(school_id):
        found.setdefault(theme_of(measure.text, said.get(measure.code, "")), []).append(measure)
    order = {"pupil": 0, "group": 1, "school": 2}
    groups = [(theme.value, str(theme.label)) for theme in FindingTheme] + [("", "")]
    return [CatalogueGroup(label, sorted(found[code], key=lambda one: order[one.level])) for code, label in groups if code in found]
