"""Others who are asked for help, what the nurse keeps for herself, and that a concern for the home was considered."""

from django.db import models
from django.db.models import Q

from aktsom.cases.models.case import Case, CaseRecord
from aktsom.cases.models.people import CasePart
from aktsom.cases.rules.assistance import HealthBasis, Helper, SharingBasis
from aktsom.core.audit.scope import Scope
from aktsom.core.sealed import SealedModel
from aktsom.core.vault.fields import SealedTextField


class HelpRequest(CaseRecord):
    """Somebody was asked for help in one pupil's part: who, why, on what basis, what was shared, and the answer (HLP-02)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="help_requests")
    part = models.ForeignKey(CasePart, on_delete=models.CASCADE, related_name="help_requests")
    helper = models.CharField(max_length=12, choices=Helper.choices)
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # None: outside
    purpose = SealedTextField()
    shared = SealedTextField()
    limits = SealedTextField(blank=True)  # what the one who is asked is not told, and is not to do (HLP-06)
    basis = models.CharField(max_length=16, choices=SharingBasis.choices)
    section = SealedTextField(blank=True)
    consent_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField()
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = SealedTextField(blank=True)
    answer_basis = models.CharField(max_length=16, choices=HealthBasis.choices, blank=True)
    answer_consent_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["person", "ends_on"], name="help_request_person")]

    class Privacy:
        personal = "case part helper person asked_by asked_at ends_on answered_by answered_at ended_at"
        sensitive = "basis consent_on answer_basis answer_consent_on"
        case_content = "purpose shared limits section answer"
        technical = "id public_id content_key"
        retention = "case"


class LearningCooperation(CaseRecord):
    """Somebody works with the pupil's individual teaching too. That it is so, and never what: its papers have a file of their own.

    The two files are kept apart (HLP-05): no field here can hold what an expert assessment says.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="learning_cooperations")
    part = models.ForeignKey(CasePart, on_delete=models.CASCADE, related_name="learning_cooperations")
    helper = models.CharField(max_length=12, choices=Helper.choices)
    contact = SealedTextField(blank=True)
    begun_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["begun_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("begun_on")), name="learning_cooperation_runs_forward"
            ),
            models.UniqueConstraint(fields=["part", "helper"], condition=Q(ended_on=None), name="learning_cooperation_open_once"),
        ]

    class Privacy:
        sensitive = "case part helper begun_on ended_on written_by written_at"
        case_content = "contact"
        technical = "id public_id content_key"
        retention = "case"


class ConcernConsidered(CaseRecord):
    """It was considered whether child welfare must be told (opplæringslova § 24-3). By whom and when, and never what."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="concerns_considered")
    considered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    considered_at = models.DateTimeField()

    class Meta:
        ordering = ["-considered_at", "-id"]

    class Privacy:
        sensitive = "case considered_by considered_at"
        technical = "id public_id content_key"
        retention = "case"


class HealthNote(SealedModel):
    """A note in health staff's own room. It belongs to the one who wrote it and to no case (helsepersonelloven § 21)."""

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    text = SealedTextField()
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-id"]
        constraints = [models.CheckConstraint(condition=Q(changed_at__gte=models.F("written_at")), name="health_note_runs_forward")]
        indexes = [models.Index(fields=["author", "school"], name="health_note_author")]

    class Privacy:
        sensitive = "school author pupil written_at changed_at"
        case_content = "text"
        technical = "id public_id content_key"
        retention = "health"

    def scope(self) -> Scope:
        # Withheld: the log of a school says who saw what, and whom the nurse talks with is hers alone.
        return Scope(school_id=self.school_id, owner_id=self.school.owner_id, file_id=self.public_id, withheld=True)
