"""Model fields whose content lies sealed in the database and is plain text on the instance."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from aktsom.core.vault import sealing
from aktsom.core.vault.keyring import key_of

DESTROYED_TEXT = "Innholdet er slettet"


class _Stored(str):
    """The sealed form, as it came from the database and has not been opened yet."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<sealed>"


class _Opening:
    """Opens the sealed form the first time the attribute is read."""

    def __init__(self, field: SealedTextField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, _Stored):
            value = instance.__dict__[name] = self.field.opened(instance, value)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.TextField):  # type: ignore[type-arg]
    """Free text of a case. The model has a ``content_key`` and a ``public_id``; the text cannot be searched."""

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
            return self.destroyed()
        return self.from_text(sealing.opened(key, str(stored), key_id=key_id, place=self.place(instance, key_id)))

    def destroyed(self) -> Any:
        return DESTROYED_TEXT

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname, self.empty())
        if isinstance(value, _Stored):
            return str(value)
        if value in (None, self.empty()):
            return ""
        key_id, key = key_of(getattr(model_instance, f"{self.key_field}_id"))
        if key is None:
            raise sealing.ContentDestroyed("Nothing can be written under a destroyed key.")
        return sealing.sealed(key, self.to_text(value), key_id=key_id, place=self.place(model_instance, key_id))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if hasattr(value, "resolve_expression"):
            return super().get_db_prep_save(value, connection)
        if value and not str(value).startswith(f"{sealing.PREFIX}."):
            raise FieldError(f"{self.name} is sealed and is only written by saving the record")
        return value or ""

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
    """Sealed content with a structure: what json can hold."""

    def empty(self) -> Any:
        return None

    def to_text(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def from_text(self, text: str) -> Any:
        return json.loads(text)

    def destroyed(self) -> Any:
        return None
