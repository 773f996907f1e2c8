"""Conversations in a case, each in one person's walled part, the agreements made in them, and the school's own prompts."""

from django.db import models
from django.db.models import Q

from aktsom.cases.models.case import Case, CaseRecord
from aktsom.cases.models.people import CasePart
from aktsom.cases.rules.conversations import AgreementOutcome, ConversationKind, ConversationState
from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.vault.fields import SealedJSONField, SealedTextField


class Conversation(CaseRecord):
    """One talk with one pupil or that pupil's guardians: planned, held with its minutes, or called off (TAL-01 to TAL-12)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="conversations")
    part = models.ForeignKey(CasePart, on_delete=models.CASCADE, related_name="conversations")
    kind = models.CharField(max_length=20, choices=ConversationKind.choices)
    state = models.CharField(max_length=8, choices=ConversationState.choices, default=ConversationState.PLANNED)
    held_on = models.DateField()
    held_at = models.TimeField(null=True, blank=True)
    place = SealedTextField(blank=True)
    held_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    with_whom = SealedTextField(blank=True)  # others at the table: an interpreter, the adult the pupil chose
    barriers = SealedTextField(blank=True)  # language, worry, body, culture, and what is done about it (TAL-04)
    wished_by = SealedTextField(blank=True)  # who wanted it this way: a restoring talk, or several families together
    answers = SealedJSONField(blank=True, null=True)
    minutes = SealedTextField(blank=True)
    next_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    released_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    release_reason = SealedTextField(blank=True)

    class Meta:
        ordering = ["held_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None) | Q(released_at__isnull=False, released_by__isnull=False),
                name="minutes_released_by_somebody",
            ),
            models.CheckConstraint(condition=Q(released_at=None) | Q(state=ConversationState.HELD), name="minutes_released_when_held"),
        ]
        indexes = [models.Index(fields=["held_by", "state", "held_on"], name="conversation_of_holder")]

    class Privacy:
        personal = "case part kind state held_on held_at held_by next_on written_by written_at released_by released_at"
        case_content = "place with_whom barriers wished_by answers minutes release_reason"
        technical = "id public_id content_key"
        retention = "case"

    def __str__(self) -> str:
        return self.public_id


class ConversationGuest(CaseRecord):
    """Somebody registered who takes part: the pupil, a guardian, a colleague, and in a restoring talk one other pupil."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="guests")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["conversation", "person"], name="conversation_guest_once")]

    class Privacy:
        personal = "conversation person"
        technical = "id public_id content_key"
        retention = "case"

    def scope(self) -> Scope:
        return self.conversation.scope()


class Agreement(CaseRecord):
    """What somebody has agreed to, with the day it is followed up and how it went (TAL-07). Kept in that one's own part."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="agreements")
    part = models.ForeignKey(CasePart, on_delete=models.CASCADE, related_name="agreements")
    conversation = models.ForeignKey(Conversation, null=True, blank=True, on_delete=models.SET_NULL, related_name="agreements")
    text = SealedTextField()
    follow_up_on = models.DateField()
    follow_up_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=AgreementOutcome.choices, blank=True)
    outcome_text = SealedTextField(blank=True)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    settled_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None) | ~Q(outcome="") & Q(settled_at__isnull=False, settled_by__isnull=False),
                name="agreement_settled_by_somebody",
            )
        ]
        indexes = [models.Index(fields=["follow_up_by", "outcome", "follow_up_on"], name="agreement_of_follower")]

    class Privacy:
        personal = "case part conversation follow_up_on follow_up_by outcome made_by made_at settled_by settled_at"
        case_content = "text outcome_text"
        technical = "id public_id content_key"
        retention = "case"


class PromptSet(AuditedModel):
    """The school's own prompts for one kind of talk, one on each line; they stand instead of the plan's and Aktsom's."""

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ConversationKind.choices)
    before = models.TextField(blank=True)
    during = models.TextField(blank=True)
    after = models.TextField(blank=True)
    changed_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "kind"], name="prompts_once_per_kind")]

    class Privacy:
        open = "school kind before during after changed_at"
        personal = "changed_by"
        technical = "id"
        retention = "school"

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id)
