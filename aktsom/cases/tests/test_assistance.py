"""Others who are asked for help, health staff's own room, and the duty towards child welfare."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from aktsom.cases import services
from aktsom.cases.access import cases_visible_to, get_help_request, health_notes_visible_to, help_visible_to
from aktsom.cases.models import Case, ConcernConsidered, HealthNote, HelpRequest
from aktsom.cases.rules import PartKind
from aktsom.cases.rules.assistance import (
    CONSENTS,
    AnswerObstacle,
    HealthBasis,
    Helper,
    HelpObstacle,
    SharingBasis,
    obstacles_to_answering,
    obstacles_to_asking,
)
from aktsom.cases.selectors.assistance import help_of_case, pupils_to_note
from aktsom.cases.services.assistance import (
    HelpDraft,
    ask_for_help,
    change_health_note,
    consider_concern,
    end_help,
    remove_health_note,
    write_answer,
    write_health_note,
)
from aktsom.cases.tests.factories import building, make_case, pupil_part
from aktsom.core.access.actions import Action
from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.access.roles import Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.notify.models import Notice
from aktsom.core.timing.clock import today
from aktsom.core.vault.models import ContentKey
from aktsom.people.models import Person, Position
from aktsom.reports.rules import Route
from tests.cast import CAST, Cast
from tests.database_dump import MOST_QUERIES, database_text
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
NURSE = "teacher_without_relation"
WHO = {"purpose": "Er søvnen hans noe dere kan følge opp?", "shared": "At det er vanskelig om morgenen."}


def as_nurse(cast: Cast, name: str = NURSE) -> Any:
    """Let somebody of the cast be the school's nurse."""
    with building():
        Position.objects.create(person=cast.person(name), role=Role.SCHOOL_NURSE, school=cast.school, valid_from=today())
    return cast.person(name)


def draft_to(person: Any = None, **changes: Any) -> HelpDraft:
    whole = HelpDraft(
        helper=Helper.NURSE,
        person=person,
        basis=SharingBasis.GUARDIAN_CONSENT,
        consent_on=today(),
        ends_on=today() + timedelta(days=14),
        **WHO,
    )
    return replace(whole, **changes)


def asked_of(cast: Cast, case: Case, person: Any = None, **changes: Any) -> HelpRequest:
    return ask_for_help(by=cast.actor("case_handler"), case=case, part=pupil_part(case), draft=draft_to(person, **changes))


days = st.none() | st.dates(date(2026, 11, 1), date(2026, 12, 31))


@given(
    st.sampled_from(SharingBasis.values),
    days,
    days,
    st.sampled_from(["", "§ 24-1"]),
    st.booleans(),
)
def test_asking_needs_purpose_basis_and_a_last_day(
    basis: str, consent_on: date | None, ends_on: date | None, section: str, is_named: bool
) -> None:
    day = date(2026, 11, 21)
    found = set(
        obstacles_to_asking(**WHO, basis=basis, consent_on=consent_on, section=section, ends_on=ends_on, today=day, is_named=is_named)
    )

    assert (HelpObstacle.NO_CONSENT_DAY in found) == (basis in CONSENTS and consent_on is None)
    assert (HelpObstacle.NO_SECTION in found) == (basis == SharingBasis.LAW and not section)
    assert (HelpObstacle.NAMED in found) == (basis == SharingBasis.WITHOUT_NAME and is_named)
    assert (HelpObstacle.NO_END in found, HelpObstacle.END_PASSED in found) == (ends_on is None, ends_on is not None and ends_on < day)


@given(st.sampled_from(["", *HealthBasis.values]), st.booleans(), st.booleans())
def test_health_staff_answer_on_a_basis_and_others_need_none(basis: str, is_health_staff: bool, has_day: bool) -> None:
    day = date(2026, 11, 21)
    found = obstacles_to_answering(
        answer="Ja.", basis=basis, consent_on=day if has_day else None, is_health_staff=is_health_staff, is_answered=False, today=day
    )

    needs_day = is_health_staff and basis.endswith("consent") and not has_day
    no_basis = is_health_staff and not basis
    assert found == [AnswerObstacle.NO_BASIS] * no_basis + [AnswerObstacle.NO_CONSENT_DAY] * needs_day


