"""When the pupil knows of her own case: only then is it on her pages (ADR 0020). Read by access, facts and services alike."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from aktsom.cases.models import Case, CaseReport, ConversationGuest, FamilyLetter, Hearing, RightsTold, StepMark
from aktsom.cases.rules import HearingOutcome, PartKind
from aktsom.cases.rules.conversations import ConversationState
from aktsom.cases.rules.procedure import Consideration
from aktsom.measures.access import plans_once_in_force

ASKED = (HearingOutcome.HEARD, HearingOutcome.DID_NOT_WANT)


def pupil_knows() -> Q:
    """Return the condition that she told of it herself, that somebody has spoken with her or written to her, or that her plan runs.

    Nothing else opens her room: she shall hear of it from a person, not from a page (§ 10-2). What she has a right to see
    when she asks for it is another matter, and is given on paper meanwhile (forvaltningsloven § 18).
    """
    here = {"case_id": OuterRef("pk")}
    return (
        Q(Exists(CaseReport.objects.filter(**here, report__reporter_id=OuterRef("pupil_id"))))
        | Q(Exists(Hearing.objects.filter(**here, part__kind=PartKind.PUPIL, outcome__in=ASKED)))
        | Q(Exists(RightsTold.objects.filter(**here)))
        | Q(Exists(StepMark.objects.filter(**here, step=Consideration.TELL_PUPIL, was_needed=True)))
        | Q(Exists(_talks_held_with_her()))
        | Q(Exists(FamilyLetter.objects.filter(**here, person_id=OuterRef("pupil_id"))))
        | Q(Exists(plans_once_in_force().filter(file_ref=OuterRef("public_id"))))
    )


def _talks_held_with_her() -> QuerySet[ConversationGuest]:
    talks = ConversationGuest.objects.filter(conversation__state=ConversationState.HELD, conversation__part__kind=PartKind.PUPIL)
    return talks.filter(conversation__case_id=OuterRef("pk"), person_id=OuterRef("pupil_id"))


def knows(case: Case) -> bool:
    """Return whether the pupil the case is for knows of it."""
    return Case.objects.filter(pupil_knows(), pk=case.pk).exists()
