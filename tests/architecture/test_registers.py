"""Every column is placed, every address is marked, every action and event is used."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from aktsom.core.access.actions import Action
from aktsom.core.access.middleware import LIBRARY_VIEWS
from aktsom.core.access.roles import ALLOWED, ROLE_SENTENCES, Role
from aktsom.core.audit.events import SENTENCES, Event
from aktsom.core.audit.models import AuditedModel
from aktsom.core.privacy.classes import Unplaced, placement
from tests.architecture.checks import ROOT, sources

OWN_MODELS = [model for model in apps.get_models() if model.__module__.startswith("aktsom.")]
# Records that no event tells of, and why.
NOT_AUDITED = {
    "accounts.User": "allauth writes password and last sign-in itself",
    "accounts.Draft": "somebody's own unsent text is a record of nobody",
    "audit.AuditEvent": "it is the log",
}


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model._meta.label)
def test_every_column_is_placed(model: type[models.Model]) -> None:
    assert placement(model)


def test_unplaced_column_is_seen() -> None:
    class Planted:
        __dict__ = {}
        _meta = OWN_MODELS[0]._meta

    with pytest.raises(Unplaced):
        placement(Planted)  # type: ignore[arg-type]


def test_every_record_is_audited_or_says_why_not() -> None:
    loose = {model._meta.label for model in OWN_MODELS if not issubclass(model, AuditedModel)}

    assert {label for label in loose if not label.startswith("notify.")} - set(NOT_AUDITED) == set()


def endpoints(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every address and its view, nested includes too."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from endpoints(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


def unmarked(patterns: list[Any]) -> list[str]:
    return [
        address
        for address, view in endpoints(patterns)
        if getattr(view, "access", None) is None and not view.__module__.startswith(tuple(LIBRARY_VIEWS))
    ]


def test_every_address_is_marked() -> None:
    assert unmarked(get_resolver().url_patterns) == []


def test_unmarked_address_is_seen() -> None:
    from django.urls import path

    def page(request: Any) -> None:
        return None

    assert unmarked([path("planted/", page)]) == ["planted/"]


def test_every_role_has_a_row_and_a_sentence() -> None:
    assert set(ALLOWED) == set(Role) == set(ROLE_SENTENCES)


def test_every_event_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Event)


def used(kind: str) -> set[str]:
    named = re.compile(rf"\b(?:{kind}|A)\.(\w+)")
    return {name for path, text in sources() if not path.endswith(("events.py", "actions.py", "roles.py")) for name in named.findall(text)}


def test_every_event_is_used() -> None:
    names = [event.name for event in Event]

    assert set(names) - used("Event") == set()


def test_every_action_is_used() -> None:
    names = [action.name for action in Action]

    assert set(names) - used("Action") == set()


def test_every_dependency_has_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lines = [line for line in text.split("[tool.uv]")[0].splitlines() if re.match(r'\s+"[a-z]', line)]

    assert [line for line in lines if not re.search(r"#\s+\S.{10,}", line)] == []


def test_no_workplace_is_named() -> None:
    words = re.compile("|".join(["/wo" + "rk/", "/opt/py" + "pi", "/ro" + "ot/", "host" + "ed-registry"]))
    wrong = []
    for folder in ("aktsom", "tests", "docs", "tools", "bench", "demo", "requirements"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".md", ".txt", ".html", ".yaml", ".js", ".css", ".tsv"} and "vendor" not in path.parts:
                wrong += [str(path.relative_to(ROOT)) for _ in words.finditer(path.read_text(encoding="utf-8"))]

    assert wrong == []
