"""The matrix: what every address answers each of the cast, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from aktsom.cases.rules import PartKind
from aktsom.cases.services import add_part, decide_on_guardians
from aktsom.cases.tests.factories import building, make_case, make_report, put_plan_in_force
from aktsom.core.access.middleware import LIBRARY_VIEWS
from aktsom.core.timing.clock import today
from aktsom.people.models import Delegation, Deputyship, Person
from aktsom.reports.rules import Route
from aktsom.reports.services.owner import tell_owner
from tests.cast import CAST, Cast
from tests.signed_in import sign_in

SHORT = dict(
    zip(
        CAST,
        [
            "ingen",
            "elev",
            "medel",
            "part",
            "forel",
            "ufora",
            "kontl",
            "laerer",
            "naboel",
            "nabore",
            "eksst",
            "saksb",
            "rektor",
            "anklag",
            "eier",
            "anneie",
            "drift",
        ],
        strict=True,
    )
)


@dataclass(frozen=True)
class Sample:
    """The identifiers the addresses are filled with, by the name of the view's own part of the address."""

    by_view: dict[str, dict[str, str]]

    def address(self, route: str, name: str) -> str:
        """Return the address with every <kind:name> filled in."""
        filled = route
        for key, value in (self.by_view["*"] | self.by_view.get(name.split("-")[0], {})).items():
            for kind in ("str:", "slug:", "int:", ""):
                filled = filled.replace(f"<{kind}{key}>", value)
        return "/" + filled


def build_sample(cast: Cast) -> Sample:
    """Write one of everything: a report, a leadership report, a case with another pupil, a plan in force, a notice."""
    case = make_case(cast)
    plan = put_plan_in_force(cast, case)
    head = cast.actor("head_teacher")
    decide_on_guardians(by=head, case=case, decision="told", told_on=today())
    part = add_part(by=head, case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    report = make_report(cast, pupil=cast.person("classmate"))
    withheld = make_report(cast, pupil=cast.person("classmate"), route=Route.LEADERSHIP, accused=("accused_head_teacher",))
    with building():
        notice = tell_owner(by=head, report=report, purpose="serious")
        common = {"school": cast.school, "valid_from": today()}
        outside = Person.objects.create(owner=cast.owner, kind="staff", given_name="Utenfor", family_name="Rollelista")
        deputyship = Deputyship.objects.create(deputy=outside, **common)
        delegation = Delegation.objects.create(receiver=outside, given_by=cast.person("head_teacher"), **common)
    measure = plan.measures.first()
    return Sample(
        {
            "*": {
                "slug": cast.school.slug,
                "number": "1",
                "part_id": part.public_id,
                "public_id": case.public_id,
                "note_id": "x" * 12,
                "worker_id": "x" * 12,
                "paper_id": "x" * 12,
                "picture_id": "x" * 12,
                "username": "x",
            },
            "report": {"public_id": report.public_id},
            "withheld": {"public_id": withheld.public_id},
            "owner": {"public_id": notice.public_id},
            "own": {"public_id": report.public_id},
            "school": {"public_id": cast.school.public_id},
            "deputy": {"public_id": cast.school.public_id},
            "delegation": {"public_id": cast.school.public_id},
            "plan": {"public_id": plan.public_id},
            "problem": {"public_id": plan.public_id},
            "finding": {"public_id": plan.public_id},
            "version": {"public_id": plan.public_id},
            "measure": {"public_id": measure.public_id},
            "view": {"public_id": measure.public_id},
            "deputyship": {"public_id": deputyship.public_id},
            "delegated": {"public_id": delegation.public_id},
        }
    )


def endpoints(patterns: list[Any], prefix: str = "", space: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield the route, the namespace and the name of every own address, nested includes too."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from endpoints(pattern.url_patterns, prefix + str(pattern.pattern), pattern.namespace or space)
        elif isinstance(pattern, URLPattern) and not pattern.callback.__module__.startswith(tuple(LIBRARY_VIEWS)):
            yield prefix + str(pattern.pattern), space, pattern.name or ""


def key_of(space: str, name: str) -> str:
    """Return which of the sample's identifiers fills the address of a view."""
    special = {"people:deputy-end": "deputyship", "people:delegation-end": "delegated", "measures:measure-add": "plan"}
    if space == "cases":
        return "*"
    if space == "measures" and name.startswith("own"):
        return "measure" if "view" in name else "plan"
    return special.get(f"{space}:{name}", name)


def rows(cast: Cast, sample: Sample) -> Iterator[str]:
    """Yield one line for each address and method, with what each of the cast is answered."""
    clients = {name: Client() if name == "nobody" else sign_in(cast, name) for name in CAST}
    asked = sorted(endpoints(get_resolver().url_patterns))
    for route, space, name in asked:
        key = key_of(space, name)
        yield from _lines(clients, route, sample.address(route, key))
        if name.startswith("report-") and space == "reports" and "<" in route:
            yield from _lines(clients, route + " (ledelsen)", sample.address(route, "withheld"))


def _lines(clients: dict[str, Client], route: str, address: str) -> Iterator[str]:
    for method in ("get", "post"):
        answers = " ".join(f"{_answer(client, method, address):>6}" for client in clients.values())
        yield f"{method.upper():4} /{route:66} {answers}"


def _answer(client: Client, method: str, address: str) -> str:
    point = transaction.savepoint()
    try:
        response = getattr(client, method)(address)
    finally:
        transaction.savepoint_rollback(point)
    if response.status_code in {301, 302}:
        return "inn" if "/konto/login" in response["Location"] else "videre"
    return str(response.status_code)


def table(cast: Cast, sample: Sample) -> str:
    """Return the whole matrix as text."""
    head = f"{'':71} " + " ".join(f"{short:>6}" for short in SHORT.values())
    return "\n".join([head, *rows(cast, sample)]) + "\n"
