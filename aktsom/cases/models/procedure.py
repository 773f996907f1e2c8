"""What belongs to the school's own procedure in a case: its steps done or not needed, and Statsforvalteren taking it up."""

from django.db import models
from django.db.models import Q

from aktsom.cases.models.case import Case, CaseRecord
from aktsom.cases.rules.procedure import Consideration
from aktsom.core.vault.fields import SealedTextField


class StepMark(CaseRecord):
    """Something the school's procedure asks to be thought of was done, or was not needed, with why (INV-08, 10, 11, 12)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="step_marks")
    step = models.CharField(max_length=16, choices=Consideration.choices)
    was_needed = models.BooleanField()
    on = models.DateField()
    text = SealedTextField(blank=True)
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "id"]

    class Privacy:
        personal = "case step was_needed on written_by written_at"
        case_content = "text"
        technical = "id public_id content_key"
        retention = "case"


class GovernorEntry(CaseRecord):
    """Statsforvalteren has taken the case up. From then on it is a serious one, and the owner is told (ESC-04)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="governor_entries")
    known_on = models.DateField()
    text = SealedTextField(blank=True)
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "id"]

    class Privacy:
        sensitive = "case known_on written_by written_at"
        case_content = "text"
        technical = "id public_id content_key"
        retention = "case"


class GovernorDeadline(CaseRecord):
    """A day Statsforvalteren itself has set in the case: what is wanted, by when, and when it was answered (NEG-42)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="governor_deadlines")
    due_on = models.DateField()
    text = SealedTextField()
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None, answered_by=None) | Q(answered_on__isnull=False, answered_by__isnull=False),
                name="governor_deadline_answered_by_somebody",
            )
        ]
        indexes = [models.Index(fields=["answered_on", "due_on"], name="governor_deadline_waiting")]

    class Privacy:
        sensitive = "case due_on written_by written_at answered_on answered_by"
        case_content = "text"
        technical = "id public_id content_key"
        retention = "case"
