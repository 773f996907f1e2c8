"""What the owner or the school asks for besides what every report asks for."""

from django.db import models
from django.db.models import Q

from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.identifiers import new_public_id
from aktsom.reports.rules import QuestionKind


class ReportQuestion(AuditedModel):
    """One question in the report form, never required. A row is never changed: a new wording is a new row in its place."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    owner = models.ForeignKey("schools.SchoolOwner", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("schools.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=200)
    hint = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=8, choices=QuestionKind.choices)
    choices = models.TextField(blank=True)  # one answer to choose on each line
    for_staff = models.BooleanField(default=True)
    for_guardians = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField()
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["place", "id"]
        indexes = [models.Index(fields=["owner", "ended_at"], name="report_question_owner")]
        constraints = [models.CheckConstraint(condition=Q(for_staff=True) | Q(for_guardians=True), name="report_question_asks_somebody")]

    class Privacy:
        open = "owner school text hint kind choices for_staff for_guardians place replaces written_at ended_at"
        technical = "id public_id"
        retention = "school"

    def __str__(self) -> str:
        return self.public_id

    def scope(self) -> Scope:
        return self.school.scope() if self.school is not None else self.owner.scope()
