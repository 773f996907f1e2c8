"""The frame round every page: the person's name and role, her places, and only those."""

import pytest
from django.test import RequestFactory

from aktsom.core.access.actor import ANONYMOUS, Actor, Grant
from aktsom.core.access.roles import Role
from aktsom.core.ui import context
from aktsom.core.ui.context import Signature, frame, register_signature, signature_of
from aktsom.core.ui.navigation import places_for


@pytest.fixture(autouse=True)
def no_signatures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "_signatures", [])


def test_signature_is_what_the_domain_says_and_empty_for_those_not_signed_in() -> None:
    head = Signature("Grete Prøve", "rektor", "Solvik skole")
    assert signature_of(Actor(user_id=1)) == Signature()

    register_signature(lambda actor: head)

    assert signature_of(Actor(user_id=1)) == head
    assert signature_of(ANONYMOUS) == Signature()


def test_places_are_none_for_those_not_signed_in_and_at_most_seven_for_those_with_every_role() -> None:
    everything = Actor(user_id=1, grants=tuple(Grant(role=role, school_id=1) for role in Role))

    assert places_for(ANONYMOUS, "/") == []
    assert len(places_for(everything, "/")) <= 7


def test_place_is_marked_where_the_person_is_and_nowhere_else() -> None:
    head = Actor(user_id=1, grants=(Grant(role=Role.HEAD_TEACHER, school_id=1), Grant(role=Role.STAFF, school_id=1)))

    marked = [place.url for place in places_for(head, "/saker/abc/logg/") if place.current]

    assert marked == ["/saker/"]


def test_nurse_finds_her_own_notes_among_the_places_and_a_teacher_does_not() -> None:
    shown = {
        role: "/egne-notater/" in {place.url for place in places_for(Actor(user_id=1, grants=(Grant(role=role, school_id=1),)), "/")}
        for role in (Role.SCHOOL_NURSE, Role.STAFF)
    }

    assert shown == {Role.SCHOOL_NURSE: True, Role.STAFF: False}


def test_pupil_is_shown_no_place_for_those_who_work_at_the_school() -> None:
    pupil = Actor(user_id=1, grants=(Grant(role=Role.PUPIL, school_id=1),))

    assert {place.url for place in places_for(pupil, "/")} & {"/meldinger/", "/saker/", "/tiltak/", "/skolen/", "/eier/"} == set()


@pytest.mark.parametrize(
    ("roles", "at_home"),
    [((Role.PUPIL,), True), ((Role.GUARDIAN,), True), ((Role.GUARDIAN, Role.STAFF), False), ((Role.HEAD_TEACHER,), False), ((), False)],
)
def test_button_says_tell_to_those_who_only_tell_of_their_own(roles: tuple[Role, ...], at_home: bool) -> None:
    request = RequestFactory().get("/")
    request.actor = Actor(user_id=1, grants=tuple(Grant(role=role, school_id=1) for role in roles))

    assert bool(frame(request)["tells_at_home"]) == at_home
