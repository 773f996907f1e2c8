"""PDFs made from the case and who let them out."""

from django.db import models
from django.db.models import Q

from aktsom.cases.models.case import Case, CaseRecord
from aktsom.cases.rules.papers import PaperKind
from aktsom.core.vault.fields import SealedTextField


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
