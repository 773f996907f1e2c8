"""Which procedure a school follows, in which version, since when. The text itself is a plan file."""

from django.db import models
from django.db.models import Q

from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope


class ChosenProcedure(AuditedModel):
    """A school follows this plan file from this day: one of the library, or its own text kept here whole."""

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="procedures")
    code = models.CharField(max_length=60)
    text = models.TextField(blank=True)  # empty: the library's file of that code
    chosen_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["valid_from"]
        constraints = [models.UniqueConstraint(fields=["school"], condition=Q(valid_until=None), name="procedure_one_in_force")]

    class Privacy:
        open = "school code text valid_from valid_until"
        personal = "chosen_by"
        technical = "id"
        retention = "school"

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id)
