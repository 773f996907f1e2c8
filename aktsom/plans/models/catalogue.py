"""Measures the school has put into its catalogue itself, beside those of its plan (ACT-12)."""

from django.db import models

from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.identifiers import new_public_id
from aktsom.plans.rules.catalogue import CatalogueLevel, FindingTheme


class CatalogueEntry(AuditedModel):
    """A measure that fits at this school. It is about no pupil, and it can be taken out again without being lost."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=8, choices=CatalogueLevel.choices)
    theme = models.CharField(max_length=12, choices=FindingTheme.choices, blank=True)
    text = models.CharField(max_length=300)
    added_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["level", "text", "id"]
        indexes = [models.Index(fields=["school", "ended_at"], name="catalogue_of_school")]

    class Privacy:
        open = "school level theme text added_at ended_at"
        personal = "added_by"
        technical = "id public_id"
        retention = "school"

    def __str__(self) -> str:
        return self.text

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id)
