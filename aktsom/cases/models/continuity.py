"""Nothing is lost between people: handing over, being away, asking again on a day, and moving to another school."""

from django.db import models
from django.db.models import F, Q

from aktsom.cases.models.case import Case, CaseRecord
from aktsom.cases.models.people import CasePart
from aktsom.cases.rules.continuity import (
    AskAgainAnswer,
    AskAgainKind,
    DeclineReason,
    DutyKind,
    HandoverReason,
    HandoverState,
    SharingBasis,
)
from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.identifiers import new_public_id
from aktsom.core.vault.fields import SealedJSONField, SealedTextField


class Handover(AuditedModel):
    """A named person is asked to take over one open duty; it is hers only when she has said yes (ORG-16)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("schools.SchoolOwner", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="handovers")
    is_withheld = models.BooleanField(default=False)
    kind = models.CharField(max_length=20, choices=DutyKind.choices)
    object_ref = models.CharField(max_length=12)  # public id of the case, plan, measure, talk, agreement, report or delegation
    reason = models.CharField(max_length=12, choices=HandoverReason.choices)
    from_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=HandoverState.choices, default=HandoverState.PROPOSED)
    decline_reason = models.CharField(max_length=12, choices=DeclineReason.choices, blank=True)
    proposed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["proposed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_ref", "from_person"],
                condition=Q(state=HandoverState.PROPOSED),
                name="handover_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(state=HandoverState.PROPOSED, answered_at=None)
                | ~Q(state=HandoverState.PROPOSED) & Q(answered_at__isnull=False),
                name="handover_answered_has_time",
            ),
        ]
        indexes = [models.Index(fields=["to_person", "state"], name="handover_to_person")]

    class Privacy:
        personal = (
            "school owner case is_withheld kind reason from_person to_person state decline_reason proposed_by proposed_at answered_at"
        )
        technical = "id public_id object_ref"
        retention = "case"

    def __str__(self) -> str:
        return self.public_id

    def scope(self) -> Scope:
        if self.case is not None:
            return self.case.scope()
        return Scope(school_id=self.school_id, owner_id=self.owner_id, withheld=self.is_withheld)


class Absence(AuditedModel):
    """Somebody who works at the school is away in a stretch of days, both included. Why is nobody's business here."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    registered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()

    class Meta:
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="absence_runs_forward"),
        ]

    class Privacy:
        personal = "school person first_day last_day registered_by registered_at"
        technical = "id public_id"
        retention = "people"

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id)


class AskAgain(CaseRecord):
    """On a set day somebody asks: has it become worse for you because it was told, or again after the end (EVL-09)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="asks_again")
    part = models.ForeignKey(CasePart, null=True, blank=True, on_delete=models.CASCADE, related_name="+")  # None: who reported
    kind = models.CharField(max_length=10, choices=AskAgainKind.choices)
    due_on = models.DateField()
    answer = models.CharField(max_length=12, choices=AskAgainAnswer.choices, blank=True)
    words = SealedTextField(blank=True)
    set_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    answered_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="ask_again_answered_by_somebody",
            )
        ]
        indexes = [models.Index(fields=["case", "answer", "due_on"], name="ask_again_of_case")]

    class Privacy:
        personal = "case part kind due_on set_by set_at answered_by answered_at"
        sensitive = "answer"
        case_content = "words"
        technical = "id public_id content_key"
        retention = "case"


class SchoolChange(CaseRecord):
    """The pupil begins at another school, and what goes along is decided: only what the Act lets, the rest by consent (§ 25-1)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="school_changes")
    to_school = models.ForeignKey("schools.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_name = models.CharField(max_length=200, blank=True)  # a school that does not use Aktsom here
    basis = models.CharField(max_length=10, choices=SharingBasis.choices)
    reason = SealedTextField()
    consent_from = SealedTextField(blank=True)
    content = SealedJSONField()
    note = SealedTextField(blank=True)
    evaluate_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    received_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["decided_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_school__isnull=False, to_name="") | Q(to_school__isnull=True) & ~Q(to_name=""),
                name="school_change_to_one_school",
            ),
            models.CheckConstraint(
                condition=Q(received_at=None, received_by=None) | Q(received_at__isnull=False, received_by__isnull=False),
                name="school_change_received_by_somebody",
            ),
        ]

    class Privacy:
        personal = "case to_school to_name basis evaluate_on decided_by decided_at received_by received_at"
        case_content = "reason consent_from content note"
        technical = "id public_id content_key"
        retention = "case"
