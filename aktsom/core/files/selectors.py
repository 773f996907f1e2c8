"""Which stored files and which records have lost each other. Read by the operator, never by a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps

from aktsom.core.files import storage
from aktsom.core.timing.clock import now

SETTLED = timedelta(hours=24)  # a younger file may belong to something that is being written right now


@dataclass(frozen=True)
class Strays:
    """Files no record points to, and records whose file is gone."""

    files: tuple[str, ...]
    records: tuple[str, ...]


def strays(settled: timedelta = SETTLED) -> Strays:
    """Return what has lost its other half, by name. Every model that keeps a ``stored_name`` is asked."""
    recorded = dict(_recorded())
    there = dict(storage.stored_names())
    before = (now() - settled).timestamp()
    files = sorted(name for name, changed in there.items() if name not in recorded and changed <= before)
    return Strays(tuple(files), tuple(sorted(label for name, label in recorded.items() if name not in there)))


def _recorded() -> list[tuple[str, str]]:
    found = []
    for model in apps.get_models():
        if any(field.name == "stored_name" for field in model._meta.concrete_fields):
            rows = model._base_manager.exclude(stored_name="").order_by("pk").values_list("stored_name", "pk")
            found += [(name, f"{model._meta.label} {pk}") for name, pk in rows]
    return found
