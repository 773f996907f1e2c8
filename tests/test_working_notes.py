"""Working notes are deleted by the owner's own rule; everything of a case is preserved; the log says that and not what (PRV-06)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktsom.cases.jobs import remove_old_own_notes
from aktsom.cases.models import HealthNote, Note
from aktsom.cases.rules import NoteKind
from aktsom.cases.services import add_note
from aktsom.cases.services.assistance import write_health_note
from aktsom.cases.services.investigation import NoteDraft
from aktsom.cases.tests.factories import make_case, pupil_part
from aktsom.core.access.door import Refused
from aktsom.core.access.roles import Role
from aktsom.core.audit.models import AuditEvent
from aktsom.core.timing.clock import now, set_to, today
from aktsom.people.models import Position
from aktsom.reports.tests.factories import building
from aktsom.schools.rules import NotesObstacle, notes_older_than, obstacles_to_keeping_notes
from aktsom.schools.services import set_working_notes
from aktsom.wheel.jobs import remove_old_notes
from aktsom.wheel.models import DailyNote
from aktsom.wheel.services import write_daily_note
from tests.cast import Cast
from tests.signed_in import sign_in

NURSE = "teacher_without_relation"
A_YEAR_ON = timedelta(days=370)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 120))
def test_so_many_months_ago_is_a_day_of_that_month(day: date, months: int) -> None:
    before = notes_older_than(today=day, months=months)

    assert (day.year * 12 + day.month) - (before.year * 12 + before.month) == months
    assert before.day == day.day or (before + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("months", "found"), [(None, []), (1, []), (120, []), (0, [NotesObstacle.TOO_SHORT]), (121, [NotesObstacle.TOO_LONG])]
)
def test_time_is_none_or_within_reason(months: int | None, found: list[NotesObstacle]) -> None:
    assert obstacles_to_keeping_notes(months=months) == found


def written(cast: Cast) -> None:
    """Write a note of the nurse's own, a sentence of an ordinary day, and a note in a case."""
    with building():
        Position.objects.create(person=cast.person(NURSE), role=Role.SCHOOL_NURSE, school=cast.school, valid_from=today())
    write_health_note(by=cast.actor(NURSE), school_id=cast.school.pk, pupil=cast.person("pupil"), text="Snakket om søvn.")
    write_daily_note(by=cast.actor("contact_teacher"), school=cast.school, text="Vi spiste sammen.", on=today())
    case = make_case(cast)
    draft = NoteDraft(kind=NoteKind.OBSERVATION, happened_at=now(), text="Ylva står alene.")
    add_note(by=cast.actor("case_handler"), case=case, part=pupil_part(case), draft=draft)


def left() -> tuple[int, int, int]:
    return HealthNote.objects.count(), DailyNote.objects.count(), Note.objects.count()


@pytest.mark.django_db
def test_prv_06_notes_older_than_the_owner_keeps_them_are_deleted_and_the_case_is_preserved(cast: Cast) -> None:
    written(cast)
    with set_to(now() + A_YEAR_ON):
        assert (remove_old_own_notes(), remove_old_notes(), left()) == (0, 0, (1, 1, 1))  # no rule: nothing by itself
        set_working_notes(by=cast.actor("owner_handler"), owner=cast.owner, months=24)
        assert (remove_old_own_notes(), remove_old_notes(), left()) == (0, 0, (1, 1, 1))
        set_working_notes(by=cast.actor("owner_handler"), owner=cast.owner, months=12)
        assert (remove_old_own_notes(), remove_old_notes(), left()) == (1, 1, (0, 0, 1))
        assert (remove_old_own_notes(), remove_old_notes()) == (0, 0)

    said = AuditEvent.objects.filter(event="working_notes.removed")
    assert {(row.job != "", row.object_type, row.object_id) for row in said} == {(True, "schools.school", cast.school.public_id)}
    assert said.count() == 2


@pytest.mark.django_db
def test_owner_sets_the_time_on_a_page_and_the_nurse_reads_of_it(cast: Cast) -> None:
    written(cast)
    address = f"/skolen/eier/{cast.owner.public_id}/arbeidsnotater/"
    assert sign_in(cast, "owner_handler").post(address, {"months": "0"}).status_code == 422
    assert sign_in(cast, "owner_handler").post(address, {"months": "18"}).status_code == 302

    cast.owner.refresh_from_db()
    assert cast.owner.working_notes_months == 18
    assert "når de ikke er endret på 18 måneder" in sign_in(cast, NURSE).get("/egne-notater/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["head_teacher", "other_owner_handler", "technical_admin"])
def test_nobody_but_the_owner_sets_the_time(cast: Cast, name: str) -> None:
    assert sign_in(cast, name).post(f"/skolen/eier/{cast.owner.public_id}/arbeidsnotater/", {"months": "1"}).status_code in {403, 404}
    with pytest.raises(Refused):
        set_working_notes(by=cast.actor("owner_handler"), owner=cast.owner, months=0)
    cast.owner.refresh_from_db()
    assert cast.owner.working_notes_months is None
