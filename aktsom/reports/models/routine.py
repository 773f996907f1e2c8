"""The school's own routine for reporting, who has read it, and when it was looked through."""

from django.db import models

from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.identifiers import new_public_id


class ReportingRoutine(AuditedModel):
    """One edition of how people report at this school, in its own words. The newest holds; the earlier ones stay readable."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    how = models.TextField()
    to_whom = models.TextField()
    when_away = models.TextField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    form_place = models.TextField(blank=True)
    written_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    review_on = models.DateField()

    class Meta:
        ordering = ["school_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["school", "number"], name="routine_number_once")]

    class Privacy:
        open = "school number how to_whom when_away phone form_place written_at review_on"
        personal = "written_by"
        technical = "id public_id"
        retention = "school"

    def __str__(self) -> str:
        return self.public_id

    def scope(self) -> Scope:
        return self.school.scope()


class RoutineReading(AuditedModel):
    """Somebody who works at the school says herself that she has read one edition."""

    routine = models.ForeignKey(ReportingRoutine, on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["read_at", "id"]
        constraints = [models.UniqueConstraint(fields=["routine", "person"], name="routine_read_once")]

    class Privacy:
        personal = "routine person read_at"
        technical = "id"
        retention = "people"

    def scope(self) -> Scope:
        return self.routine.scope()


class RoutineReview(AuditedModel):
    """The school looked through the routine on its day and found that it still holds."""

    routine = models.ForeignKey(ReportingRoutine, on_delete=models.CASCADE, related_name="reviews")
    reviewed_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()
    next_on = models.DateField()

    class Meta:
        ordering = ["reviewed_at", "id"]

    class Privacy:
        open = "routine reviewed_at next_on"
        personal = "reviewed_by"
        technical = "id"
        retention = "school"

    def scope(self) -> Scope:
        return self.routine.scope()
