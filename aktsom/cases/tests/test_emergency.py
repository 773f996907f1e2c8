"""Access in an emergency: reason first, told at once, for some hours, looked through, and never for the shut out."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from aktsom.cases import selectors, services
from aktsom.cases.access import cases_visible_to, parts_visible_to, sees_whole_case
from aktsom.cases.models import Case, EmergencyAccess
from aktsom.cases.rules import NoteKind, PartKind
from aktsom.cases.rules.emergency import (
    EmergencyObstacle,
    ReviewObstacle,
    ReviewOutcome,
    emergency_end,
    obstacles_to_emergency,
    obstacles_to_review,
)
from aktsom.cases.selectors.emergency import measures_in_emergency
from aktsom.cases.services.emergency import open_in_emergency, review_emergency
from aktsom.cases.services.investigation import NoteDraft
from aktsom.cases.tests.factories import building, make_case, pupil_part, put_plan_in_force
from aktsom.core.access.door import NotAllowed, Refused
from aktsom.core.access.roles import Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.notify.models import Notice
from aktsom.core.timing.clock import now, today
from aktsom.people.models import Guardianship, Position
from aktsom.reports.rules import Route
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
REASON = "Ylva gråter i garderoben, og ingen som har saken er her."


def with_department_head(cast: Cast, name: str = "teacher_without_relation") -> str:
    """Let somebody lead a department."""
    with building():
        Position.objects.create(
            person=cast.person(name), role=Role.DEPARTMENT_HEAD, school=cast.school, valid_from=today() - timedelta(days=9)
        )
    return name


def opened_by(cast: Cast, name: str = "teacher_without_relation") -> tuple[Case, EmergencyAccess]:
    case = make_case(cast)
    with_department_head(cast, name)
    return case, open_in_emergency(by=cast.actor(name), pupil=cast.person("pupil"), reason=REASON)


def meets(cast: Cast, name: str, case: Case) -> bool:
    return cases_visible_to(cast.actor(name)).filter(pk=case.pk).exists()


@given(st.text(max_size=5), st.booleans())
def test_emergency_needs_a_reason_and_a_case(reason: str, has_case: bool) -> None:
    expected = [EmergencyObstacle.NO_REASON] * (not reason.strip()) + [EmergencyObstacle.NO_CASE] * (not has_case)

    assert obstacles_to_emergency(reason=reason, has_case=has_case) == expected


@given(st.booleans(), st.booleans(), st.sampled_from(ReviewOutcome.values), st.sampled_from(["", "Vi har snakket."]))
def test_nobody_reviews_her_own_deed(is_own: bool, is_done: bool, outcome: str, text: str) -> None:
    found = obstacles_to_review(is_own=is_own, is_done=is_done, outcome=outcome, text=text)

    assert (ReviewObstacle.OWN in found, ReviewObstacle.DONE in found) == (is_own, is_done)
    assert (ReviewObstacle.NO_TEXT in found) == (outcome == ReviewOutcome.NOT_NEEDED and not text)


def test_emergency_opens_the_pupils_part_alone_and_ends_by_itself(cast: Cast, time_machine: Any) -> None:
    case, opened = opened_by(cast)
    services.add_part(by=cast.actor("head_teacher"), case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    reader = cast.actor("teacher_without_relation")

    during = (meets(cast, "teacher_without_relation", case), list(parts_visible_to(reader, case)), sees_whole_case(reader, case))
    time_machine.move_to(opened.valid_until)

    assert during == (True, [pupil_part(case)], False)
    assert (opened.valid_until, meets(cast, "teacher_without_relation", case)) == (emergency_end(opened.opened_at), False)


def test_head_teacher_is_told_at_once_without_name_or_content(cast: Cast) -> None:
    opened_by(cast)

    notices = list(Notice.objects.filter(code="case.emergency"))

    assert {notice.person_ref for notice in notices} == {cast.person("head_teacher").pk, cast.person("accused_head_teacher").pk}
    assert [("Ylva" in str(vars(notice)), "garderoben" in str(vars(notice))) for notice in notices] == [(False, False)] * 2


def test_emergency_is_in_the_log_among_the_readers_and_among_those_who_can_see(cast: Cast) -> None:
    case, _opened = opened_by(cast)
    sign_in(cast, "teacher_without_relation").get(reverse("cases:case-investigation", args=[case.public_id]))
    name = str(cast.person("teacher_without_relation"))
    client = sign_in(cast, "head_teacher")

    shown = {page: client.get(reverse(f"cases:{page}", args=[case.public_id])).content.decode() for page in ("case-log", "case-people")}

    assert AuditEvent.objects.filter(event=Event.EMERGENCY_OPENED, file_id=case.public_id).count() == 1
    assert f"{name} åpnet saken i en nødssituasjon" in re.sub(r"</?bdi>", "", shown["case-log"])
    assert REASON in shown["case-people"]
    assert name in [reader.who for reader in selectors.readers(case)]
    assert [line for line in selectors.who_can_see(case, pupil_part(case)) if line.startswith(name)] == [
        f"{name} (åpnet saken i en nødssituasjon)"
    ]


@pytest.mark.parametrize("name", ["contact_teacher", "teacher_of_others", "guardian", "pupil", "technical_admin", "head_teacher_elsewhere"])
def test_emergency_is_not_for_everybody(cast: Cast, name: str) -> None:
    case = make_case(cast)

    with pytest.raises(NotAllowed):
        open_in_emergency(by=cast.actor(name), pupil=case.pupil, reason=REASON)

    assert EmergencyAccess.objects.count() == 0


def refusals(cast: Cast, name: str, pupil: str = "pupil") -> list[Any]:
    with pytest.raises(Refused) as refused:
        open_in_emergency(by=cast.actor(name), pupil=cast.person(pupil), reason=REASON)
    return refused.value.reasons


def test_neg_02_accused_and_shut_out_get_the_answer_of_no_case_in_an_emergency_too(cast: Cast) -> None:
    accused = with_department_head(cast, "contact_teacher")
    case = make_case(cast, route=Route.STAFF, accused=("contact_teacher",))
    services.exclude_person(by=cast.actor("head_teacher"), case=case, person=cast.person(with_department_head(cast, "teacher_of_others")))

    answers = [refusals(cast, accused), refusals(cast, "teacher_of_others"), refusals(cast, accused, "classmate")]

    assert answers == [[EmergencyObstacle.NO_CASE]] * 3
    opened = open_in_emergency(by=cast.actor(with_department_head(cast)), pupil=case.pupil, reason=REASON)
    assert opened.case == case


def tries() -> list[dict[str, Any]]:
    rows = AuditEvent.objects.filter(event=Event.EMERGENCY_TRIED).order_by("number")
    return list(rows.values("person_ref", "object_type", "object_id", "school_ref", "file_id"))


def test_try_without_a_case_is_in_the_log_and_looks_the_same_for_whoever_is_shut_out(cast: Cast) -> None:
    accused = with_department_head(cast, "contact_teacher")
    case = make_case(cast, route=Route.STAFF, accused=("contact_teacher",))

    refusals(cast, accused)
    refusals(cast, accused, "classmate")

    lines = tries()
    assert [line["object_id"] for line in lines] == [case.pupil.public_id, cast.person("classmate").public_id]
    assert [{**line, "object_id": ""} for line in lines] == [
        {"person_ref": cast.person(accused).pk, "object_type": "people.person", "object_id": "", "school_ref": None, "file_id": ""}
    ] * 2


def test_try_on_the_page_is_logged_and_one_without_a_reason_is_no_try(cast: Cast) -> None:
    client = sign_in(cast, with_department_head(cast))
    page = f"{reverse('cases:emergency-open')}?navn=Ylva%20Ylvasen"
    pupil = cast.person("pupil").public_id

    answers = [client.post(page, {"person": pupil, "reason": reason}).status_code for reason in ("", REASON)]

    assert answers == [422, 422]
    assert [line["object_id"] for line in tries()] == [pupil]


def test_withheld_case_is_opened_by_no_one_at_the_school_and_by_the_owner(cast: Cast) -> None:
    case = make_case(cast, route=Route.LEADERSHIP, accused=("accused_head_teacher",))
    with_department_head(cast)

    assert refusals(cast, "teacher_without_relation") == [EmergencyObstacle.NO_CASE]
    assert open_in_emergency(by=cast.actor("owner_handler"), pupil=case.pupil, reason=REASON).case == case
    assert refusals(cast, "other_owner_handler") == [EmergencyObstacle.NO_CASE]


def test_department_head_cannot_open_the_case_of_her_own_child(cast: Cast) -> None:
    make_case(cast)
    with_department_head(cast)
    with building():
        Guardianship.objects.create(
            pupil=cast.person("pupil"), guardian=cast.person("teacher_without_relation"), parental_responsibility=True, valid_from=today()
        )

    assert refusals(cast, "teacher_without_relation") == [EmergencyObstacle.NO_CASE]


def test_exclusion_after_it_was_opened_shuts_at_once(cast: Cast) -> None:
    case, _opened = opened_by(cast)

    services.exclude_person(by=cast.actor("head_teacher"), case=case, person=cast.person("teacher_without_relation"))

    assert meets(cast, "teacher_without_relation", case) is False


def test_review_without_need_shuts_it_at_once_and_stays_in_the_case(cast: Cast) -> None:
    case, opened = opened_by(cast)
    head = sign_in(cast, "head_teacher")
    address = reverse("cases:emergency-review", args=[case.public_id, opened.public_id])

    refused = head.post(address, {"outcome": "not_needed", "text": ""})
    done = head.post(address, {"outcome": "not_needed", "text": "Vi har snakket om når det trengs."})

    opened.refresh_from_db()
    assert (refused.status_code, done.status_code) == (422, 302)
    assert (opened.outcome, opened.reviewed_by) == (ReviewOutcome.NOT_NEEDED, cast.person("head_teacher"))
    assert meets(cast, "teacher_without_relation", case) is False


def test_handler_and_the_one_herself_do_not_review(cast: Cast) -> None:
    case, opened = opened_by(cast)

    with pytest.raises(NotAllowed):
        review_emergency(by=cast.actor("case_handler"), case=case, opened=opened, outcome=ReviewOutcome.NEEDED)
    with pytest.raises(NotAllowed):
        review_emergency(by=cast.actor("teacher_without_relation"), case=case, opened=opened, outcome=ReviewOutcome.NEEDED)


def test_emergency_reader_reads_what_protects_the_pupil_and_changes_nothing(cast: Cast) -> None:
    case, _opened = opened_by(cast)
    put_plan_in_force(cast, case)
    part = services.add_part(by=cast.actor("head_teacher"), case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    services.add_note(
        by=cast.actor("head_teacher"), case=case, part=part, draft=NoteDraft(kind=NoteKind.LOG, happened_at=now(), text="MERKE i hans del")
    )
    client = sign_in(cast, "teacher_without_relation")

    page = client.get(reverse("cases:case-investigation", args=[case.public_id]))
    others = [client.get(reverse(f"cases:{name}", args=[case.public_id])).status_code for name in ("case-voice", "case-log", "case-people")]

    text = page.content.decode()
    assert (page.status_code, "En voksen er ute med Ylva." in text, "MERKE" in text, "Sander" in text) == (200, True, False, False)
    assert others == [403, 403, 403]
    assert client.post(reverse("cases:note-add", args=[case.public_id, pupil_part(case).public_id]), {"text": "x"}).status_code == 403
    assert measures_in_emergency(cast.actor("head_teacher"), case) is None


def test_page_asks_for_the_reason_and_opens(cast: Cast) -> None:
    case = make_case(cast)
    with_department_head(cast)
    client = sign_in(cast, "teacher_without_relation")
    address = reverse("cases:emergency-open")

    found = client.get(f"{address}?navn=Ylva").content.decode()
    empty = client.post(f"{address}?navn=Ylva", {"person": case.pupil.public_id, "reason": " "})
    done = client.post(f"{address}?navn=Ylva", {"person": case.pupil.public_id, "reason": REASON})

    assert ("Ylvasen" in found, empty.status_code) == (True, 422)
    assert done.headers["Location"] == reverse("cases:case-investigation", args=[case.public_id])


def test_owner_finds_a_pupil_by_the_full_name_only(cast: Cast) -> None:
    client = sign_in(cast, "owner_handler")
    address = reverse("cases:emergency-open")

    shown = [cast.person("pupil").public_id in client.get(f"{address}?navn={name}").content.decode() for name in ("Ylva", "Ylva Ylvasen")]

    assert shown == [False, True]


def test_prv_02_opening_stands_on_the_heads_first_page_till_it_is_looked_through(cast: Cast) -> None:
    case, opened = opened_by(cast, with_department_head(cast))
    line, way = "En sak er åpnet i en nødssituasjon", f"/saker/{case.public_id}/nod/{opened.public_id}/"

    before = {name: way in sign_in(cast, name).get("/").content.decode() for name in ("head_teacher", "case_handler")}
    review_emergency(by=cast.actor("head_teacher"), case=case, opened=opened, outcome=ReviewOutcome.NEEDED, text="")

    assert before == {"head_teacher": True, "case_handler": False}
    assert line not in sign_in(cast, "head_teacher").get("/").content.decode()
