"""§ 12-1: the chapter is for pupils. Adults in education and apprentices are outside it (§ 20-2, fact 25)."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from aktsom.cases.models import Case
from aktsom.cases.rules import OpeningObstacle, obstacles_to_opening
from aktsom.cases.services import open_case
from aktsom.cases.tests.factories import building, make_report
from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.audit.models import AuditEvent
from aktsom.people.models import Person
from aktsom.people.rules import Attendance
from aktsom.people.services import set_attendance
from tests.cast import Cast
from tests.signed_in import sign_in

NOBODY: frozenset[int] = frozenset()


@given(st.booleans(), st.booleans(), st.booleans())
def test_only_as_what_she_goes_there_decides(has_pupil: bool, at_school: bool, is_pupil: bool) -> None:
    found = obstacles_to_opening(
        has_pupil=has_pupil, at_school=at_school, is_pupil=is_pupil, has_open_case=False, handlers=frozenset({1}), accused=NOBODY
    )

    assert (OpeningObstacle.NO_PUPIL_OF_CHAPTER_12 in found) == (has_pupil and at_school and not is_pupil)


@pytest.mark.django_db
@pytest.mark.parametrize("attends_as", ["adult", "apprentice"])
def test_adult_is_reported_about_and_gets_no_case_until_it_is_put_right(cast: Cast, attends_as: str) -> None:
    head, pupil = cast.actor("head_teacher"), cast.person("classmate")
    report = make_report(cast, pupil=pupil)
    set_attendance(by=head, school=cast.school, person=pupil, attends_as=attends_as)

    with pytest.raises(Refused) as refused:
        open_case(by=head, report=report, pupil=pupil, handlers=[cast.person("case_handler")])
    set_attendance(by=head, school=cast.school, person=pupil, attends_as=Attendance.PUPIL)
    case = open_case(by=head, report=report, pupil=pupil, handlers=[cast.person("case_handler")])

    assert refused.value.reasons == [OpeningObstacle.NO_PUPIL_OF_CHAPTER_12]
    assert list(Case.objects.all()) == [case]


@pytest.mark.django_db
def test_pupil_of_eighteen_is_still_a_pupil(cast: Cast) -> None:
    pupil = cast.person("classmate")
    with building():
        Person.objects.filter(pk=pupil.pk).update(birth_date=pupil.birth_date.replace(year=pupil.birth_date.year - 6))

    case = open_case(
        by=cast.actor("head_teacher"), report=make_report(cast, pupil=pupil), pupil=pupil, handlers=[cast.person("case_handler")]
    )

    assert case.pupil == pupil


@pytest.mark.django_db
def test_it_is_written_in_on_the_page_and_logged(cast: Cast) -> None:
    head = sign_in(cast, "head_teacher")
    page = reverse("people:attendance-set", args=[cast.school.public_id])
    sent = {"person": cast.person("classmate").public_id, "attends_as": "adult"}

    refused = head.post(f"{page}?navn=Teodor", sent | {"attends_as": ""})
    written = head.post(f"{page}?navn=Teodor", sent)
    shown = head.get(page).content.decode()

    assert (refused.status_code, written.status_code) == (422, 302)
    assert ("Teodor" in shown, "Deltaker i opplæring for voksne" in shown) == (True, True)
    assert AuditEvent.objects.filter(event="attendance.set").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["contact_teacher", "case_handler", "guardian", "head_teacher_elsewhere", "technical_admin"])
def test_nobody_takes_a_pupil_out_of_the_chapter_but_those_who_organise_the_school(cast: Cast, name: str) -> None:
    with pytest.raises((NotAllowed, OutOfReach)):
        set_attendance(by=cast.actor(name), school=cast.school, person=cast.person("classmate"), attends_as="adult")
