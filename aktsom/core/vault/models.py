"""Wrapped keys: one per owner, and under it one per case, report or draft. No key lies here in the open."""

from django.db import models
from django.db.models import Q

from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.identifiers import new_public_id


class KeyKind(models.TextChoices):
    """What a content key locks."""

    CASE = "case", "Sak"
    REPORT = "report", "Melding"
    DRAFT = "draft", "Utkast"
    OTHER = "other", "Annet"


class OwnerKey(AuditedModel):
    """The key of one school owner, wrapped by the master key that never lies in the database."""

    owner_ref = models.PositiveBigIntegerField()  # the owner's primary key; 0 for what belongs to no owner
    wrapped = models.BinaryField()
    master_key_id = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner_ref", "version"], name="owner_key_version_once")]

    class Privacy:
        technical = "id owner_ref wrapped master_key_id version created_at retired_at"
        retention = "keys"

    def scope(self) -> Scope:
        return Scope(owner_id=self.owner_ref or None)


class ContentKey(AuditedModel):
    """The key of one case, report or draft. When it is destroyed, what it locked can never be read again."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    owner_key = models.ForeignKey(OwnerKey, on_delete=models.PROTECT, related_name="content_keys")
    kind = models.CharField(max_length=10, choices=KeyKind.choices)
    wrapped = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, blank=True)
    destroyed_reason = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(wrapped__isnull=False, destroyed_at=None) | Q(wrapped=None, destroyed_at__isnull=False),
                name="content_key_destroyed_is_gone",
            )
        ]

    class Privacy:
        technical = "id public_id owner_key kind wrapped created_at destroyed_at destroyed_reason"
        retention = "keys"

    def __str__(self) -> str:
        return self.public_id

    def scope(self) -> Scope:
        return self.owner_key.scope()
