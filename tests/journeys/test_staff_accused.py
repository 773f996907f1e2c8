"""A report about somebody who works at the school: the accused meets nothing, anywhere (§ 12-5)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.cast import build_cast
from tests.journeys import road
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def report_about(walker: Walker, involved: str, accused: str) -> str:
    """Report that an adult is part of it, and who."""
    walker.open("/meld/").write("Hvem gjelder det?", road.PUPIL).write("Hva har skjedd?", "Ylva ble latterliggjort foran klassen.")
    walker.choose("Ja, det haster nå").choose(involved).unfold("Hvem som er med på det").write("Hvem av dem som arbeider", accused)
    walker.press("Send meldingen").sees("Vi har fått meldingen")
    return walker.public_id


def meets_nothing(walker: Walker, report: str) -> None:
    """See that the report is in no list and no notice, and that its address does not exist."""
    walker.open("/").sees_no("Ylva")
    walker.open("/varsler/").sees_no("melding")
    if walker.answers("/meldinger/") == 200:
        walker.sees_no("Ylva")
    assert walker.answers(f"/meldinger/{report}/") == 404
    assert walker.answers(f"/mine-meldinger/{report}/") == 404


def test_accused_teacher_meets_nothing_and_the_owner_is_told(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    report = report_about(arrive(cast, "contact_teacher"), "Ja, en som arbeider ved skolen", "Petra Petrastad")

    head = arrive(cast, "head_teacher")
    head.open("/").press("Åpne meldingen").sees("Petra Petrastad").press("Ta imot meldingen")
    road.assess(head, serious=True)

    meets_nothing(arrive(cast, "teacher_of_others"), report)
    owner = arrive(cast, "owner_handler")
    owner.open("/eier/").sees("Solvik skole").press("En som arbeider ved skolen, § 12-5 første ledd").press("Åpne varselet").sees(
        "Petra Petrastad"
    )
    head.open(f"/meldinger/{report}/").sees("Åpnet")


def test_accused_head_teacher_meets_nothing_and_only_the_owner_reads(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    teacher = arrive(cast, "contact_teacher")
    report = report_about(teacher, "Ja, noen i ledelsen", "Aslak Aslakstad")
    teacher.sees("Meldingen er sendt rett til kommunen.")

    meets_nothing(arrive(cast, "accused_head_teacher"), report)
    meets_nothing(arrive(cast, "head_teacher"), report)
    owner = arrive(cast, "owner_handler")
    owner.open("/").sees("Ylva").open(f"/meldinger/{report}/").sees("Aslak Aslakstad")
    owner.press("Ta imot meldingen").sees("Du har tatt imot meldingen.")


@pytest.mark.parametrize(("procedure", "offered"), [("rosenvilde", 0), ("storhamar", 1)])
def test_groundless_is_offered_only_where_the_plan_leaves_the_choice(arrive: Callable[..., Walker], procedure: str, offered: int) -> None:
    cast = build_cast(procedure=procedure)
    report = report_about(arrive(cast, "contact_teacher"), "Ja, en som arbeider ved skolen", "Petra Petrastad")

    head = arrive(cast, "head_teacher").open(f"/meldinger/{report}/")

    expect(head.main.get_by_role("link", name="Er den åpenbart grunnløs?")).to_have_count(offered)
