"""The school environment case: its people, its walled parts, its notes, hearings, assessments and endings."""

from django.db import models
from django.db.models import F, Q

from aktsom.cases.rules import (
    CaseKind,
    CaseRole,
    CaseState,
    ClosingReason,
    ExclusionReason,
    GuardianDecision,
    HearingOutcome,
    NoteKind,
    PartKind,
)
from aktsom.cases.rules.papers import PaperKind
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


class CasePart(CaseRecord):
    """One person's own part of the case, walled from the others' (PRV-03)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=15, choices=PartKind.choices)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    trusted_adult = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    trusted_adult_chosen_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="case_part_once_per_person"),
            models.UniqueConstraint(fields=["case"], condition=Q(kind=PartKind.PUPIL), name="case_for_one_pupil"),
        ]

    class Privacy:
        sensitive = "case kind person trusted_adult trusted_adult_chosen_at added_at"
        technical = "id public_id content_key"
        retention = "case"


class CaseWorker(CaseRecord):
    """Somebody works with the case, in a stretch of time."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="workers")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=CaseRole.choices)
    part = models.ForeignKey(CasePart, null=True, blank=True, on_delete=models.CASCADE, related_name="+")  # None: whole case
    reason = SealedTextField(blank=True)
    appointed_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="case_worker_runs_forward")
        ]
        indexes = [models.Index(fields=["person", "valid_until"], name="case_worker_person")]

    class Privacy:
        personal = "case person role part appointed_by valid_from valid_until"
        case_content = "reason"
        technical = "id public_id content_key"
        retention = "case"


class CaseExclusion(CaseRecord):
    """Somebody who must never meet the case, whatever other roles she has."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="exclusions")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=ExclusionReason.choices)
    excluded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="case_exclusion_once")]

    class Privacy:
        sensitive = "case person reason excluded_at"
        technical = "id public_id content_key"
        retention = "case"


class Note(CaseRecord):
    """One thing that was found out: a conversation, an observation, a mapping. With its source, apart from the others."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    part = models.ForeignKey(CasePart, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=14, choices=NoteKind.choices)
    happened_at = models.DateTimeField()
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
        personal = "case part kind happened_at corrects written_by written_at"
        case_content = "source text pupils_words correction_reason"
        technical = "id public_id content_key"
        retention = "case"


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


class Analysis(CaseRecord):
    """One contribution to what the investigation shows; several people can each write their own (INV-16, INV-17)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="analyses")
    situation = SealedTextField(blank=True)
    experience = SealedTextField(blank=True)
    surroundings = SealedTextField(blank=True)
    needed = SealedTextField(blank=True)
    enough_known = models.BooleanField(default=False)
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "id"]

    class Privacy:
        personal = "case enough_known written_by written_at"
        case_content = "situation experience surroundings needed"
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
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "id"]

    class Privacy:
        personal = "case decision told_on written_by written_at"
        case_content = "reason"
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


class Paper(CaseRecord):
    """A PDF made from the case, and who decided that it could leave (papers of the family: checked for other names)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=20, choices=PaperKind.choices)
    for_family = models.BooleanField(default=False)
    names_found = SealedTextField(blank=True)
    decision = SealedTextField(blank=True)
    stored_name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    released_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None) | Q(released_at__isnull=False, released_by__isnull=False),
                name="paper_released_by_somebody",
            )
        ]

    class Privacy:
        personal = "case kind for_family made_by made_at released_by released_at"
        case_content = "names_found decision"
        technical = "id public_id content_key stored_name sha256"
        retention = "case"
