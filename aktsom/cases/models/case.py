"""The case itself, the base of what belongs to it, its reports and its turns."""

from django.db import models
from django.db.models import Q

from aktsom.cases.rules import CaseKind, CaseState, ClosingReason
from aktsom.core.audit.scope import Scope
from aktsom.core.sealed import SealedModel
from aktsom.core.vault.fields import SealedTextField


class Case(SealedModel):
    """A pupil may not have it safe and good, and the school finds out and corrects (opplæringslova §§ 12-4, 12-5)."""

    pupil = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("schools.SchoolOwner", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=CaseKind.choices)
    is_withheld = models.BooleanField(default=False)  # § 12-5 second paragraph: the owner has it, nobody at the school
    is_serious = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=CaseState.choices, default=CaseState.OPEN)
    procedure_code = models.CharField(max_length=60)  # the plan the case was born under
    opened_at = models.DateTimeField()
    first_known_at = models.DateTimeField()
    raised_with_head_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_reason = models.CharField(max_length=5, choices=ClosingReason.choices, blank=True)
    control_on = models.DateField(null=True, blank=True)
    last_touched_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CaseState.OPEN, closed_at=None, closing_reason="")
                | Q(state=CaseState.CLOSED, closed_at__isnull=False) & ~Q(closing_reason=""),
                name="case_closed_has_date_and_reason",
            )
        ]
        indexes = [
            models.Index(fields=["school", "state", "-last_touched_at"], name="case_of_school"),
            models.Index(fields=["owner", "state", "-last_touched_at"], name="case_of_owner"),
            models.Index(fields=["pupil", "state"], name="case_of_pupil"),
        ]

    class Privacy:
        personal = (
            "pupil school owner kind is_withheld is_serious state procedure_code opened_at first_known_at"
            " raised_with_head_on closed_at closing_reason control_on last_touched_at"
        )
        technical = "id public_id content_key"
        retention = "case"

    def __str__(self) -> str:
        return self.public_id

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id, owner_id=self.owner_id, file_id=self.public_id, withheld=self.is_withheld)


class CaseRecord(SealedModel):
    """Base of what belongs to one case and is sealed with its key."""

    class Meta:
        abstract = True

    def scope(self) -> Scope:
        scope: Scope = self.case.scope()  # type: ignore[attr-defined]
        return scope


class CaseReport(CaseRecord):
    """A report that belongs to the case. Several can be joined, none is lost (REP-30); one about two pupils is in two cases."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="case_reports")
    report = models.ForeignKey("reports.Report", on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()

    class Meta:
        ordering = ["joined_at", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "report"], name="case_report_once")]

    class Privacy:
        personal = "case report joined_at"
        technical = "id public_id content_key"
        retention = "case"


class CaseTurn(CaseRecord):
    """The case was closed or opened again: who, when, why. Appended, so that nothing of the way is lost."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="turns")
    state = models.CharField(max_length=8, choices=CaseState.choices)
    closing_reason = models.CharField(max_length=5, choices=ClosingReason.choices, blank=True)
    text = SealedTextField()
    turned_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    turned_at = models.DateTimeField()

    class Meta:
        ordering = ["turned_at", "id"]

    class Privacy:
        personal = "case state closing_reason turned_by turned_at"
        case_content = "text"
        technical = "id public_id content_key"
        retention = "case"
