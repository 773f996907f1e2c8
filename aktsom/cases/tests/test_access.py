"""Who meets a case: each condition with somebody who nearly does, and the same turned round."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aktsom.cases import selectors, services
from aktsom.cases.access import cases_at_work, cases_visible_to, get_case, parts_visible_to, sees_whole_case
from aktsom.cases.models import Case
from aktsom.cases.rules import GuardianDecision, PartKind
from aktsom.cases.tests.factories import building, make_case, pupil_part, tell_pupil
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import ANONYMOUS, system_actor
from aktsom.core.access.door import NotAllowed, OutOfReach
from aktsom.core.timing.clock import now, today
from aktsom.people.models import Deputyship, Guardianship, Person, Position
from aktsom.reports.rules import Route
from tests.cast import CAST, Cast

pytestmark = pytest.mark.django_db


def who_meets(cast: Cast, case: Case) -> set[str]:
    return {name for name in CAST if cases_visible_to(cast.actor(name)).filter(pk=case.pk).exists()}


def test_case_is_met_by_leadership_and_handler_only_until_somebody_told_the_pupil(cast: Cast) -> None:
    case = make_case(cast)
    before = who_meets(cast, case)

    tell_pupil(cast, case)

    assert before == {"head_teacher", "accused_head_teacher", "case_handler"}
    assert who_meets(cast, case) - before == {"pupil"}


def test_guardian_meets_the_case_only_when_it_is_decided(cast: Cast) -> None:
    case = make_case(cast)
    handler = cast.actor("case_handler")
    before = who_meets(cast, case)

    services.decide_on_guardians(by=handler, case=case, decision=GuardianDecision.TOLD, told_on=today())
    told = who_meets(cast, case)
    services.decide_on_guardians(by=handler, case=case, decision=GuardianDecision.NOT_TOLD, reason="Fare hjemme.")

    assert told - before == {"guardian"}
    assert who_meets(cast, case) == before


def test_guardian_of_a_pupil_who_came_of_age_loses_the_case(cast: Cast) -> None:
    case = make_case(cast)
    services.decide_on_guardians(by=cast.actor("case_handler"), case=case, decision=GuardianDecision.TOLD, told_on=today())

    with building():
        Person.objects.filter(pk=case.pupil_id).update(birth_date=today() - timedelta(days=18 * 366))

    assert "guardian" not in who_meets(cast, case)


def test_handler_loses_the_case_when_the_position_or_the_work_ends(cast: Cast) -> None:
    case = make_case(cast)
    handler = cast.person("case_handler")

    with building():
        Position.objects.filter(person=handler).update(valid_until=today() - timedelta(days=1))
    without_position = who_meets(cast, case)
    with building():
        Position.objects.filter(person=handler).update(valid_until=None)
        case.workers.update(valid_until=now())

    assert "case_handler" not in without_position
    assert "case_handler" not in who_meets(cast, case)


def test_deputy_meets_the_case_only_while_it_lasts(cast: Cast) -> None:
    case = make_case(cast)
    assert "former_deputy" not in who_meets(cast, case)

    with building():
        Deputyship.objects.create(school=cast.school, deputy=cast.person("former_deputy"), valid_from=today())

    assert "former_deputy" in who_meets(cast, case)


def test_neg_02_accused_teacher_of_the_pupil_never_meets_the_case(cast: Cast) -> None:
    case = make_case(cast, route=Route.STAFF, accused=("contact_teacher",))

    assert who_meets(cast, case) == {"head_teacher", "accused_head_teacher", "case_handler", "owner_handler"}


def test_exclusion_is_stronger_than_leading_working_and_being_family(cast: Cast) -> None:
    case = make_case(cast)
    head = cast.actor("head_teacher")
    with building():
        Guardianship.objects.create(
            pupil=case.pupil, guardian=cast.person("case_handler"), parental_responsibility=True, valid_from=today()
        )

    tell_pupil(cast, case)

    services.exclude_person(by=head, case=case, person=cast.person("case_handler"))
    services.exclude_person(by=head, case=case, person=cast.person("accused_head_teacher"))

    assert who_meets(cast, case) == {"head_teacher", "pupil"}


def test_withheld_case_does_not_exist_for_anyone_at_the_school(cast: Cast) -> None:
    case = make_case(cast, route=Route.LEADERSHIP, accused=("accused_head_teacher",))

    assert who_meets(cast, case) == {"owner_handler"}
    with pytest.raises(OutOfReach):
        get_case(cast.actor("head_teacher"), Action.CASE_SEE, case.public_id)
    assert list(selectors.case_list(cast.actor("head_teacher"), shown=selectors.Shown.OPEN)) == []
    assert list(selectors.cases_needing(cast.actor("head_teacher"))) == []


def test_head_who_is_guardian_never_meets_a_withheld_case_through_her_own_child(cast: Cast) -> None:
    case = make_case(cast, route=Route.LEADERSHIP, accused=("accused_head_teacher",))
    with building():
        Guardianship.objects.create(
            pupil=case.pupil, guardian=cast.person("head_teacher"), parental_responsibility=True, valid_from=today()
        )
    services.decide_on_guardians(by=cast.actor("owner_handler"), case=case, decision=GuardianDecision.TOLD, told_on=today())

    assert who_meets(cast, case) == {"owner_handler", "guardian"}


def test_owner_follows_a_staff_case_and_may_only_read(cast: Cast) -> None:
    case = make_case(cast, route=Route.STAFF, accused=("contact_teacher",))
    owner = cast.actor("owner_handler")

    assert get_case(owner, Action.CASE_SEE, case.public_id) == case
    with pytest.raises(NotAllowed):
        get_case(owner, Action.CASE_CLOSE, case.public_id)


def test_helper_meets_one_part_until_the_last_day(cast: Cast) -> None:
    case = make_case(cast)
    head, helper = cast.actor("head_teacher"), cast.actor("teacher_without_relation")
    part = services.add_part(by=head, case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    worker = services.add_helper(
        by=head, case=case, person=cast.person("teacher_without_relation"), part=part, reason="Kjenner ham.", valid_until=today()
    )

    assert list(parts_visible_to(helper, case)) == [part]
    assert sees_whole_case(helper, case) is False
    with pytest.raises(NotAllowed):
        get_case(helper, Action.CASE_HEAR, case.public_id)
    with building():
        worker.valid_until = now()
        worker.save()
    assert "teacher_without_relation" not in who_meets(cast, case)


def test_neg_18_walls_keep_the_employees_part_from_the_handler(cast: Cast) -> None:
    case = make_case(cast)
    head = cast.actor("head_teacher")
    services.add_part(by=head, case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    services.add_part(by=head, case=case, kind=PartKind.EMPLOYEE, person=cast.person("contact_teacher"))

    kinds = {name: [part.kind for part in parts_visible_to(cast.actor(name), case)] for name in ("head_teacher", "case_handler", "pupil")}

    assert kinds == {
        "head_teacher": [PartKind.PUPIL, PartKind.INVOLVED_PUPIL, PartKind.EMPLOYEE],
        "case_handler": [PartKind.PUPIL, PartKind.INVOLVED_PUPIL],
        "pupil": [],
    }


def test_involved_pupil_does_not_meet_the_other_pupils_case(cast: Cast) -> None:
    case = make_case(cast)
    services.add_part(by=cast.actor("head_teacher"), case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))

    assert "other_party" not in who_meets(cast, case)


@pytest.mark.parametrize("route", [Route.ORDINARY, Route.STAFF, Route.LEADERSHIP])
def test_who_can_see_is_the_reach_turned_round(cast: Cast, route: Route) -> None:
    accused = {Route.ORDINARY: (), Route.STAFF: ("contact_teacher",), Route.LEADERSHIP: ("accused_head_teacher",)}[route]
    case = make_case(cast, route=route, accused=accused)
    family = {"pupil", "guardian"}

    named = {line.split(" (")[0] for line in selectors.who_can_see(case)}

    meets = {str(cast.person(name)) for name in who_meets(cast, case) - family}
    assert named == meets


def test_who_can_see_a_part_is_the_wall_turned_round(cast: Cast) -> None:
    case = make_case(cast, route=Route.STAFF, accused=("contact_teacher",))
    head = cast.actor("head_teacher")
    services.add_part(by=head, case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    involved = case.parts.get(kind=PartKind.INVOLVED_PUPIL)
    services.add_helper(
        by=head, case=case, person=cast.person("teacher_without_relation"), part=involved, reason="Kjenner ham.", valid_until=today()
    )

    for part in case.parts.all():
        named = {line.split(" (")[0] for line in selectors.who_can_see(case, part)}
        meets = {
            str(cast.person(name))
            for name in CAST
            if name != "nobody" and parts_visible_to(cast.actor(name), case).filter(pk=part.pk).exists()
        }
        assert named == meets


def test_family_cases_are_not_in_the_lists_of_work(cast: Cast) -> None:
    case = make_case(cast)
    tell_pupil(cast, case)

    assert list(cases_at_work(cast.actor("pupil"))) == []
    assert selectors.own_family_cases(cast.actor("pupil")) == [case]


def test_nobody_and_a_person_without_standing_meet_nothing_and_a_job_meets_all(cast: Cast) -> None:
    case = make_case(cast)

    assert list(cases_visible_to(ANONYMOUS)) == []
    assert list(cases_visible_to(system_actor("test"))) == [case]
    assert list(parts_visible_to(system_actor("test"), case)) == [pupil_part(case)]