def test_one_who_is_asked_sees_the_question_and_nothing_of_the_case(cast: Cast) -> None:
    case = make_case(cast)
    asked = asked_of(cast, case, as_nurse(cast))
    client = sign_in(cast, NURSE)

    page = client.get(reverse("cases:help-detail", args=[asked.public_id]))

    text = page.content.decode()
    assert [part in text for part in (WHO["purpose"], WHO["shared"], case.public_id, "står alene i friminuttene")] == [
        True,
        True,
        False,
        False,
    ]
    assert not cases_visible_to(cast.actor(NURSE)).filter(pk=case.pk).exists()
    assert client.get(reverse("cases:case-detail", args=[case.public_id])).status_code == 404


def test_question_is_met_by_the_one_asked_alone(cast: Cast) -> None:
    case = make_case(cast)
    asked = asked_of(cast, case, as_nurse(cast))

    meet = {name for name in CAST if name != "nobody" and help_visible_to(cast.actor(name)).filter(pk=asked.pk).exists()}

    assert meet == {NURSE}


@pytest.mark.parametrize("ending", ["last day", "ended", "position", "shut out"])
def test_question_ends_for_the_one_asked(cast: Cast, time_machine: Any, ending: str) -> None:
    case = make_case(cast)
    asked = asked_of(cast, case, as_nurse(cast))
    before = get_help_request(cast.actor(NURSE), Action.HELP_ANSWER, asked.public_id)

    if ending == "last day":
        time_machine.move_to(asked.ends_on + timedelta(days=1))
    elif ending == "ended":
        end_help(by=cast.actor("case_handler"), case=case, asked=asked)
    elif ending == "position":
        with building():
            Position.objects.filter(person=cast.person(NURSE)).update(valid_until=today() - timedelta(days=1))
    else:
        services.exclude_person(by=cast.actor("head_teacher"), case=case, person=cast.person(NURSE))

    assert before == asked
    with pytest.raises(OutOfReach):
        get_help_request(cast.actor(NURSE), Action.HELP_ANSWER, asked.public_id)


def test_answer_stands_in_the_case_with_its_basis_and_the_asker_is_told(cast: Cast) -> None:
    case = make_case(cast)
    asked = asked_of(cast, case, as_nurse(cast))
    address = reverse("cases:help-detail", args=[asked.public_id])
    client = sign_in(cast, NURSE)

    without = client.post(address, {"answer": "Vi følger opp."})
    sent = client.post(address, {"answer": "Vi følger opp.", "basis": "pupil_consent", "consent_on": today().isoformat()})

    (shown,) = help_of_case(cast.actor("case_handler"), case)
    assert (without.status_code, sent.status_code) == (422, 302)
    assert (shown.answer, shown.answer_basis, shown.answered_by) == ("Vi følger opp.", HealthBasis.PUPIL_CONSENT, cast.person(NURSE))
    assert Notice.objects.filter(code="help.answered", person_ref=cast.person("case_handler").pk).count() == 1
    room = sign_in(cast, "case_handler").get(reverse("cases:case-help", args=[case.public_id])).content.decode()
    assert "Vi følger opp." in room


def test_question_without_name_is_refused_when_it_names_somebody_in_the_case(cast: Cast) -> None:
    case = make_case(cast)
    services.add_part(by=cast.actor("head_teacher"), case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))

    for words, obstacles in (("Hva hjelper når Sander plager noen?", [HelpObstacle.NAMED]), ("Hva hjelper?", [])):
        if obstacles:
            with pytest.raises(Refused) as refused:
                asked_of(cast, case, purpose=words, basis=SharingBasis.WITHOUT_NAME, consent_on=None)
            assert refused.value.reasons == obstacles
        else:
            asked_of(cast, case, purpose=words, basis=SharingBasis.WITHOUT_NAME, consent_on=None)

    assert HelpRequest.objects.count() == 1


