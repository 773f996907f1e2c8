"""Base of every record that holds case content: a random identifier and the key its text is sealed with."""

from django.db import models

from aktsom.core.audit.models import AuditedModel
from aktsom.core.identifiers import new_public_id
from aktsom.core.vault.fields import SealedQuerySet


class SealedModel(AuditedModel):
    """A record of one case, report or action plan. All its free text lies sealed under ``content_key``."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    content_key = models.ForeignKey("vault.ContentKey", on_delete=models.PROTECT, related_name="+")

    objects = SealedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        abstract = True
