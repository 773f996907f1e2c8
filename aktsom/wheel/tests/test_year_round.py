"""What stands all year: the focus of Steinkjer's plan with everything it names, and Sentrum's table of who is responsible."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from aktsom.core.timing.clock import today
from aktsom.plans.rules.content import PlanContent
from aktsom.plans.selectors.editions import content_of
from aktsom.plans.services import begin_edition, begin_plan, put_edition_in_force
from aktsom.schools.selectors import current_year
from aktsom.wheel.models import WheelTask
from aktsom.wheel.services import arrange_year
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def laid_out(cast: Cast, template: str) -> Any:
    by = cast.actor("head_teacher")
    plan = begin_plan(by=by, place=cast.school, template=template)
    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())
    arrange_year(by=by, school=cast.school, year=current_year(cast.school.pk, today()))
    return plan


def who_has(row: str, part: int = 0) -> set[str]:
    return set(WheelTask.objects.filter(row_key=row, part=part).exclude(state="gone").order_by("id").values_list("who", flat=True))


def test_whl_09_year_round_focus_is_in_the_wheel_with_its_resources_and_the_invitation(cast: Cast) -> None:
    laid_out(cast, "steinkjer")
    head = sign_in(cast, "head_teacher")
    focus = WheelTask.objects.filter(row_key="stk-w1", part=0).order_by("due_on", "id")
    invitation = WheelTask.objects.filter(row_key="stk-w1", part=1).order_by("due_on", "id")

    page = head.get(f"/arshjul/gjoremal/{focus[0].public_id}/").content.decode()

    assert (who_has("stk-w1"), who_has("stk-w1", 1)) == ({" head_teacher everyone "}, {" head_teacher "})
    assert "Invitere PP-tjenesten og helsesykepleieren" in invitation[0].title
    named = ("Se eleven innenfra", "Robust ungdom", "Kompetansepakke 5 fra Udir", "Klasseledelse")
    assert [name for name in named if name not in page] == []
    addresses = (
        "skolemiljo/fremme-et-godt-skolemiljo-og-forebygge-krenkelser/klasseledelse/",
        "kompetansepakke-om-trygt-og-godt-skolemiljo/",
    )
    assert [address for address in addresses if address not in page] == []
    assert {task.kind for task in focus} == {"check_in"}  # all year: somebody looks in on it, nobody gets forty tasks


def test_whl_10_purpose_and_core_curriculum_stand_all_year_with_what_helps(cast: Cast) -> None:
    laid_out(cast, "steinkjer")
    task = WheelTask.objects.filter(row_key="stk-w6").order_by("due_on", "id").first()
    assert task is not None

    page = sign_in(cast, "contact_teacher").get(f"/arshjul/gjoremal/{task.public_id}/").content.decode()

    assert who_has("stk-w6") == {" head_teacher leadership everyone "}
    named = (
        "overordnet del",
        "tverrfaglige",
        "prinsippene for læring, utvikling og danning",
        "Støtte til arbeidet",
        "/lk20/overordnet-del/",
    )
    assert [name for name in named if name not in page] == []


def test_pln_24_table_of_responsibility_gives_the_tasks_and_they_follow_when_it_changes(cast: Cast) -> None:
    plan = laid_out(cast, "sentrum")
    by = cast.actor("head_teacher")
    assert [who_has(f"sen-r{number}") for number in (1, 2, 3, 5)] == [
        {" head_teacher "},
        {" leadership "},
        {" leadership environment_worker "},
        {" everyone "},
    ]
    duty = content_of(plan.editions.get()).row("sen-r4")
    assert duty is not None
    assert (duty.who, duty.kind.value, who_has("sen-r4")) == (("everyone",), "duty", set())  # a duty when something happens, not a task

    newer = begin_edition(by=by, plan=plan, content=given(content_of(plan.editions.get()), "sen-r1", ("deputy",)))
    put_edition_in_force(by=by, edition=newer, valid_from=today() + timedelta(days=1))
    arrange_year(by=by, school=cast.school, year=current_year(cast.school.pk, today()))

    assert who_has("sen-r1") == {" deputy "}
    assert who_has("sen-r2") == {" leadership "}


def given(content: PlanContent, key: str, who: tuple[str, ...]) -> PlanContent:
    """Return the plan with one row given to others."""
    sections = tuple(
        replace(section, rows=tuple(replace(row, who=who) if row.key == key else row for row in section.rows))
        for section in content.sections
    )
    return replace(content, sections=sections)