def test_question_to_somebody_shut_out_or_in_a_withheld_case_is_refused(cast: Cast) -> None:
    case = make_case(cast)
    services.exclude_person(by=cast.actor("head_teacher"), case=case, person=as_nurse(cast))
    with pytest.raises(Refused) as shut_out:
        asked_of(cast, case, cast.person(NURSE))
    withheld = make_case(cast, route=Route.LEADERSHIP, accused=("accused_head_teacher",), pupil=cast.person("classmate"))
    with pytest.raises(Refused) as held:
        ask_for_help(
            by=cast.actor("owner_handler"), case=withheld, part=pupil_part(withheld), draft=draft_to(cast.person("contact_teacher"))
        )

    assert (shut_out.value.reasons, held.value.reasons) == ([HelpObstacle.SHUT_OUT], [HelpObstacle.HELD_BY_OWNER])


def test_answer_from_outside_is_written_in_and_nobody_answers_for_a_person(cast: Cast) -> None:
    case = make_case(cast)
    outside = asked_of(cast, case, helper=Helper.PPT)
    inside = asked_of(cast, case, as_nurse(cast))
    handler = cast.actor("case_handler")

    write_answer(by=handler, case=case, asked=outside, answer="PPT vil gjerne være med.")
    with pytest.raises(OutOfReach):
        write_answer(by=handler, case=case, asked=inside, answer="Hun sa ja.")

    assert [row.answer for row in help_of_case(handler, case)] == ["", "PPT vil gjerne være med."]


def test_neg_19_nurses_own_notes_are_met_by_nobody_else_and_lie_in_no_case(cast: Cast) -> None:
    case = make_case(cast)
    as_nurse(cast)
    note = write_health_note(by=cast.actor(NURSE), school_id=cast.school.pk, pupil=case.pupil, text="BEHANDLING: hun sover dårlig.")
    meet = {name for name in CAST if name != "nobody" and health_notes_visible_to(cast.actor(name)).filter(pk=note.pk).exists()}
    own, head = sign_in(cast, NURSE), sign_in(cast, "head_teacher")
    room = "".join(
        head.get(reverse(f"cases:{name}", args=[case.public_id])).content.decode()
        for name in ("case-detail", "case-investigation", "case-voice", "case-log", "case-documents", "case-people", "case-help")
    )

    assert meet == {NURSE}
    assert "BEHANDLING" in own.get(reverse("cases:health-notes")).content.decode()
    assert head.get(reverse("cases:health-notes")).status_code == 403
    assert head.get(reverse("cases:health-note-change", args=[note.public_id])).status_code in {403, 404}
    assert ("BEHANDLING" in room, "BEHANDLING" in database_text()) == (False, False)
    assert note.content_key_id != case.content_key_id
    assert AuditEvent.objects.filter(event=Event.HEALTH_NOTE_WRITTEN, file_id=case.public_id).count() == 0


def test_neg_19_school_log_does_not_tell_whom_the_nurse_writes_about(cast: Cast) -> None:
    as_nurse(cast)
    write_health_note(by=cast.actor(NURSE), school_id=cast.school.pk, pupil=cast.person("pupil"), text="Notat.")

    row = AuditEvent.objects.get(event=Event.HEALTH_NOTE_WRITTEN)

    assert (row.school_ref, row.chain) == (None, f"owner:{cast.owner.pk}")


def test_nurse_of_yesterday_meets_her_notes_no_longer_and_a_new_one_never(cast: Cast) -> None:
    as_nurse(cast)
    as_nurse(cast, "teacher_of_others")
    note = write_health_note(by=cast.actor(NURSE), school_id=cast.school.pk, pupil=cast.person("pupil"), text="Notat.")
    with building():
        Position.objects.filter(person=cast.person(NURSE), role=Role.SCHOOL_NURSE).delete()

    meet = {name for name in (NURSE, "teacher_of_others") if health_notes_visible_to(cast.actor(name)).filter(pk=note.pk).exists()}

    assert meet == set()


