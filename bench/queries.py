"""Walk a database as each role, link by link, and list the pages that ask the database more than they may.

    python bench/queries.py [--most 25] [--each 2] [--pages 150] [--schools 1] [--all]

Made for the demo (manage.py load_demo), where the shape of a school is as it will be: many people, many cases, a year behind
them. Nothing is sent in: only links are followed. ``--each`` is how many addresses of one route are opened.
"""

from __future__ import annotations

import argparse
import logging
import os
import re
import sys
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aktsom.config.settings")
MOST = 25
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]+)"')
LEFT_OUT = ("/konto/logout", "/konto/login", "/static/", "/demo/")


@dataclass
class Walk:
    """The pages one person meets by following links from the front page."""

    client: Any
    each: int
    pages: int
    asked: dict[str, tuple[int, str]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def go(self, start: str = "/") -> None:
        """Open pages, nearest the first one first, until there are no more or enough have been seen."""
        waiting, met, routes = deque([start]), {start}, Counter[str]()
        while waiting and len(self.asked) < self.pages:
            address = waiting.popleft()
            route = route_of(address)
            if route is None or routes[route] >= self.each:
                continue
            routes[route] += 1
            for link in self.open(address, route):
                if link not in met:
                    met.add(link)
                    waiting.append(link)

    def open(self, address: str, route: str) -> list[str]:
        """Open one page, keep the dearest of its route, and return the links on it."""
        queries, response = counted(self.client, address)
        if response.status_code >= 500:
            self.failed.append(f"{response.status_code} {address}")
        if response.status_code in {301, 302}:
            return [urljoin(address, response["Location"])]
        if queries > self.asked.get(route, (-1, ""))[0]:
            self.asked[route] = (queries, address)
        if response.status_code != 200 or response.streaming or "html" not in response["Content-Type"]:
            return []
        found = [urldefrag(urljoin(address, unescape(link)))[0] for link in LINK.findall(response.content.decode())]
        return [link for link in found if link.startswith("/") and not link.startswith(LEFT_OUT)]


def route_of(address: str) -> str | None:
    """Return the route behind an address, with what is asked for; nothing when it is not ours."""
    from django.urls import Resolver404, resolve

    path, _, query = address.partition("?")
    try:
        route = resolve(path).route
    except Resolver404:
        return None
    return f"{route}?{query.split('=')[0]}" if query else route


def counted(client: Any, address: str, *, again: bool = True) -> tuple[int, Any]:
    """Return how many queries the page asks the second time it is opened, and the answer."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if again:
        client.get(address)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    return len(asked), response


def people(schools: int) -> list[tuple[str, Any]]:
    """Return who walks: everybody the demo lets one sign in as at the first ``schools`` places, and at every owner."""
    from aktsom.core.accounts.models import User
    from aktsom.schools.models import School
    from demo.town import people_to_be

    left_out = set(School.objects.order_by("pk").values_list("name", flat=True)[schools:])
    wanted = [row for row in people_to_be() if row.place not in left_out]
    accounts = User.objects.in_bulk([row.username for row in wanted], field_name="username")
    return [(f"{row.place}: {row.title}", accounts[row.username]) for row in wanted]


def walks(schools: int, each: int, pages: int) -> Iterator[tuple[str, Walk]]:
    """Walk as each of the people, and from each school's open page as somebody who is not signed in."""
    from django.test import Client

    from aktsom.schools.models import School
    from bench.measure import signed_in

    for who, account in people(schools):
        walk = Walk(signed_in(account), each, pages)
        walk.go()
        yield who, walk
    for school in School.objects.order_by("pk")[:schools]:
        walk = Walk(Client(SERVER_NAME="127.0.0.1"), each, pages)
        walk.go(f"/skole/{school.slug}/")
        yield f"{school.name}: ikke logget inn", walk


def main() -> None:
    """Walk as everybody and print a line for each route that asks too much (or each route there is)."""
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=MOST)
    parser.add_argument("--each", type=int, default=2)
    parser.add_argument("--pages", type=int, default=150)
    parser.add_argument("--schools", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="print every route, not only those that ask too much")
    options = parser.parse_args()
    dearest: dict[str, tuple[int, str, str]] = {}
    failed: list[str] = []
    for who, walk in walks(options.schools, options.each, options.pages):
        print(f"{who:48} {len(walk.asked):>4} sider, mest {max(count for count, _ in walk.asked.values())}", flush=True)
        failed += [f"{who}: {line}" for line in walk.failed]
        for route, (count, address) in walk.asked.items():
            if count > dearest.get(route, (-1, "", ""))[0]:
                dearest[route] = (count, address, who)
    over = 0
    for route, (count, address, who) in sorted(dearest.items(), key=lambda row: (-row[1][0], row[0])):
        over += count > options.most
        if options.all or count > options.most:
            print(f"{count:>4} /{route:60} {who:40} {address}")
    print(f"{len(dearest)} sider, {over} over {options.most}")
    for line in failed:
        print("FEIL", line)
    if over or failed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
