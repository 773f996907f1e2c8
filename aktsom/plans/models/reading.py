"""A school's own plan as it was read from a file, until somebody has looked at it and taken what is right."""

from django.db import models

from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.identifiers import new_public_id


class PlanReading(AuditedModel):
    """What was found in an uploaded or pasted plan. The file itself is not kept; ``rows`` holds what stood in its tables."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)  # what the file is called
    title = models.CharField(max_length=200, blank=True, default="")  # what the plan is to be called
    rows = models.JSONField()  # reading.keeping: row, original, section, questions, is_whole, lines, is_left
    unread = models.JSONField(default=list, blank=True)
    made_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["school", "-made_at"], name="plan_reading_of_school")]

    class Privacy:
        open = "school name title rows unread made_at taken_at"
        personal = "made_by"
        technical = "id public_id"
        retention = "school"

    def __str__(self) -> str:
        return self.name

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id)
