"""Attachments: sealed on disk, never served by a web server."""

from django.db import models

from aktsom.core.audit.scope import Scope
from aktsom.core.sealed import SealedModel
from aktsom.core.vault.fields import SealedTextField


class Attachment(SealedModel):
    """One picture, written anew without metadata and sealed. The bytes lie in the files folder."""

    name = SealedTextField(blank=True)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64, db_column="sha256")  # keyed: tells nothing without the key
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    stored_name = models.CharField(max_length=80, unique=True)
    uploaded_at = models.DateTimeField()

    class Privacy:
        personal = "uploaded_at"
        case_content = "name"
        technical = "id public_id content_key media_type size fingerprint width height stored_name"
        retention = "case"

    def scope(self) -> Scope:
        return self.content_key.scope()
