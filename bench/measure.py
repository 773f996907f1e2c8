"""Time the ten most used pages of a county made by make_county.py: queries, p50 and p95 in milliseconds.

    python bench/measure.py [--rounds 40]

Run it once on each database and size, and compare. The empty page behind the same middleware is the measure of the
machine. Timings are never part of a test.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aktsom.config.settings")


def signed_in(user: Any) -> Any:
    """Return a test client signed in with two factors."""
    from django.conf import settings
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa"}]
    session.save()
    return client


def pages(school: Any) -> list[tuple[str, str, str]]:
    """Return the pages: what it is, who opens it (head, leader or nobody), and its address."""
    from aktsom.cases.models import Case
    from aktsom.measures.models import ActionPlan
    from aktsom.reports.models import Report

    case = Case.objects.filter(school=school, state="open").order_by("pk").first()
    plan = ActionPlan.objects.get(file_ref=case.public_id)
    report = Report.objects.filter(school=school).order_by("pk").first()
    room = f"/saker/{case.public_id}/"
    return [
        ("tom side", "head", "/konto/mine-utkast/"),
        ("I dag", "head", "/"),
        ("meldinger", "head", "/meldinger/?vis=fulgt"),
        ("melding", "head", f"/meldinger/{report.public_id}/"),
        ("saker", "head", "/saker/"),
        ("sak, oversikt", "head", room),
        ("sak, undersøkelse", "leader", room + "undersokelse/"),
        ("sak, stemme", "leader", room + "stemme/"),
        ("plan", "leader", f"/planer/{plan.public_id}/"),
        ("meld", "leader", "/meld/"),
        ("si fra", "nobody", f"/skole/{school.slug}/si-fra/"),
    ]


def time_page(client: Any, address: str, rounds: int) -> tuple[int, float, float]:
    """Return the queries of one request, and p50 and p95 of ``rounds`` requests, in milliseconds."""
    from django.db import connection

    asked: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    client.get(address)
    with connection.execute_wrapper(count):
        response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        client.get(address)
        taken.append((time.perf_counter() - begun) * 1000)
    taken.sort()
    return len(asked), statistics.median(taken), taken[max(0, round(len(taken) * 0.95) - 1)]


def main() -> None:
    """Print one line for each page."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client

    from aktsom.cases.models import Case
    from aktsom.core.access.roles import Role
    from aktsom.people.models import Person, Position
    from aktsom.schools.models import School

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    school = School.objects.order_by("pk").first()
    holders = {"head": Role.HEAD_TEACHER, "leader": Role.DEPARTMENT_HEAD}
    clients = {
        name: signed_in(Position.objects.filter(school=school, role=role).order_by("pk").first().person.user)
        for name, role in holders.items()
    }
    clients["nobody"] = Client(SERVER_NAME="127.0.0.1")
    print(
        f"{connection.vendor}: {School.objects.count()} skoler, {Person.objects.filter(kind='pupil').count()} elever, {Case.objects.count()} saker"
    )
    print(f"{'side':20} {'spørringer':>10} {'p50 ms':>8} {'p95 ms':>8}")
    for name, who, address in pages(school):
        queries, middle, slow = time_page(clients[who], address, rounds)
        print(f"{name:20} {queries:>10} {middle:>8.1f} {slow:>8.1f}")


if __name__ == "__main__":
    main()
