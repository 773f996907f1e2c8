"""Training in privacy: who writes it in, what the owner demands, and what stays open for whoever lacks it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.audit.models import AuditEvent
from aktsom.core.timing.clock import today
from aktsom.people import services
from aktsom.people.models import PrivacyTraining, TrainingDemand
from aktsom.people.rules import TrainingObstacle, months_after, training_holds
from tests.cast import Cast
from tests.signed_in import sign_in

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))
COURSE = "Kommunens kurs i personvern"


def train(cast: Cast, name: str, *, by: str = "owner_handler", held_on: date | None = None) -> PrivacyTraining:
    place = cast.owner if by == "owner_handler" else cast.school
    person = cast.person(name)
    return services.record_training(by=cast.actor(by), place=place, person=person, name=COURSE, held_on=held_on or today())


def demand(cast: Cast, **asked: Any) -> TrainingDemand:
    """Let the owner demand training from today; its handler and the head teacher have had theirs."""
    for name in ("owner_handler", "head_teacher"):
        train(cast, name)
    return services.demand_training(by=cast.actor("owner_handler"), owner=cast.owner, **{"valid_from": today()} | asked)


@given(DAYS, st.integers(1, 60))
@settings(max_examples=60)
def test_training_counts_to_the_same_day_of_the_month_and_not_a_day_longer(held: date, months: int) -> None:
    last = months_after(held, months)

    assert training_holds([held], renewal_months=months, day=last) is True
    assert training_holds([held], renewal_months=months, day=last + timedelta(days=1)) is False
    assert training_holds([held], renewal_months=months, day=held - timedelta(days=1)) is False
    assert (last.year - held.year) * 12 + last.month - held.month == months


@given(st.lists(DAYS, max_size=3), DAYS)
@settings(max_examples=60)
def test_training_without_a_renewal_counts_from_its_day_for_ever(held: list[date], day: date) -> None:
    assert training_holds(held, renewal_months=None, day=day) == any(one <= day for one in held)


@pytest.mark.django_db
def test_nobody_writes_in_her_own_except_the_owners_handler(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        train(cast, "head_teacher", by="head_teacher")

    assert refused.value.reasons == [TrainingObstacle.OWN]
    assert train(cast, "contact_teacher", by="head_teacher").recorded_by == cast.person("head_teacher")
    assert train(cast, "owner_handler").person == cast.person("owner_handler")
    assert AuditEvent.objects.filter(event="training.recorded").count() == 2


@pytest.mark.django_db
def test_training_that_is_not_held_or_not_of_a_colleague_is_refused(cast: Cast) -> None:
    refusals = []
    for person, day in (("contact_teacher", today() + timedelta(days=1)), ("head_teacher_elsewhere", today())):
        with pytest.raises(Refused) as refused:
            train(cast, person, by="head_teacher", held_on=day)
        refusals.append(refused.value.reasons)

    assert refusals == [[TrainingObstacle.NOT_YET], [TrainingObstacle.NOT_HERE]]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["contact_teacher", "pupil", "guardian", "technical_admin"])
def test_training_is_written_in_by_those_who_lead_and_by_nobody_else(cast: Cast, name: str) -> None:
    with pytest.raises((NotAllowed, OutOfReach)):
        services.record_training(by=cast.actor(name), place=cast.school, person=cast.person("case_handler"), name=COURSE, held_on=today())

    assert PrivacyTraining.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "refusal"), [("head_teacher", (NotAllowed, OutOfReach)), ("other_owner_handler", OutOfReach)])
def test_demand_is_the_owners_own(cast: Cast, name: str, refusal: Any) -> None:
    with pytest.raises(refusal):
        services.demand_training(by=cast.actor(name), owner=cast.owner, valid_from=today())

    assert demand(cast).owner == cast.owner


@pytest.mark.django_db
def test_owner_who_has_not_written_in_her_own_cannot_shut_herself_out(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        services.demand_training(by=cast.actor("owner_handler"), owner=cast.owner, valid_from=today() - timedelta(days=1))

    assert refused.value.reasons == [TrainingObstacle.STARTS_BEFORE, TrainingObstacle.SELF_UNTRAINED]


@pytest.mark.django_db
def test_demand_begins_on_its_day_is_replaced_and_ends(cast: Cast, time_machine: Any) -> None:
    begins = today() + timedelta(days=7)
    demand(cast, valid_from=begins)
    lacks = [cast.actor("contact_teacher").lacks_training]
    time_machine.move_to(begins)
    lacks.append(cast.actor("contact_teacher").lacks_training)
    services.demand_training(by=cast.actor("owner_handler"), owner=cast.owner, valid_from=today(), renewal_months=12)
    services.end_demand(by=cast.actor("owner_handler"), owner=cast.owner)
    lacks.append(cast.actor("contact_teacher").lacks_training)

    assert lacks == [False, True, False]
    assert TrainingDemand.objects.filter(valid_until=None).count() == 0


@pytest.mark.django_db
def test_training_runs_out_after_the_months_the_owner_chose(cast: Cast, time_machine: Any) -> None:
    train(cast, "contact_teacher", by="head_teacher")
    demand(cast, renewal_months=12)
    last = months_after(today(), 12)

    time_machine.move_to(last)
    on_the_last_day = cast.actor("contact_teacher").lacks_training
    time_machine.move_to(last + timedelta(days=1))

    assert (on_the_last_day, cast.actor("contact_teacher").lacks_training) == (False, True)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["pupil", "guardian", "head_teacher_elsewhere"])
def test_demand_is_for_those_who_work_for_this_owner(cast: Cast, name: str) -> None:
    demand(cast)

    assert cast.actor(name).lacks_training is False


@pytest.mark.django_db
def test_training_is_written_in_and_demanded_through_the_pages(cast: Cast) -> None:
    head, owner = sign_in(cast, "head_teacher"), sign_in(cast, "owner_handler")
    at_school = reverse("people:training-record", args=[cast.school.public_id])
    at_owner = reverse("people:training-demand", args=[cast.owner.public_id])
    sent = {"people": [cast.person("contact_teacher").public_id], "name": COURSE, "held_on": today().isoformat()}
    own = sent | {"people": [cast.person("head_teacher").public_id, cast.person("owner_handler").public_id]}

    refused = head.post(at_school, sent | {"name": ""})
    written = head.post(at_school, sent)
    owner.post(reverse("people:training-record-owner", args=[cast.owner.public_id]), own)
    decided = owner.post(at_owner, {"valid_from": today().isoformat(), "renewal_months": "24"})

    assert (refused.status_code, written.status_code, decided.status_code) == (422, 302, 302)
    assert PrivacyTraining.objects.count() == 3
    assert "24 måneder" in head.get(at_school).content.decode()
    assert owner.get("/skolen/opplaring/eier/").headers["Location"] == at_owner
    assert owner.post(reverse("people:training-demand-end", args=[cast.owner.public_id])).status_code == 302
    assert TrainingDemand.objects.filter(valid_until=None).count() == 0


@pytest.mark.django_db
def test_pages_ask_the_same_number_of_questions_for_many_colleagues(cast: Cast) -> None:
    page = reverse("people:training-record", args=[cast.school.public_id])
    head = sign_in(cast, "head_teacher")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            head.get(page)
        return len(queries)

    head.get(page)
    before = asked()
    for name in ("contact_teacher", "case_handler", "teacher_of_others"):
        train(cast, name, by="head_teacher")

    assert asked() == before
    assert before <= 25
