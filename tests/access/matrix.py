"""The matrix: what every address answers each of the cast, as a table a privacy officer can read."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import getclosurevars, unwrap
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from aktsom.core.access import actor as actors
from aktsom.core.access.middleware import LIBRARY_VIEWS
from tests.access.reading import CELLS, COLUMNS, GROUPS, preface
from tests.access.sample import BODIES, Sample
from tests.cast import CAST, Cast
from tests.signed_in import sign_in

METHODS = {"GET": "Ser", "POST": "Gjør"}
WIDTH = 62
ALL = slice(None)


@dataclass(frozen=True)
class Endpoint:
    """One address of our own, with the methods its view takes."""

    route: str
    space: str
    name: str
    methods: tuple[str, ...]

    @property
    def group(self) -> str:
        return self.route.split("/")[0]

    @property
    def body(self) -> str:
        return BODIES.get(f"{self.space}:{self.name}", "")

    @property
    def shown(self) -> str:
        return "/" + self.route.replace("str:", "").replace("slug:", "").replace("int:", "")


def endpoints() -> list[Endpoint]:
    """Return every own address, nested includes too, by route."""
    return sorted(
        _endpoints(get_resolver().url_patterns), key=lambda one: (list(GROUPS).index(one.group) if one.group in GROUPS else 99, one.route)
    )


def _endpoints(patterns: list[Any], prefix: str = "", space: str = "") -> Iterator[Endpoint]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _endpoints(pattern.url_patterns, prefix + str(pattern.pattern), pattern.namespace or space)
        elif isinstance(pattern, URLPattern) and not pattern.callback.__module__.startswith(tuple(LIBRARY_VIEWS)):
            yield Endpoint(prefix + str(pattern.pattern), space, pattern.name or "", methods_of(pattern.callback))


def methods_of(view: Any) -> tuple[str, ...]:
    """Return which of GET and POST the view takes, from Django's own require_http_methods around it."""
    allowed: set[str] = set(METHODS)

    def look(layer: Any) -> bool:
        names = getclosurevars(layer).nonlocals.get("request_method_list") if hasattr(layer, "__code__") else None
        allowed.intersection_update(names or METHODS)
        return False

    unwrap(view, stop=look)
    return tuple(method for method in METHODS if method in allowed)


@contextmanager
def _quick() -> Iterator[None]:
    """Let each account's roles be worked out once: every question starts from the very same database.

    The log is silent meanwhile: thousands of refusals are what is asked for here.
    """
    sources, known = list(actors._sources), {}

    def remembered(user: Any) -> Any:
        if user.pk not in known:
            known[user.pk] = sources[0](user)
        return known[user.pk]

    logging.disable(logging.CRITICAL)
    actors._sources[:] = [remembered, *sources[1:]]
    try:
        yield
    finally:
        actors._sources[:] = sources
        logging.disable(logging.NOTSET)


def clients_of(cast: Cast) -> dict[str, Client]:
    return {name: Client() if name == "nobody" else sign_in(cast, name) for name in CAST}


def questions(sample: Sample) -> Iterator[tuple[Endpoint, str, str]]:
    """Yield each address with what is asked for: one line, or two where a report about the leadership is a question of its own."""
    for endpoint in endpoints():
        yield endpoint, endpoint.shown, sample.address(endpoint.route, endpoint.space, endpoint.name)
        if endpoint.space == "reports" and endpoint.name.startswith("report-") and "<public_id>" in endpoint.shown:
            address = sample.address(endpoint.route, endpoint.space, endpoint.name, **sample.identifiers["withheld"])
            yield endpoint, endpoint.shown + " (om ledelsen)", address


def keys(sample: Sample) -> list[str]:
    """Return the name of every row: each address and deed."""
    return [_key(method, shown) for endpoint, shown, _address in questions(sample) for method in endpoint.methods]


def _key(method: str, shown: str) -> str:
    return f"{METHODS[method]:4} {shown}"


def rows(cast: Cast, sample: Sample, part: slice = ALL) -> dict[str, list[str]]:
    """Return for each address and deed what each of the cast is answered; only a part of the addresses when that is asked for."""
    clients, found = clients_of(cast), {}
    with _quick():
        for endpoint, shown, address in list(questions(sample))[part]:
            for method in endpoint.methods:
                found[_key(method, shown)] = [_cell(client, method, address, endpoint.body) for client in clients.values()]
    return found


def refused_methods(cast: Cast, sample: Sample, part: slice = ALL) -> dict[str, int]:
    """Return what the head teacher is answered when she uses a method the view does not take."""
    head = sign_in(cast, "head_teacher")
    with _quick():
        return {
            f"{method} {shown}": _status(head, method, address)[0]
            for endpoint, shown, address in list(questions(sample))[part]
            for method in METHODS
            if method not in endpoint.methods
        }


def _cell(client: Client, method: str, address: str, body: str) -> str:
    status, place = _status(client, method, address, body)
    if status in {301, 302}:
        return "inn" if "/konto/login" in place else "ja>"
    return CELLS.get(status, str(status))


def _status(client: Client, method: str, address: str, body: str = "") -> tuple[int, str]:
    point = transaction.savepoint()
    try:
        response = client.generic(method, address, body if method == "POST" else "", content_type="application/x-www-form-urlencoded")
    finally:
        transaction.savepoint_rollback(point)
    return response.status_code, response.get("Location", "")


def table(answers: dict[str, list[str]]) -> str:
    """Return the whole matrix as text: how to read it, then a block for each part of Aktsom."""
    lines, group = preface(), ""
    head = f"{'':{WIDTH + 5}} " + " ".join(f"{short:>6}" for short in COLUMNS)
    for key, cells in answers.items():
        now_in = key[6:].split("/")[0]
        if now_in != group or len(lines) == len(preface()):
            group = now_in
            lines += ["", f"== /{group}{'/' if group else ''} {GROUPS.get(group, '')}".rstrip(), head]
        lines.append(f"{key:{WIDTH + 5}} " + " ".join(f"{cell:>6}" for cell in cells))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def read_table(text: str) -> dict[str, list[str]]:
    """Return the rows of a table that was written before."""
    lines = [line for line in text.splitlines() if line.startswith(tuple(f"{word:4} /" for word in METHODS.values()))]
    split = [line.rsplit(maxsplit=len(CAST)) for line in lines]
    return {" ".join(parts[: -len(CAST)]): parts[-len(CAST) :] for parts in split}
