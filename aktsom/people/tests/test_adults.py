"""The adults nearest a pupil, where they are found, and the teams of a school: who writes, who reads, and what is never shown."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.access.roles import Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import today
from aktsom.people import nearest, services
from aktsom.people.models import Group, Membership, Position, Team, TeamMember
from aktsom.people.rules import ClassRole, GroupKind, TeamKind, TeamObstacle, TeamTask, for_grade, obstacles_to_joining
from tests.cast import BUILDER, Cast
from tests.signed_in import sign_in

WORDS = {"about": "Vi hjelper deg.", "reach": "Kom innom rom 112.", "rhythm": "Tirsdager kl. 8.", "cooperation": "Vi deler oppgaver."}
GRADES = st.lists(st.integers(1, 13), max_size=3)


def add_team(cast: Cast, kind: str = TeamKind.PUPIL_SERVICES, *, for_families: bool = True) -> Team:
    return services.begin_team(by=cast.actor("head_teacher"), school=cast.school, kind=kind, name="", for_families=for_families, **WORDS)


def join(cast: Cast, team: Team, name: str, by: str = "head_teacher", **more: Any) -> TeamMember:
    return services.join_team(by=cast.actor(by), team=team, person=cast.person(name), **more)


def write_card(cast: Cast, name: str, by: str = "", **said: Any) -> None:
    words: dict[str, Any] = {"place": "", "hours": "", "reach": "", "grades": []} | said
    services.keep_card(by=cast.actor(by or name), school=cast.school, person=cast.person(name), **words)


def give_position(cast: Cast, name: str, role: Role, title: str = "") -> None:
    with unit_of_work(BUILDER, "test"):
        Position.objects.create(person=cast.person(name), school=cast.school, role=role, title=title, valid_from=today())


# Rules


@given(st.dictionaries(st.integers(1, 9), GRADES, max_size=6), st.one_of(st.none(), st.integers(1, 13)))
def test_for_grade_never_gives_one_who_is_for_other_grades(grades: dict[int, list[int]], grade: int | None) -> None:
    found = for_grade(grades, grade)

    assert [each for each in found if grades[each] and grade not in grades[each]] == []
    assert bool(found) == any(not named or grade in named for named in grades.values())


def reasons(**given_: Any) -> list[TeamObstacle]:
    usual: dict[str, Any] = {"is_named": False, "is_chosen": True, "is_there": False, "is_pupil": False, "is_protected": False}
    return obstacles_to_joining(**(usual | {"belongs": True, "kind": TeamKind.PUPIL_COUNCIL, "task": TeamTask.MEMBER} | given_))


def test_joining_names_exactly_what_is_wrong() -> None:
    assert reasons() == []
    assert reasons(is_chosen=False) == [TeamObstacle.NOBODY]
    assert reasons(is_named=True) == [TeamObstacle.BOTH]
    assert reasons(belongs=False) == [TeamObstacle.NOT_AT_SCHOOL]
    assert reasons(is_pupil=True, task=TeamTask.RIGHTS_PUPIL) == []
    assert reasons(is_pupil=True, is_protected=True) == [TeamObstacle.PROTECTED]
    assert reasons(is_pupil=True, kind=TeamKind.RESOURCE) == [TeamObstacle.PUPIL_ELSEWHERE]
    assert reasons(task=TeamTask.RIGHTS_PUPIL) == [TeamObstacle.NOT_A_PUPIL]
    assert reasons(is_pupil=True, task=TeamTask.CONTACT) == [TeamObstacle.PUPIL_LEADS]
    assert reasons(is_named=True, is_chosen=False, task=TeamTask.LEADER) == [TeamObstacle.OUTSIDE_LEADS]


# The adults nearest a pupil


@pytest.mark.django_db
def test_org_08_pupil_sees_the_adults_nearest_her_and_where_to_find_them(cast: Cast) -> None:
    with unit_of_work(BUILDER, "test"):
        cast.person("contact_teacher").phone = "99 88 77 66"
        cast.person("contact_teacher").save()
        taught = Group.objects.create(school=cast.school, kind=GroupKind.TEACHING_GROUP, name="Norsk 8", valid_from=today())
        for name, role in (("pupil", ClassRole.PUPIL), ("teacher_of_others", ClassRole.SUBJECT_TEACHER)):
            Membership.objects.create(group=taught, person=cast.person(name), role=role, valid_from=today())
    give_position(cast, "teacher_without_relation", Role.SCHOOL_NURSE)
    write_card(cast, "teacher_without_relation", place="Rom 14", hours="Tirsdag og torsdag", reach="Skolens telefon")

    near = nearest.near_adults(cast.person("pupil").pk, today())
    page = sign_in(cast, "pupil").get("/skolen/voksne/").content.decode()

    assert [(str(adult.person), adult.what) for adult in near] == [
        ("Kari Karistad", "Kontaktlærer"),
        ("Petra Petrastad", "Faglærer (Norsk 8)"),
        ("Hedda Heddastad", "Leder"),
        ("Ulrik Ulrikstad", "Helsesykepleier"),
        ("Randi Randistad", "Rektor"),
        ("Aslak Aslakstad", "Rektor"),
    ]
    assert [words in page for words in ("Rom 14", "Tirsdag og torsdag", "Skolens telefon")] == [True, True, True]
    assert [words in page for words in ("99 88 77 66", cast.person("contact_teacher").email, "Vidar")] == [False, False, False]


@pytest.mark.django_db
def test_leader_of_another_grade_is_not_shown_to_the_pupil(cast: Cast) -> None:
    give_position(cast, "former_deputy", Role.DEPARTMENT_HEAD, "Trinnleder")
    write_card(cast, "former_deputy", grades=[8])
    write_card(cast, "case_handler", grades=[9])

    heads = [str(adult.person) for adult in nearest.near_adults(cast.person("pupil").pk, today()) if adult.what in {"Leder", "Trinnleder"}]

    assert heads == ["Vidar Vidarstad"]


@pytest.mark.django_db
def test_guardian_sees_the_childs_adults_only_while_she_follows_and_the_child_has_no_protected_address(cast: Cast) -> None:
    seen = "Kari Karistad" in sign_in(cast, "guardian").get("/skolen/voksne/").content.decode()
    without = sign_in(cast, "guardian_without_responsibility").get("/skolen/voksne/").status_code
    with unit_of_work(BUILDER, "test"):
        cast.person("pupil").protected_address = True
        cast.person("pupil").save()
    page = sign_in(cast, "guardian").get("/skolen/voksne/").content.decode()

    assert (seen, without) == (True, 403)
    assert [words in page for words in ("Kari Karistad", "Hedda Heddastad", "Nærmest barnet")] == [False, False, False]
    assert "Kari Karistad" in sign_in(cast, "pupil").get("/skolen/voksne/").content.decode()


# Cards


@pytest.mark.django_db
def test_org_15_teacher_writes_her_own_card_and_no_colleagues(cast: Cast) -> None:
    mine, other = (cast.person(name).public_id for name in ("contact_teacher", "teacher_of_others"))
    client = sign_in(cast, "contact_teacher")
    sent = client.post(f"/skolen/{cast.school.public_id}/voksne/{mine}/", {"place": "Kantina", "hours": "Storefri", "grades": ["8"]})

    assert sent.status_code == 302
    assert client.get(f"/skolen/{cast.school.public_id}/voksne/{other}/").status_code == 404
    assert "Kantina" in sign_in(cast, "classmate").get("/skolen/voksne/").content.decode()
    assert AuditEvent.objects.filter(event=Event.ADULT_CARD_KEPT).count() == 1
    with pytest.raises(NotAllowed):
        write_card(cast, "teacher_of_others", by="contact_teacher", place="Et annet sted")


@pytest.mark.django_db
def test_card_of_somebody_who_does_not_work_there_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        write_card(cast, "head_teacher_elsewhere", by="head_teacher", place="Rom 1")
    with pytest.raises(OutOfReach):
        write_card(cast, "contact_teacher", by="head_teacher_elsewhere", place="Rom 1")


# Teams


@pytest.mark.django_db
def test_org_10_team_is_put_in_through_the_pages_and_read_by_pupils(cast: Cast) -> None:
    head = sign_in(cast, "head_teacher")
    head.post(f"/skolen/{cast.school.public_id}/team/nytt/", {"kind": "pupil_services", "for_families": "on", **WORDS})
    team = Team.objects.get()
    person = cast.person("teacher_without_relation").public_id
    head.post(f"/skolen/team/{team.public_id}/med/", {"person": person, "task": "contact", "title": "rådgiver"})
    head.post(f"/skolen/team/{team.public_id}/med/", {"name": "PP-tjenesten", "task": "member"})

    page = sign_in(cast, "pupil").get("/skolen/voksne/").content.decode()
    shown = ("Elevtjenesten", "Kom innom rom 112.", "Tirsdager kl. 8.", "Ulrik Ulrikstad", "rådgiver", "Kontaktperson", "PP-tjenesten")

    assert [words in page for words in shown] == [True] * 7
    assert WORDS["cooperation"] not in page
    assert WORDS["cooperation"] in sign_in(cast, "contact_teacher").get(f"/skolen/{cast.school.public_id}/voksne/").content.decode()
    assert AuditEvent.objects.filter(event__in=[Event.TEAM_BEGUN, Event.TEAM_JOINED]).count() == 3


@pytest.mark.django_db
def test_org_12_resource_team_kept_for_staff_is_met_by_no_family(cast: Cast) -> None:
    team = add_team(cast, TeamKind.RESOURCE, for_families=False)
    join(cast, team, "teacher_without_relation", title="verneombud")

    met = {name: [shown.team.pk for shown in nearest.teams_for(cast.actor(name))] for name in ("pupil", "guardian", "contact_teacher")}

    assert met == {"pupil": [], "guardian": [], "contact_teacher": [team.pk]}
    assert nearest.teams_for(cast.actor("head_teacher_elsewhere")) == []


@pytest.mark.django_db
def test_org_13_rights_pupil_is_shown_to_pupils_and_staff_and_never_to_guardians(cast: Cast) -> None:
    council = add_team(cast, TeamKind.PUPIL_COUNCIL)
    join(cast, council, "other_party", task=TeamTask.RIGHTS_PUPIL)
    before = TeamMember.objects.get()
    join(cast, council, "classmate", task=TeamTask.RIGHTS_PUPIL)

    pages = {name: sign_in(cast, name).get("/skolen/voksne/").content.decode() for name in ("pupil", "guardian")}
    before.refresh_from_db()

    assert ("Teodor Teodorsen" in pages["pupil"], "Teodor" in pages["guardian"]) == (True, False)
    assert ("Sander" in pages["pupil"], before.valid_until is None) == (False, False)
    with unit_of_work(BUILDER, "test"):
        cast.person("classmate").protected_address = True
        cast.person("classmate").save()
    assert "Teodor" not in sign_in(cast, "pupil").get("/skolen/voksne/").content.decode()


@pytest.mark.django_db
def test_org_14_contact_of_the_council_writes_in_its_team_and_in_no_other(cast: Cast) -> None:
    council, services_team = add_team(cast, TeamKind.PUPIL_COUNCIL), add_team(cast)
    join(cast, council, "contact_teacher", task=TeamTask.CONTACT)

    join(cast, council, "classmate", by="contact_teacher", task=TeamTask.RIGHTS_PUPIL)

    assert sign_in(cast, "contact_teacher").get(f"/skolen/team/{council.public_id}/").status_code == 200
    assert sign_in(cast, "contact_teacher").get(f"/skolen/team/{services_team.public_id}/").status_code == 403
    assert sign_in(cast, "teacher_of_others").get(f"/skolen/team/{council.public_id}/").status_code == 403
    with pytest.raises(NotAllowed):
        join(cast, services_team, "classmate", by="contact_teacher")


@pytest.mark.django_db
def test_team_changes_loses_a_member_and_ends(cast: Cast) -> None:
    head, team = sign_in(cast, "head_teacher"), add_team(cast)
    member = join(cast, team, "contact_teacher")

    head.post(f"/skolen/team/{team.public_id}/", {"name": "Støttelaget", "for_families": "on"})
    head.post(f"/skolen/team/medlem/{member.public_id}/ut/")
    left = nearest.teams_for(cast.actor("pupil"))[0]
    head.post(f"/skolen/team/{team.public_id}/avslutt/")

    assert (left.team.name, left.members) == ("Støttelaget", ())
    assert nearest.teams_for(cast.actor("pupil")) == []
    ended = {Event.TEAM_CHANGED, Event.TEAM_LEFT, Event.TEAM_ENDED}
    assert set(AuditEvent.objects.filter(event__in=ended).values_list("event", flat=True)) == ended


@pytest.mark.django_db
def test_wrong_member_is_sent_back_with_what_to_do(cast: Cast) -> None:
    team = add_team(cast)

    answer = sign_in(cast, "head_teacher").post(f"/skolen/team/{team.public_id}/med/", {"task": "member"})

    assert (answer.status_code, str(TeamObstacle.NOBODY.label) in answer.content.decode()) == (422, True)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/skolen/voksne/", "colleagues"])
def test_pages_ask_as_much_with_many_as_with_few(cast: Cast, address: str) -> None:
    client = sign_in(cast, "pupil" if address != "colleagues" else "contact_teacher")
    address = f"/skolen/{cast.school.public_id}/voksne/" if address == "colleagues" else address

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        return len(caught)

    join(cast, add_team(cast), "teacher_without_relation")
    asked()  # what is kept between requests is there from now on
    few = asked()
    for kind in (TeamKind.SUPPORT, TeamKind.OTHER):
        team = add_team(cast, kind)
        join(cast, team, "contact_teacher")
        join(cast, team, "former_deputy")

    assert (asked(), few <= 25) == (few, True)
