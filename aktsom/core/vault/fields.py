"""Model fields whose content lies sealed in the database and is plain text on the instance."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.functions import Cast

from aktsom.core.audit.models import AuditedQuerySet
from aktsom.core.vault import sealing
from aktsom.core.vault.keyring import key_of

DESTROYED_TEXT = "Innholdet er slettet"


class _Stored(str):
    """The sealed form, as it came from the database and has not been opened yet."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<sealed>"


class _Sealed(str):
    """A form just sealed: the only text a sealed column takes."""

    __slots__ = ()


class _Destroyed(str):
    """What is shown instead of destroyed content. Saving the record leaves the column as it was."""

    stored: _Stored


class _Opening:
    """Opens the sealed form the first time the attribute is read."""

    def __init__(self, field: SealedTextField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            manager = type(instance)._base_manager.db_manager(instance._state.db)
            instance.__dict__[name] = manager.filter(pk=instance.pk).values_list(name, flat=True).get()
        value = instance.__dict__[name]
        if not isinstance(value, _Stored):
            return value
        opened = self.field.opened(instance, value)
        if opened is self.field.GONE:
            return self.field.destroyed(value)
        instance.__dict__[name] = opened
        return opened

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.TextField):  # type: ignore[type-arg]
    """Free text of a case. The model has a ``content_key`` and a ``public_id``; the text cannot be searched."""

    GONE = object()  # the key was destroyed

    def __init__(self, *args: Any, key_field: str = "content_key", **kwargs: Any) -> None:
        self.key_field = key_field
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, name, _Opening(self))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return _Stored(value) if value else self.empty()

    def empty(self) -> Any:
        return ""

    def to_text(self, value: Any) -> str:
        return str(value)

    def from_text(self, text: str) -> Any:
        return text

    def place(self, instance: models.Model, key_id: str) -> str:
        return f"{self.model._meta.db_table}.{self.column}:{key_id}:{instance.public_id}"  # type: ignore[attr-defined]

    def opened(self, instance: models.Model, stored: str) -> Any:
        key_id, key = key_of(getattr(instance, f"{self.key_field}_id"))
        if key is None:
            return self.GONE
        return self.from_text(sealing.opened(key, str(stored), key_id=key_id, place=self.place(instance, key_id)))

    def destroyed(self, stored: _Stored) -> Any:
        shown = _Destroyed(DESTROYED_TEXT)
        shown.stored = stored
        return shown

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if self.attname not in model_instance.__dict__:  # deferred: fetched, so that it is not written over with nothing
            getattr(model_instance, self.attname)
        value = model_instance.__dict__[self.attname]
        if isinstance(value, _Destroyed):
            value = value.stored
        if isinstance(value, _Stored):
            return _Sealed(value)
        if value is None or value == "":
            return ""
        key_id, key = key_of(getattr(model_instance, f"{self.key_field}_id"))
        if key is None:
            raise sealing.ContentDestroyed("Nothing can be written under a destroyed key.")
        return _Sealed(sealing.sealed(key, self.to_text(value), key_id=key_id, place=self.place(model_instance, key_id)))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, (models.Case, Cast)):  # bulk_update: each value inside comes here by itself
            return value
        # A whole sealed form is let through for loaddata, which writes what dumpdata gave.
        if value and not isinstance(value, _Sealed) and not (isinstance(value, str) and sealing.is_sealed(value)):
            raise FieldError(f"{self.name} is sealed and is only written by saving the record")
        return str(value) if value else ""

    def get_lookup(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is sealed and cannot be searched")

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.pre_save(obj, add=False))

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.key_field != "content_key":
            kwargs["key_field"] = self.key_field
        return name, path, args, kwargs


class SealedJSONField(SealedTextField):
    """Sealed content with a structure: an object or a list."""

    empty_strings_allowed = False  # without content it is None

    def empty(self) -> Any:
        return None

    def to_text(self, value: Any) -> str:
        if not isinstance(value, (dict, list)):
            raise TypeError(f"{self.name} holds an object or a list")
        return json.dumps(value, ensure_ascii=False)

    def from_text(self, text: str) -> Any:
        return json.loads(text)

    def destroyed(self, stored: _Stored) -> Any:
        return None

    def value_from_object(self, obj: models.Model) -> Any:
        """Return content as the object or list it is; a bare number would pass a serializer unsealed."""
        value = super().value_from_object(obj)
        return value if isinstance(value, (dict, list, str)) else None


class SealedQuerySet(AuditedQuerySet):
    """A queryset whose bulk_update seals what it writes (bulk_create does so by itself)."""

    def bulk_update(self, objs: Any, fields: Any, *args: Any, **kwargs: Any) -> int:
        rows, names = list(objs), list(fields)
        with _sealed_beforehand(rows, [f for n in names if isinstance(f := self.model._meta.get_field(n), SealedTextField)]):
            return super().bulk_update(rows, names, *args, **kwargs)


@contextmanager
def _sealed_beforehand(rows: list[models.Model], fields: list[SealedTextField]) -> Iterator[None]:
    before = [(row, field.attname, row.__dict__[field.attname]) for row in rows for field in fields if field.attname in row.__dict__]
    for row in rows:
        for field in fields:
            row.__dict__[field.attname] = field.pre_save(row, add=False)
    try:
        yield
    finally:
        for row, name, value in before:
            row.__dict__[name] = value


def is_destroyed(instance: models.Model, key_field: str = "content_key") -> bool:
    """Return whether the key of a record is destroyed, and with it what it said."""
    return key_of(getattr(instance, f"{key_field}_id"))[1] is None
