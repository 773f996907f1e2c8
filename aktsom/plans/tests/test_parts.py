"""Each of those who share the responsibility sees her part of the plan, and what the Act says stands in every plan."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from aktsom.core.timing.clock import today
from aktsom.plans.content_file import library_content
from aktsom.plans.rules.content import PlanContent, Row, RowKind, Section, SectionArea, SectionForm
from aktsom.plans.rules.duty_roles import BY_CODE
from aktsom.plans.rules.parts import ROLES_OF, PlanShare, part_of
from aktsom.plans.services import begin_plan, put_edition_in_force
from tests.cast import Cast

PLANS = ("storhamar", "rosenvilde", "lillestrom", "sentrum", "steinkjer")


def one_row(key: str, *who: str, **more: bool | tuple[str, ...]) -> Row:
    return Row(key=key, kind=RowKind.TASK, what=f"Raden {key}", who=who, **more)  # type: ignore[arg-type]


def small_plan(*rows: Row) -> PlanContent:
    return PlanContent("Planen", sections=(Section("del", "Delen", SectionArea.PREVENT, SectionForm.TABLE, rows=rows),))


def test_part_holds_exactly_the_rows_that_name_somebody_of_it() -> None:
    plan = small_plan(one_row("a", "head_teacher"), one_row("b", "contact_teacher", "guardians"), one_row("c", "pupil_council"))

    found = {share: [row.key for _section, row in part_of(plan, share).rows()] for share in PlanShare}

    assert found == {
        PlanShare.LEADERSHIP: ["a"],
        PlanShare.STAFF: ["b"],
        PlanShare.PUPILS: ["c"],
        PlanShare.GUARDIANS: ["b"],
        PlanShare.COMMITTEE: [],
        PlanShare.COUNCIL: ["c"],
    }
    assert part_of(plan, PlanShare.COMMITTEE).sections == ()


def test_every_role_of_a_share_is_a_role_of_the_plans() -> None:
    assert {code for codes in ROLES_OF.values() for code in codes} - set(BY_CODE) == set()


@pytest.mark.parametrize("code", PLANS)
def test_pln_03_each_of_the_five_plans_has_a_part_for_leadership_and_staff(code: str) -> None:
    content = library_content(code)

    assert [bool(part_of(content, share).sections) for share in (PlanShare.LEADERSHIP, PlanShare.STAFF)] == [True, True]


@pytest.fixture
def slug(cast: Cast) -> str:
    by = cast.actor("head_teacher")
    plan = begin_plan(by=by, place=cast.school, template="sentrum")
    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())
    cache.clear()
    return cast.school.slug


@pytest.mark.django_db
def test_pln_03_part_is_open_for_everyone_and_leads_to_the_others(slug: str) -> None:
    content, client = library_content("sentrum"), Client()
    mine = next(row for _section, row in part_of(content, PlanShare.LEADERSHIP).rows())
    theirs = next(row for _section, row in content.rows() if not ROLES_OF[PlanShare.LEADERSHIP] & set(row.everyone))

    page = client.get(f"/skole/{slug}/plan/min-del/ledelsen/").content.decode()

    assert (mine.what in page, theirs.what in page) == (True, False)
    assert [f"/plan/min-del/{share}/" in page for share in PlanShare.values] == [True] * 6
    assert client.get(f"/skole/{slug}/plan/min-del/andre/").status_code == 404


@pytest.mark.django_db
def test_pln_02_right_and_zero_tolerance_stand_in_the_plan_whatever_the_school_writes(slug: str) -> None:
    page = Client().get(f"/skole/{slug}/plan/").content.decode()
    always = page.split("Dette gjelder alltid")[1].split("</section>")[0]

    assert ["§ 12-2" in always, "§ 12-3" in always, "krenkelser" in always] == [True, True, True]


@pytest.mark.django_db
def test_pln_09_plan_says_where_it_holds_and_that_what_happens_elsewhere_counts(slug: str) -> None:
    page = Client().get(f"/skole/{slug}/plan/").content.decode()
    always = page.split("Dette gjelder alltid")[1].split("</section>")[0]

    assert [words in always for words in ("§ 12-1", "SFO", "leksehjelpen", "på nett", "på tur", "i fritiden")] == [True] * 6


@pytest.mark.django_db
def test_pln_25_summary_says_where_the_whole_instruction_stands(cast: Cast) -> None:
    by = cast.actor("head_teacher")
    edition = begin_plan(by=by, place=cast.school, template="storhamar").editions.get()
    content = library_content("storhamar")
    key = next(row.key for _section, row in content.rows() if row.is_summary)
    put_edition_in_force(by=by, edition=edition, valid_from=today())
    cache.clear()

    page = Client().get(f"/skole/{cast.school.slug}/plan/").content.decode()

    assert (key != "", "Dette er en kort oppsummering." in page) == (True, True)


@pytest.mark.django_db
def test_law_08_after_school_care_and_homework_help_count_whoever_runs_them(slug: str) -> None:
    page = Client().get(f"/skole/{slug}/plan/").content.decode()

    assert "også når noen andre driver det for kommunen" in page.split("Dette gjelder alltid")[1].split("</section>")[0]
