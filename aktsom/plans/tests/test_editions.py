"""From template to a plan in force, and the next one: writing, undoing, treating, replacing, evaluating."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.timing.clock import today
from aktsom.plans.models import EnvironmentPlan, PlanEdit, PlanEdition, ReviewAnswer
from aktsom.plans.rules.content import content_from
from aktsom.plans.rules.editions import Body, EditionState, Outcome
from aktsom.plans.rules.steps import Edit, mark_of
from aktsom.plans.services import (
    answer_review,
    ask_body,
    begin_edition,
    begin_plan,
    begin_review,
    close_review,
    decide_proposal,
    drop_edition,
    edit_plan,
    invite_to_review,
    propose_change,
    put_edition_in_force,
    record_treatment,
    send_edition,
    take_edition_back,
    undo_edit,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast: Cast) -> EnvironmentPlan:
    return begin_plan(by=cast.actor("head_teacher"), place=cast.school, template="storhamar")


def draft_of(plan: EnvironmentPlan) -> PlanEdition:
    return plan.editions.get(state=EditionState.DRAFT)


def changed(edition: PlanEdition, what: str) -> Edit:
    content = content_from(edition.content)
    row = content.row("sto-f13")
    assert row is not None
    return Edit("change_row", "sto-f13", row=replace(row, what=what), seen=mark_of(content, Edit("change_row", "sto-f13")))


def what_of(edition: PlanEdition) -> str:
    row = content_from(PlanEdition.objects.get(pk=edition.pk).content).row("sto-f13")
    return row.what if row else "borte"


def test_plan_begins_once_from_a_template(cast: Cast, plan: EnvironmentPlan) -> None:
    assert (draft_of(plan).number, draft_of(plan).template) == (1, "storhamar")
    with pytest.raises(Refused):
        begin_plan(by=cast.actor("head_teacher"), place=cast.school)


def test_change_is_written_and_undone(cast: Cast, plan: EnvironmentPlan) -> None:
    by, draft = cast.actor("head_teacher"), draft_of(plan)
    before = what_of(draft)

    edit_plan(by=by, edition=draft, edit=changed(draft, "Klassens time annenhver uke"))
    assert what_of(draft) == "Klassens time annenhver uke"
    undo_edit(by=by, edition=draft)

    assert what_of(draft) == before
    with pytest.raises(Refused, match="ikke mer å angre"):
        undo_edit(by=by, edition=draft)


def test_two_editors_never_overwrite_each_other(cast: Cast, plan: EnvironmentPlan) -> None:
    draft = draft_of(plan)
    mine, theirs = changed(draft, "Mitt"), changed(draft, "Deres")

    edit_plan(by=cast.actor("head_teacher"), edition=draft, edit=theirs)
    with pytest.raises(Refused, match="Noen andre endret dette"):
        edit_plan(by=cast.actor("head_teacher"), edition=draft, edit=mine)

    assert what_of(draft) == "Deres"


def test_edition_waits_for_bodies_and_replaces_the_one_before(cast: Cast, plan: EnvironmentPlan) -> None:
    by, first = cast.actor("head_teacher"), draft_of(plan)
    put_edition_in_force(by=by, edition=first, valid_from=today() - timedelta(days=30))
    second = begin_edition(by=by, plan=plan, reason="Ny rektor")
    ask_body(by=by, edition=second, body=Body.ENVIRONMENT_COMMITTEE)
    send_edition(by=by, edition=second)

    with pytest.raises(Refused):
        edit_plan(by=by, edition=second, edit=changed(second, "For sent"))
    with pytest.raises(Refused):
        put_edition_in_force(by=by, edition=second, valid_from=today())
    with pytest.raises(Refused):
        record_treatment(
            by=by, edition=second, body=Body.ENVIRONMENT_COMMITTEE, outcome=Outcome.APPROVED, answered_on=today() + timedelta(days=1)
        )
    record_treatment(by=by, edition=second, body=Body.ENVIRONMENT_COMMITTEE, outcome=Outcome.APPROVED, answered_on=today())
    put_edition_in_force(by=by, edition=second, valid_from=today())

    states = list(plan.editions.order_by("number").values_list("state", "valid_until"))
    assert states == [(EditionState.REPLACED, today() - timedelta(days=1)), (EditionState.IN_FORCE, None)]
    assert not PlanEdit.objects.filter(edition=second).exclude(before=None).exists()


def test_new_edition_cannot_begin_before_the_one_in_force(cast: Cast, plan: EnvironmentPlan) -> None:
    by = cast.actor("head_teacher")
    put_edition_in_force(by=by, edition=draft_of(plan), valid_from=date(2026, 8, 1))
    second = begin_edition(by=by, plan=plan)

    with pytest.raises(Refused, match="senere dag"):
        put_edition_in_force(by=by, edition=second, valid_from=date(2026, 8, 1))
    with pytest.raises(Refused, match="utkast fra før"):
        begin_edition(by=by, plan=plan)
    assert plan.editions.filter(state=EditionState.IN_FORCE).get().number == 1


def test_draft_is_taken_back_and_laid_aside(cast: Cast, plan: EnvironmentPlan) -> None:
    by, draft = cast.actor("head_teacher"), draft_of(plan)

    send_edition(by=by, edition=draft)
    assert take_edition_back(by=by, edition=draft).state == EditionState.DRAFT
    assert drop_edition(by=by, edition=draft).state == EditionState.DROPPED
    with pytest.raises(Refused):
        send_edition(by=by, edition=draft)


@pytest.mark.parametrize("name", ["contact_teacher", "pupil", "guardian"])
def test_others_cannot_write_in_the_plan(cast: Cast, plan: EnvironmentPlan, name: str) -> None:
    draft = draft_of(plan)

    with pytest.raises((NotAllowed, OutOfReach)):
        edit_plan(by=cast.actor(name), edition=draft, edit=changed(draft, "Nei"))
    assert what_of(draft) != "Nei"


@pytest.mark.parametrize("name", ["head_teacher_elsewhere", "technical_admin", "other_owner_handler"])
def test_draft_is_not_there_for_those_who_work_elsewhere(cast: Cast, plan: EnvironmentPlan, name: str) -> None:
    with pytest.raises(OutOfReach):
        edit_plan(by=cast.actor(name), edition=draft_of(plan), edit=changed(draft_of(plan), "Nei"))


def test_yearly_evaluation_is_closed_when_all_have_answered_or_declined(cast: Cast, plan: EnvironmentPlan) -> None:
    by = cast.actor("head_teacher")
    plan.refresh_from_db()
    review = begin_review(by=by, plan=plan, year="2026/2027")
    invite_to_review(by=by, review=review, body=Body.PUPIL_COUNCIL)

    with pytest.raises(Refused):
        close_review(by=by, review=review, learned="")
    answer = review.answers.get()
    with pytest.raises(Refused, match="fram i tid"):
        answer_review(by=by, answer=answer, outcome=Outcome.NOTED, answered_on=today() + timedelta(days=1))
    answer_review(by=by, answer=answer, outcome=Outcome.NOTED, answered_on=today(), text="Mer tid i klassens time.")
    proposal = propose_change(by=by, review=review, text="Mer tid", row_key="sto-f13")
    with pytest.raises(Refused, match="hvorfor"):
        decide_proposal(by=by, review=review, proposal=proposal, is_taken=False)
    decide_proposal(by=by, review=review, proposal=proposal, is_taken=True)
    closed = close_review(by=by, review=review, learned="Klassens time virker.")

    assert closed.closed_on == today()
    with pytest.raises(Refused, match="avsluttet"):
        invite_to_review(by=by, review=review, body=Body.STAFF)
    with pytest.raises(Refused, match="avsluttet"):
        answer_review(by=by, answer=ReviewAnswer.objects.get(), outcome=Outcome.APPROVED, answered_on=today())
