"""The pupil is heard, her best interests weighed, rights told, guardians told or not."""

from django.db import models

from aktsom.cases.models.case import Case, CaseRecord
from aktsom.cases.models.people import CasePart
from aktsom.cases.rules import GuardianDecision, HearingOutcome
from aktsom.core.vault.fields import SealedJSONField, SealedTextField


class Hearing(CaseRecord):
    """The pupil was heard, did not want to speak, or has not been heard yet, with reason and date (§ 10-2)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="hearings")
    part = models.ForeignKey(CasePart, on_delete=models.CASCADE, related_name="hearings")
    outcome = models.CharField(max_length=12, choices=HearingOutcome.choices)
    held_on = models.DateField()
    held_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    told_of = SealedTextField(blank=True)
    pupils_words = SealedTextField(blank=True)
    pupils_wish = SealedTextField(blank=True)
    weight_given = SealedTextField(blank=True)
    how = SealedTextField(blank=True)
    reason_not_yet = SealedTextField(blank=True)
    planned_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["held_on", "id"]

    class Privacy:
        personal = "case part outcome held_on held_by planned_on written_by written_at"
        case_content = "told_of pupils_words pupils_wish weight_given how reason_not_yet"
        technical = "id public_id content_key"
        retention = "case"


class BestInterests(CaseRecord):
    """The reasoned assessment of what is best for this pupil (§ 10-1): factors, weighing, conclusion."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="best_interests")
    part = models.ForeignKey(CasePart, on_delete=models.CASCADE, related_name="best_interests")
    pupils_view = SealedTextField(blank=True)
    factors = SealedTextField()
    weighing = SealedTextField()
    conclusion = SealedTextField()
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "id"]

    class Privacy:
        personal = "case part written_by written_at"
        case_content = "pupils_view factors weighing conclusion"
        technical = "id public_id content_key"
        retention = "case"


class RightsTold(CaseRecord):
    """The pupil was told of the rights, the advice to be had and the week to Statsforvalteren (HRG-03, AMB-65)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="rights_told")
    told_on = models.DateField()
    told_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    how = SealedTextField(blank=True)
    written_at = models.DateTimeField()

    class Privacy:
        personal = "case told_on told_by written_at"
        case_content = "how"
        technical = "id public_id content_key"
        retention = "case"


class GuardiansTold(CaseRecord):
    """What was decided about telling guardians, and why (PRV-09, AMB-42)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="guardians_told")
    decision = models.CharField(max_length=12, choices=GuardianDecision.choices)
    reason = SealedTextField(blank=True)
    told_on = models.DateField(null=True, blank=True)
    kept_from = SealedJSONField(blank=True, null=True, help_text="Names of guardians who are not told when the others are.")
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "id"]

    class Privacy:
        personal = "case decision told_on written_by written_at"
        case_content = "reason kept_from"
        technical = "id public_id content_key"
        retention = "case"
