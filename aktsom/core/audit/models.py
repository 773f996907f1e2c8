"""The append-only log, hash-chained per school, and the guard that refuses writes nobody logged."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models

from aktsom.core.audit.scope import SYSTEM_SCOPE, Scope
from aktsom.core.audit.unit import current_unit


class UnauditedWrite(RuntimeError):
    """Something tried to change a record outside a service, so no event would tell of it."""


class AuditKind(models.TextChoices):
    WRITE = "write"
    READ = "read"
    REFUSAL = "refusal"


class AuditEvent(models.Model):
    """One row: who, when, in which role, on what ground, did what, to which object. Never names, never text."""

    chain = models.CharField(max_length=40)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=AuditKind.choices)
    event = models.CharField(max_length=60)
    user_ref = models.BigIntegerField(null=True)
    person_ref = models.BigIntegerField(null=True)
    job = models.CharField(max_length=60, blank=True)
    roles = models.CharField(max_length=200, blank=True)
    ground = models.CharField(max_length=20)
    school_ref = models.BigIntegerField(null=True)
    owner_ref = models.BigIntegerField(null=True)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    file_id = models.CharField(max_length=40, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="audit_number_once_per_chain")]
        indexes = [
            models.Index(fields=["file_id", "-at"], name="audit_of_file"),
            models.Index(fields=["person_ref", "-at"], name="audit_of_person"),
        ]

    class Privacy:
        technical = "id chain number at kind event job roles ground school_ref owner_ref object_type object_id file_id previous_hash hash"
        personal = "user_ref person_ref"
        retention = "audit_log"

    HASHED = (
        "chain",
        "number",
        "kind",
        "event",
        "user_ref",
        "person_ref",
        "job",
        "roles",
        "ground",
        "school_ref",
        "owner_ref",
        "object_type",
        "object_id",
        "file_id",
        "previous_hash",
    )

    def __str__(self) -> str:
        return f"{self.chain}/{self.number} {self.event}"

    def expected_hash(self) -> str:
        """Return the SHA-256 (hex) over the row and the hash before it."""
        content = {name: getattr(self, name) for name in self.HASHED} | {"at": self.at.timestamp()}
        text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class AuditedQuerySet(models.QuerySet[Any]):
    """A queryset whose bulk writes need a unit of work as well."""

    def update(self, **kwargs: Any) -> int:
        demand_unit(self.model, "update")
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        demand_unit(self.model, "delete")
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Any]:
        demand_unit(self.model, "bulk_create")
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        demand_unit(self.model, "bulk_update")
        return super().bulk_update(*args, **kwargs)


def demand_unit(model: type[models.Model], deed: str) -> None:
    """Raise UnauditedWrite unless a service has opened a unit of work."""
    if current_unit() is None:
        raise UnauditedWrite(f"{model._meta.label}: {deed} outside a service")


class AuditedModel(models.Model):
    """Base of every record that counts: it can only be written inside a service, which logs it."""

    objects = AuditedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        demand_unit(type(self), "save")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        demand_unit(type(self), "delete")
        return super().delete(*args, **kwargs)

    def scope(self) -> Scope:
        """Return where events about this object belong. Models below a school, report or case override it."""
        return SYSTEM_SCOPE