def test_note_is_changed_and_removed_with_its_key(cast: Cast) -> None:
    as_nurse(cast)
    nurse = cast.actor(NURSE)
    note = write_health_note(by=nurse, school_id=cast.school.pk, pupil=cast.person("pupil"), text="Først.")
    key = note.content_key_id

    change_health_note(by=nurse, note=note, text="Så.")
    changed = HealthNote.objects.get().text
    with pytest.raises(OutOfReach):
        remove_health_note(by=cast.actor("head_teacher"), note=note)
    remove_health_note(by=nurse, note=note)

    assert (changed, HealthNote.objects.count(), ContentKey.objects.get(pk=key).wrapped) == ("Så.", 0, None)


def test_note_is_written_on_the_page_by_the_nurse_alone(cast: Cast) -> None:
    as_nurse(cast)
    address = f"{reverse('cases:health-note-write')}?navn=Ylva"
    sent = {"person": cast.person("pupil").public_id, "text": "Kommer innom på tirsdag."}

    answers = [sign_in(cast, name).post(address, sent).status_code for name in (NURSE, "head_teacher", "contact_teacher", "pupil")]

    assert answers == [302, 403, 403, 403]
    assert [note.text for note in HealthNote.objects.all()] == ["Kommer innom på tirsdag."]


@pytest.mark.parametrize(("basis", "found"), [(SharingBasis.GUARDIAN_CONSENT, 1), (SharingBasis.WITHOUT_NAME, 0), (None, 0)])
def test_nurse_finds_a_pupil_with_protected_address_only_when_asked_about_her_by_name(
    cast: Cast, basis: SharingBasis | None, found: int
) -> None:
    nurse = as_nurse(cast)
    with building():
        Person.objects.filter(pk=cast.person("pupil").pk).update(protected_address=True)
    if basis is not None:
        asked_of(cast, make_case(cast), nurse, basis=basis)

    assert len(pupils_to_note(cast.actor(NURSE), "ylva")) == found
    assert pupils_to_note(cast.actor(NURSE), "sander ylva") == []
    assert pupils_to_note(cast.actor("head_teacher"), "ylva") == []


@pytest.mark.parametrize("name", ["contact_teacher", "case_handler", "head_teacher", "teacher_without_relation"])
def test_duty_towards_child_welfare_is_never_blocked(cast: Cast, name: str) -> None:
    page = sign_in(cast, name).get(reverse("cases:concern-duty"))

    assert (page.status_code, "Du trenger ikke lov fra rektor" in page.content.decode()) == (200, True)


def test_case_says_only_that_it_was_considered_by_whom_and_when(cast: Cast) -> None:
    case = make_case(cast)
    consider_concern(by=cast.actor("case_handler"), case=case)
    columns = {field.name for field in ConcernConsidered._meta.get_fields()}

    room = sign_in(cast, "head_teacher").get(reverse("cases:case-help", args=[case.public_id])).content.decode()

    assert columns == {"id", "public_id", "content_key", "case", "considered_by", "considered_at"}
    assert "Vurdert av" in room
    for family in ("pupil", "guardian"):
        with pytest.raises((NotAllowed, OutOfReach)):
            consider_concern(by=cast.actor(family), case=case)


def test_family_meets_nothing_of_what_was_considered(cast: Cast) -> None:
    case = make_case(cast)
    services.decide_on_guardians(by=cast.actor("head_teacher"), case=case, decision="told", told_on=today())
    consider_concern(by=cast.actor("case_handler"), case=case)
    client = sign_in(cast, "guardian")

    pages = [
        client.get(reverse(f"cases:{name}", args=[case.public_id])) for name in ("own-case", "own-papers", "own-readers", "own-rights")
    ]

    assert [(page.status_code, "barnevern" in page.content.decode().lower()) for page in pages] == [(200, False)] * 4


def test_pages_of_help_cost_the_same_for_one_and_three(cast: Cast, django_assert_max_num_queries: Any) -> None:
    case = make_case(cast)
    nurse = as_nurse(cast)
    clients = {"cases:case-help": sign_in(cast, "case_handler"), "cases:help-list": sign_in(cast, NURSE)}
    for amount in (1, 2):
        for _turn in range(amount):
            asked_of(cast, case, nurse)
        for name, client in clients.items():
            with django_assert_max_num_queries(MOST_QUERIES):
                assert client.get(reverse(name, args=[case.public_id] if "case-help" in name else [])).status_code == 200
