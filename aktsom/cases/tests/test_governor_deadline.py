"""A day Statsforvalteren has set: written in, shown, reminded of, answered. Nothing in the case waits for it (NEG-42, NEG-43)."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from aktsom.cases.jobs import remind_of_days
from aktsom.cases.models import Case, GovernorDeadline
from aktsom.cases.rules.procedure import (
    GovernorDeadlineObstacle,
    obstacles_to_answering_governor,
    obstacles_to_governor_deadline,
)
from aktsom.cases.services import answer_governor, close_case, note_governor, set_governor_deadline
from aktsom.cases.tests.factories import make_case
from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.audit.models import AuditEvent
from aktsom.core.notify.models import Notice
from aktsom.core.timing.clock import set_to, today
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
WANTED = "Planen, loggen og referatene."


def taken_up(cast: Cast, *, due_in: int = 10) -> tuple[Case, GovernorDeadline]:
    case, head = make_case(cast), cast.actor("head_teacher")
    note_governor(by=head, case=case, known_on=today())
    return case, set_governor_deadline(by=head, case=case, due_on=today() + timedelta(days=due_in), text=WANTED)


def nine(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def told(cast: Cast) -> list[str]:
    names = {person.pk: name for name, person in cast.people.items()}
    return sorted(names[pk] for pk in Notice.objects.filter(code="governor.due").values_list("person_ref", flat=True))


@given(st.text(max_size=20), st.booleans())
def test_day_needs_words_and_that_statsforvalteren_has_the_case_and_never_a_number_of_days(text: str, is_noted: bool) -> None:
    found = obstacles_to_governor_deadline(text=text, is_noted=is_noted)

    assert (GovernorDeadlineObstacle.NO_TEXT in found) == (not text.strip())
    assert (GovernorDeadlineObstacle.NOT_NOTED in found) == (not is_noted)


@given(st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.booleans())
def test_answer_is_not_of_a_day_to_come_and_is_written_once(answered_on: date, is_answered: bool) -> None:
    day = date(2026, 6, 1)
    found = obstacles_to_answering_governor(answered_on=answered_on, today=day, is_answered=is_answered)

    assert (GovernorDeadlineObstacle.LATER in found) == (answered_on > day)
    assert (GovernorDeadlineObstacle.ANSWERED in found) == is_answered


def test_neg_42_day_of_statsforvalteren_is_shown_reminded_of_and_never_passes_unnoticed(cast: Cast) -> None:
    case, wanted = taken_up(cast)
    page = sign_in(cast, "case_handler").get(f"/saker/{case.public_id}/").content.decode()
    assert ("Svar til Statsforvalteren" in page, WANTED in page) == (True, True)
    line = "Statsforvalteren venter på svar i saken om"
    for name in ("head_teacher", "case_handler"):
        assert line in sign_in(cast, name).get("/").content.decode()

    begun = today()
    with set_to(nine(begun + timedelta(days=8))):
        remind_of_days()
        remind_of_days()
    answering = ["accused_head_teacher", "case_handler", "head_teacher"]  # she heads the school too, and this case is not about her
    assert told(cast) == answering
    with set_to(nine(wanted.due_on + timedelta(days=1))):
        remind_of_days()
        assert line in sign_in(cast, "head_teacher").get("/").content.decode()
    assert told(cast) == sorted(answering * 2)

    address = f"/saker/{case.public_id}/statsforvalteren/frist/{wanted.public_id}/"
    assert sign_in(cast, "head_teacher").post(address, {"answered_on": begun.isoformat()}).status_code == 302
    assert line not in sign_in(cast, "head_teacher").get("/").content.decode()
    events = set(AuditEvent.objects.filter(file_id=case.public_id).values_list("event", flat=True))
    assert events >= {"governor_deadline.set", "governor_deadline.answered"}


def test_day_is_first_written_in_when_statsforvalteren_has_the_case(cast: Cast) -> None:
    case = make_case(cast)

    with pytest.raises(Refused):
        set_governor_deadline(by=cast.actor("head_teacher"), case=case, due_on=today(), text=WANTED)
    note_governor(by=cast.actor("head_teacher"), case=case, known_on=today())
    set_governor_deadline(by=cast.actor("head_teacher"), case=case, due_on=today(), text=WANTED)


@pytest.mark.parametrize(("name", "wall"), [("case_handler", NotAllowed), ("teacher_of_others", OutOfReach), ("guardian", NotAllowed)])
def test_only_who_answers_for_the_case_writes_the_day_and_the_answer(cast: Cast, name: str, wall: type[Exception]) -> None:
    case, wanted = taken_up(cast)
    by = cast.actor(name)
    wall = OutOfReach if name == "guardian" else wall

    with pytest.raises(wall):
        set_governor_deadline(by=by, case=case, due_on=today(), text=WANTED)
    with pytest.raises(wall):
        answer_governor(by=by, case=case, wanted=wanted, answered_on=today())


def test_neg_43_unanswered_day_keeps_no_case_open(cast: Cast) -> None:
    case, _wanted = taken_up(cast)

    with pytest.raises(Refused) as refused:
        close_case(by=cast.actor("head_teacher"), case=case, reason="safe", note="Trygt.")
    assert "Statsforvalteren" not in str(refused.value)
