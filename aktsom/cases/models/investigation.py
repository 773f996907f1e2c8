"""What the school finds out: notes, analyses, and a postponement with its reason."""

from django.db import models

from aktsom.cases.models.case import Case, CaseRecord
from aktsom.cases.models.people import CasePart
from aktsom.cases.rules import NoteKind
from aktsom.core.vault.fields import SealedTextField


class Note(CaseRecord):
    """One thing that was found out: a conversation, an observation, a mapping. With its source, apart from the others."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    part = models.ForeignKey(CasePart, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=14, choices=NoteKind.choices)
    happened_at = models.DateTimeField()
    has_time = models.BooleanField(default=True)  # False: only the day is known
    source = SealedTextField(blank=True)
    text = SealedTextField()
    pupils_words = SealedTextField(blank=True)
    corrects = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by")
    correction_reason = SealedTextField(blank=True)
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["happened_at", "id"]
        indexes = [models.Index(fields=["case", "happened_at"], name="note_of_case")]

    class Privacy:
        personal = "case part kind happened_at has_time corrects written_by written_at"
        case_content = "source text pupils_words correction_reason"
        technical = "id public_id content_key"
        retention = "case"


class Analysis(CaseRecord):
    """One contribution to what the investigation shows; several people can each write their own (INV-16, INV-17)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="analyses")
    situation = SealedTextField(blank=True)
    experience = SealedTextField(blank=True)
    surroundings = SealedTextField(blank=True)
    needed = SealedTextField(blank=True)
    maintaining = SealedTextField(blank=True)
    own_view = SealedTextField(blank=True)
    thoroughness = SealedTextField(blank=True)  # how thorough, and why that is enough here (INV-04)
    enough_known = models.BooleanField(default=False)
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "id"]

    class Privacy:
        personal = "case enough_known written_by written_at"
        case_content = "situation experience surroundings needed maintaining own_view thoroughness"
        technical = "id public_id content_key"
        retention = "case"


class Postponement(CaseRecord):
    """The investigation was put off, with a written reason and a new date (INV-01, NEG-10)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="postponements")
    reason = SealedTextField()
    new_date = models.DateField()
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "id"]

    class Privacy:
        personal = "case new_date written_by written_at"
        case_content = "reason"
        technical = "id public_id content_key"
        retention = "case"
