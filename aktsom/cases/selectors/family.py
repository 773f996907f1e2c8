"""The case as the family meets it: plain words, their rights, and nothing of anybody else."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from aktsom.cases.models import Case, CasePart
from aktsom.cases.rules import CaseState, ClosingReason, PartKind
from aktsom.cases.selectors.deadlines import family_week_card
from aktsom.cases.selectors.papers import released_papers
from aktsom.cases.selectors.people import handlers_of
from aktsom.cases.selectors.room import CaseStanding, case_standing
from aktsom.core.access.actor import Actor
from aktsom.measures.rules import PlanState


def own_case_page(actor: Actor, case: Case) -> dict[str, Any]:
    """Return what the pupil or a guardian sees."""
    standing = case_standing(actor, case)
    own = CasePart.objects.select_related("trusted_adult").filter(case=case, kind=PartKind.PUPIL).first()
    plan = standing.plan
    in_force = plan is not None and plan.state == PlanState.IN_FORCE
    is_own = actor.person_id == case.pupil_id
    return {
        "case": case,
        "is_own": is_own,
        "status": plain_status(case, standing),
        "trusted_adult": own.trusted_adult if own is not None and is_own else None,
        "contacts": [str(worker.person) for worker in handlers_of(case)] if case.state == CaseState.OPEN else [],
        "plan_url": reverse("measures:own-plan", args=[plan.public_id]) if plan is not None and plan.changed_at else "",
        "next_talk": plan.evaluate_on if plan is not None and in_force else None,
        "week": family_week_card(case, standing),
        "week_words": week_words(is_own=is_own),
        "papers": released_papers(case),
    }


def week_words(*, is_own: bool) -> str:
    """Return whose right it is, to the one who reads."""
    return (
        _("Du kan melde saken til Statsforvalteren fra denne dagen")
        if is_own
        else _("Dere kan melde saken til Statsforvalteren fra denne dagen")
    )


def plain_status(case: Case, standing: CaseStanding) -> str:
    """Return where the case stands, in words a nine-year-old reads."""
    if case.closing_reason == ClosingReason.LEFT:
        return _("Saken er avsluttet fordi skolen er en annen nå. Trenger du hjelp, kan du si fra på den nye skolen.")
    if case.state == CaseState.CLOSED:
        return _("Saken er avsluttet. Blir det vanskelig igjen, kan du si fra når som helst. Da åpner vi den igjen.")
    if standing.plan is not None and standing.plan.state == PlanState.IN_FORCE:
        return _("Vi har en plan. De voksne gjør det som står i den, og spør deg hvordan det går.")
    if standing.facts.pupil_has_answered:
        return _("Vi har hørt hva du sier. Nå finner vi ut hva som kan hjelpe.")
    return _("Vi vet om det, og vi finner ut av det sammen med deg.")
