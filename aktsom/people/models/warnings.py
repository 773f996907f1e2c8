"""Something at the school can harm pupils' health: what those it concerns are told, and when."""

from django.db import models
from django.db.models import F, Q

from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.identifiers import new_public_id


class HealthWarning(AuditedModel):
    """Pupils and guardians are told that something in the environment can harm pupils' health (LAW-04; § 10-8).

    It is about a place or a thing and never about a person. Without a class or a grade it is for the whole school.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField(null=True, blank=True)
    group = models.ForeignKey("people.Group", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    done = models.TextField(blank=True)  # what the school does about it
    advice = models.TextField(blank=True)  # what pupils and families can do themselves
    told_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True, blank=True)
    over_words = models.TextField(blank=True)

    class Meta:
        ordering = ["-told_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(grade=None) | Q(group=None), name="health_warning_for_class_or_grade"),
            models.CheckConstraint(condition=Q(over_at=None) | Q(over_at__gte=F("told_at")), name="health_warning_runs_forward"),
        ]
        indexes = [models.Index(fields=["school", "over_at"], name="health_warning_of_school")]

    class Privacy:
        open = "school grade group what done advice told_at over_at over_words"
        personal = "told_by"
        technical = "id public_id"
        retention = "school"

    def scope(self) -> Scope:
        return self.school.scope()
