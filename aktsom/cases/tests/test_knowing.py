"""When the pupil meets her own case: when somebody has told her, never before, and always when she told of it herself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from aktsom.cases import services
from aktsom.cases.access import cases_as_family
from aktsom.cases.knowing import knows
from aktsom.cases.models import Case
from aktsom.cases.rules import HearingOutcome
from aktsom.cases.rules.procedure import Consideration
from aktsom.cases.services.family import ask_how_it_is
from aktsom.cases.services.letters import make_letter
from aktsom.cases.services.voice import HearingDraft, tell_rights
from aktsom.cases.tests.factories import make_case, pupil_part, put_plan_in_force, tell_pupil
from aktsom.core.access.actor import system_actor
from aktsom.core.notify.models import Notice
from aktsom.core.timing.clock import today
from aktsom.reports.rules import PupilTold, ReporterKind
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db

NOT_TOLD = "Eleven ser ikke saken ennå, fordi ingen har fortalt det"


def heard(cast: Cast, case: Case, outcome: HearingOutcome) -> None:
    waits = outcome == HearingOutcome.NOT_YET
    draft = HearingDraft(
        outcome=outcome,
        held_on=today(),
        pupils_words="" if waits else "Jeg vil ha noen å være sammen med.",
        reason_not_yet="Eleven er syk." if waits else "",
        planned_on=today() + timedelta(days=2) if waits else None,
    )
    services.write_hearing(by=cast.actor("head_teacher"), case=case, part=pupil_part(case), draft=draft)


def marked(cast: Cast, case: Case, *, was_needed: bool) -> None:
    head = cast.actor("head_teacher")
    services.mark_step(by=head, case=case, step=Consideration.TELL_PUPIL, was_needed=was_needed, on=today(), text="Eleven er på sykehus.")


OPENS: dict[str, Callable[[Cast, Case], object]] = {
    "heard": lambda cast, case: heard(cast, case, HearingOutcome.HEARD),
    "asked and did not want to speak": lambda cast, case: heard(cast, case, HearingOutcome.DID_NOT_WANT),
    "told of the rights": lambda cast, case: tell_rights(by=cast.actor("head_teacher"), case=case, told_on=today()),
    "somebody wrote that she was told": lambda cast, case: marked(cast, case, was_needed=True),
    "a letter to her": lambda cast, case: make_letter(by=cast.actor("head_teacher"), case=case, person=case.pupil, text="Hei, Ylva."),
    "a plan in force": lambda cast, case: put_plan_in_force(cast, case),
}
KEEPS_SHUT: dict[str, Callable[[Cast, Case], object]] = {
    "nothing": lambda cast, case: None,
    "not heard yet, with a reason": lambda cast, case: heard(cast, case, HearingOutcome.NOT_YET),
    "not needed to tell her": lambda cast, case: marked(cast, case, was_needed=False),
    "another step was done": lambda cast, case: services.mark_step(
        by=cast.actor("head_teacher"), case=case, step=Consideration.TEAM, was_needed=True, on=today()
    ),
}


@pytest.mark.parametrize("way", OPENS)
def test_pupil_meets_her_case_when_she_was_told(cast: Cast, way: str) -> None:
    case = make_case(cast)

    OPENS[way](cast, case)

    assert list(cases_as_family(cast.actor("pupil"))) == [case]


@pytest.mark.parametrize("way", KEEPS_SHUT)
def test_pupil_does_not_meet_her_case_before_anybody_told_her(cast: Cast, way: str) -> None:
    case = make_case(cast)
    other = make_case(cast, pupil=cast.person("other_party"))
    tell_pupil(cast, other)  # what somebody told another pupil opens nothing for her

    KEEPS_SHUT[way](cast, case)

    assert list(cases_as_family(cast.actor("pupil"))) == []
    assert sign_in(cast, "pupil").get(reverse("cases:own-case", args=[case.public_id])).status_code == 404


def test_pupil_who_told_of_it_herself_meets_the_case_at_once(cast: Cast) -> None:
    case = make_case(cast, reporter=cast.person("pupil"), reporter_kind=ReporterKind.PUPIL)

    assert knows(case)


def test_report_that_says_the_pupil_knows_of_it_opens_nothing(cast: Cast) -> None:
    case = make_case(cast, pupil_told=PupilTold.YES)

    assert not knows(case)


def test_start_page_of_the_pupil_says_nothing_of_a_case_she_has_not_been_told_of(cast: Cast) -> None:
    case = make_case(cast)
    pupil = sign_in(cast, "pupil")
    before = "Saken din" in pupil.get("/").content.decode()

    tell_pupil(cast, case)

    assert (before, "Saken din" in pupil.get("/").content.decode()) == (False, True)


def test_nobody_asks_the_pupil_how_it_is_in_a_case_she_does_not_know_of(cast: Cast) -> None:
    case = make_case(cast)
    job = system_actor("test")

    ask_how_it_is(by=job, case=case)
    before = Notice.objects.filter(code="family.asked").count()
    tell_pupil(cast, case)
    ask_how_it_is(by=job, case=case)

    assert before == 0
    assert [row.person_ref for row in Notice.objects.filter(code="family.asked")] == [case.pupil_id]


@pytest.mark.parametrize("tab", ["case-detail", "case-voice", "case-family"])
def test_handler_reads_that_the_pupil_does_not_see_the_case_yet_and_writes_that_she_was_told(cast: Cast, tab: str) -> None:
    case = make_case(cast)
    handler = sign_in(cast, "case_handler")
    where = reverse(f"cases:{tab}", args=[case.public_id])
    write = reverse("cases:step-mark", args=[case.public_id, "tell_pupil"])
    before = handler.get(where).content.decode()

    handler.post(write, {"was_needed": "ja", "on": today().isoformat(), "text": ""})

    assert (NOT_TOLD in before, f'href="{write}"' in before) == (True, True)
    assert NOT_TOLD not in handler.get(where).content.decode()
    assert knows(case)
