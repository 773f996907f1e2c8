"""From the teacher's report to the closed case, once for each school's plan, on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.cast import build_cast
from tests.journeys import road
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


LAPTOP = {"width": 1280, "height": 900}
WORDS = {
    "storhamar": "Aktivitetsplan",
    "rosenvilde": "Aktivitetsplan",
    "lillestrom": "Handlingsplan for eleven",
    "sentrum": "Aktivitetsplan",
    "steinkjer": "Tiltaksplan",
}
FROM_CATALOGUE = {"steinkjer"}
ASKS_WHETHER_THE_PUPIL_KNOWS = {"storhamar"}
WORKS_WITH_THE_CASE = {  # whom the plan lets investigate, when it is not a department head
    "lillestrom": ("Randi Randistad", "head_teacher"),
    "steinkjer": ("Kari Karistad", "contact_teacher"),
}
TELLS_THE_OWNER_IN_EVERY_CASE = {"sentrum"}


@pytest.mark.parametrize("procedure", WORDS)
def test_road_from_report_to_closed_case(arrive: Callable[..., Walker], procedure: str) -> None:
    cast = build_cast(procedure=procedure)
    wide = {"viewport": LAPTOP} if procedure == "storhamar" else {}
    name, who = WORKS_WITH_THE_CASE.get(procedure, ("Hedda Heddastad", "case_handler"))
    teacher, head, handler = arrive(cast, "contact_teacher"), arrive(cast, "head_teacher", **wide), arrive(cast, who)

    assert teacher.open("/meld/").missing("Send meldingen") == 3
    expect(teacher.main.get_by_label("Vet eleven at du melder fra?")).to_have_count(int(procedure in ASKS_WHETHER_THE_PUPIL_KNOWS))
    road.report(teacher)
    assert teacher.taps <= 8
    road.take(head)
    assert head.taps == 2
    expect(head.main.get_by_text("Skolens plan gir disse eksemplene på alvorlig")).to_have_count(int(procedure == "steinkjer"))
    road.assess(head)
    case = road.open_case(head, name)
    own_rule = "Skolens egen regel: Planen og tiltakene skal være gjort kjent og ha fått svar innen fem virkedager."
    assert (own_rule in head.main.inner_text()) is (procedure == "lillestrom")
    owner = arrive(cast, "owner_handler").open("/eier/")
    expect(owner.main.locator("ul.aktsom-rows a")).to_have_count(int(procedure in TELLS_THE_OWNER_IN_EVERY_CASE))

    road.hear(handler, case)
    road.investigate(handler, case)
    plan = road.write_plan(handler, case, from_catalogue=procedure in FROM_CATALOGUE)
    handler.sees(f"{WORDS[procedure]}: {road.PUPIL}")
    road.tell(handler, plan)
    road.evaluate(handler, plan, "Litt bedre")
    road.evaluate(handler, plan, "Trygt og godt", final=True)

    road.close(head, case)


def test_closed_case_opens_again_with_everything_in_it(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    head, handler = arrive(cast, "head_teacher"), arrive(cast, "case_handler")
    road.report(arrive(cast, "contact_teacher"))
    road.take(head)
    case = road.open_case(head, "Hedda Heddastad")
    road.hear(handler, case)
    road.investigate(handler, case)
    plan = road.write_plan(handler, case)
    road.evaluate(handler, plan, "Trygt og godt", final=True)
    road.close(head, case)

    head.open(f"/saker/{case}/").press("Åpne saken igjen").write("Hva har skjedd?", "Ylva sier at det har begynt igjen.")
    head.press("Åpne saken igjen").sees("Saken er åpen igjen.")

    handler.open(f"/saker/{case}/undersokelse/").sees("To vitner fortalte det samme.")
    handler.open(f"/saker/{case}/stemme/").sees("Jeg vil ha noen å være sammen med.")
    handler.open(f"/planer/{plan}/utgaver/1/").sees("En voksen går ute med Ylva hvert friminutt.")
    handler.open(f"/planer/{plan}/").sees("Jeg har noen å være sammen med nå.")
