"""What must never happen with the school's plan, its year and what is sent. Each test is named after its row (Part 6)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse

from aktsom.cases.rules import NoteKind, PartKind
from aktsom.cases.services import add_note, add_part
from aktsom.cases.services.investigation import NoteDraft
from aktsom.cases.tests.factories import building, make_case, plan_of
from aktsom.core.access.door import Refused
from aktsom.core.notify import jobs, services
from aktsom.core.notify.models import Sending
from aktsom.core.notify.rules import goes_at_once
from aktsom.core.notify.tests.test_notices import tell
from aktsom.core.notify.wording import WORDINGS
from aktsom.core.timing.clock import now, today
from aktsom.measures.rules import PlanObstacle
from aktsom.measures.services import add_finding, put_in_force, write_problem
from aktsom.plans.models import EnvironmentPlan, PlanEdition
from aktsom.plans.rules.editions import EditionState
from aktsom.plans.services import (
    begin_edition,
    begin_plan,
    begin_review,
    close_review,
    decide_proposal,
    propose_change,
    put_edition_in_force,
)
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
FRIDAY_NIGHT = datetime(2026, 11, 20, 21, 10, tzinfo=UTC)  # 22.10 in Oslo
MONDAY_MORNING = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # 07.00 in Oslo


@pytest.fixture
def plan(cast: Cast) -> EnvironmentPlan:
    cache.clear()
    return begin_plan(by=cast.actor("head_teacher"), place=cast.school, template="storhamar")


def test_neg_26_reaction_against_another_never_stands_in_for_a_measure_for_the_pupil(cast: Cast) -> None:
    case, head = make_case(cast), cast.actor("head_teacher")
    part = add_part(by=head, case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    add_note(by=head, case=case, part=part, draft=NoteDraft(kind=NoteKind.LOG, happened_at=now(), text="Sander er bortvist i dag."))
    plan = plan_of(case)
    write_problem(by=head, plan=plan, problem="Ylva er alene.", evaluate_on=today() + timedelta(days=14), evaluator=None)
    add_finding(by=head, plan=plan, text="Ingen voksne der Ylva er.")

    with pytest.raises(Refused) as refusal:
        put_in_force(by=head, plan=plan)

    assert refusal.value.reasons == [PlanObstacle.NO_MEASURE]


def test_neg_33_what_can_wait_reaches_nobody_in_the_evening_or_the_weekend(cast: Cast) -> None:
    waits = sorted(code for code in WORDINGS if not goes_at_once(code, urgent=False))
    with time_machine.travel(FRIDAY_NIGHT, tick=False) as clock:
        for code in waits:
            tell(cast, "contact_teacher", code=code)
        sent = []
        for moment in (FRIDAY_NIGHT, FRIDAY_NIGHT + timedelta(hours=12), MONDAY_MORNING - timedelta(minutes=1), MONDAY_MORNING):
            clock.move_to(moment)
            services.gather_digests()
            for public_id in Sending.objects.filter(state="waiting").values_list("public_id", flat=True):
                jobs.send_notice.call(public_id)
            sent.append(len(mail.outbox))

    assert len(waits) > 5
    assert sent == [0, 0, 0, 1]


def test_neg_37_plan_without_content_is_never_put_in_force(cast: Cast, plan: EnvironmentPlan) -> None:
    head = cast.actor("head_teacher")
    draft = plan.editions.get()
    empty = dict(draft.content) | {"sections": []}
    with building():
        PlanEdition.objects.filter(pk=draft.pk).update(content=empty)
    draft.refresh_from_db()

    with pytest.raises(Refused):
        put_edition_in_force(by=head, edition=draft, valid_from=today())

    assert plan.editions.filter(state=EditionState.IN_FORCE).count() == 0


def test_neg_37_plan_in_force_is_replaced_in_the_open_and_never_taken_away(cast: Cast, plan: EnvironmentPlan, client: Client) -> None:
    head = cast.actor("head_teacher")
    put_edition_in_force(by=head, edition=plan.editions.get(), valid_from=today() - timedelta(days=9))
    put_edition_in_force(by=head, edition=begin_edition(by=head, plan=plan, reason="Ny rektor"), valid_from=today())
    cache.clear()
    names = [str(name) for name in get_resolver().namespace_dict["plans"][1].reverse_dict]

    page = client.get(f"/skole/{cast.school.slug}/plan/")
    before = client.get(f"/skole/{cast.school.slug}/plan/utgave/1/")

    assert (page.status_code, before.status_code) == (200, 200)
    assert [name for name in names if any(word in name for word in ("withdraw", "unpublish", "plan-remove", "plan-delete"))] == []


def test_neg_53_evaluation_of_the_plan_is_not_closed_while_an_idea_waits_for_its_answer(cast: Cast, plan: EnvironmentPlan) -> None:
    head = cast.actor("head_teacher")
    plan.refresh_from_db()
    review = begin_review(by=head, plan=plan, year="2026/2027")
    idea = propose_change(by=head, review=review, text="Elevrådet vil ha flere benker ute.")
    reasons: list[Any] = []

    for is_taken, reason in ((None, ""), (False, ""), (False, "Vi spør kommunen først.")):
        try:
            if is_taken is not None:
                decide_proposal(by=head, review=review, proposal=idea, is_taken=is_taken, reason=reason)
            close_review(by=head, review=review, learned="")
        except Refused as refused:
            reasons.append([str(text) for text in refused.reasons])

    review.refresh_from_db()
    assert [len(texts) for texts in reasons] == [1, 1]
    assert "Et forslag har ikke fått svar" in reasons[0][0]
    assert review.closed_on == today()
    shown = sign_in(cast, "head_teacher").get(reverse("plans:review-detail", args=[review.public_id])).content.decode()
    assert "Vi spør kommunen først." in shown
