"""A worker that is killed in the middle loses nothing, and what it did is not done twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.architecture.checks import ROOT
from tests.operations.mail_sink import MailSink

SEED = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.cast import BUILDER, build_cast
from aktsom.core.audit.scope import Scope
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.notify.services import notify
cast = build_cast()
with unit_of_work(BUILDER, "test"):
    made = notify(by=BUILDER, person_ids=[person.pk for person in cast.people.values()][:12], code="report.new", occasion="x",
                  path="/meldinger/", scope=Scope(school_id=cast.school.pk))
print(len(made))
"""
HALF_AN_HOUR_LATER = """
from datetime import timedelta
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.access.actor import system_actor
from aktsom.core.notify.models import JobRun, Sending
from aktsom.core.timing.clock import now
from django_tasks_db.models import DBTaskResult
before = now() - timedelta(minutes=30)
print(DBTaskResult.objects.filter(status="RUNNING").count(), Sending.objects.filter(state="sending").count())
with unit_of_work(system_actor("test"), "test"):
    DBTaskResult.objects.filter(status="RUNNING").update(started_at=before)
    Sending.objects.exclude(state="sent").update(changed_at=before, next_try_at=before)
    JobRun.objects.all().delete()
"""
ASK_FOR_ALL_AGAIN = """
from aktsom.core.notify.jobs import send_notice
from aktsom.core.notify.models import Sending
for public_id in Sending.objects.values_list("public_id", flat=True):
    send_notice.enqueue(public_id)
"""
STATES = """
from collections import Counter
from aktsom.core.notify.models import Sending
from django_tasks_db.models import DBTaskResult
print(dict(Counter(Sending.objects.values_list("state", flat=True))), DBTaskResult.objects.exclude(status="SUCCESSFUL").count())
"""


class Place:
    """A database of its own, with mail going to the sink: programs and workers run there as they do in a school."""

    def __init__(self, folder: Path, sink: MailSink, database: dict[str, str]) -> None:
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("AKTSOM_")} | {
            "AKTSOM_MODE": "demo",
            "AKTSOM_SECRET_KEY": "x" * 60,
            "AKTSOM_MASTER_KEY": os.environ["AKTSOM_MASTER_KEY"],
            "AKTSOM_FILES_DIR": str(folder / "files"),
            "AKTSOM_MAIL_URL": sink.url,
            "DJANGO_SETTINGS_MODULE": "aktsom.config.settings",
            "PYTHONPATH": str(ROOT),
            **database,
        }
        self.workers: list[subprocess.Popen[bytes]] = []

    def run(self, program: str) -> str:
        command = [sys.executable, "-c", f"import django\ndjango.setup()\n{program}"]
        done = subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start_worker(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", "work", "--between", "0.5"]
        worker = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.workers.append(worker)
        return worker


@pytest.fixture
def database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A SQLite file, or a database of its own on the server the whole suite runs on."""
    address = os.environ.get("AKTSOM_DATABASE_URL", "")
    if not address:
        yield {"AKTSOM_SQLITE_FILE": str(tmp_path / "work.sqlite3")}
        return
    import psycopg

    name = f"work_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield {"AKTSOM_DATABASE_URL": urlsplit(address)._replace(path=f"/{name}").geturl()}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sink() -> Iterator[MailSink]:
    with MailSink(hold_number=4) as server:
        yield server


@pytest.fixture
def place(tmp_path: Path, sink: MailSink, database: dict[str, str]) -> Iterator[Place]:
    made = Place(tmp_path, sink, database)
    yield made
    for worker in made.workers:
        worker.kill()
        worker.wait()


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    assert condition()


@pytest.mark.slow
@pytest.mark.own_database
def test_killed_worker_loses_nothing_and_nothing_is_sent_twice(place: Place, sink: MailSink) -> None:
    assert place.run(SEED) == "12"
    first = place.start_worker()
    wait_until(sink.holding.is_set)

    first.kill()  # while the mail server had the fourth message and had not yet said yes
    first.wait()
    sink.released.set()
    others = [place.start_worker(), place.start_worker()]
    wait_until(lambda: len(sink.accepted) == 11)
    assert place.run(HALF_AN_HOUR_LATER) == "1 1"
    wait_until(lambda: len(sink.accepted) == 12)
    place.run(ASK_FOR_ALL_AGAIN)
    wait_until(lambda: place.run(STATES) == "{'sent': 12} 0")

    assert len(sink.accepted) == 12
    assert len(set(sink.accepted)) == 12
    for worker in others:
        worker.send_signal(signal.SIGTERM)
    assert [worker.wait(timeout=30) for worker in others] == [0, 0]
