"""One browser per run, and a page that fails the test when the browser complains.

``AKTSOM_CHROMIUM`` names another browser than Debian's Chromium.
"""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from aktsom.core.audit.models import AuditEvent
from tests.cast import Cast
from tests.journeys.walker import Walker
from tests.signed_in import session_cookie

# Playwright keeps an event loop in this thread; the tests themselves are ordinary, synchronous Django.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


class Turns:
    """Requests take turns: on SQLite in memory every thread of the live server shares one connection.

    Without it a page a browser fetches on its own, such as the one for writing without network, meets another request's writing.
    At a real service every thread has its own connection.
    """

    def __init__(self) -> None:
        self._turn, self._coming, self._count, self._answer = threading.RLock(), threading.Lock(), 0, WSGIHandler.__call__

    def take(self, handler: Any, environ: Any, start_response: Any) -> Any:
        with self._coming:
            self._count += 1
        try:
            with self._turn:
                return self._answer(handler, environ, start_response)
        finally:
            with self._coming:
                self._count -= 1

    def wait_for_all(self) -> None:
        """Wait until nothing is being answered: what comes next empties the database."""
        until = time.monotonic() + 20
        while self._count and time.monotonic() < until:
            time.sleep(0.01)


TURNS = Turns()
WSGIHandler.__call__ = lambda handler, environ, start_response: TURNS.take(handler, environ, start_response)  # type: ignore[method-assign, assignment]

PHONE = {"width": 360, "height": 740}
expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, started once."""
    program = os.environ.get("AKTSOM_CHROMIUM") or shutil.which("chromium")
    if not program:
        pytest.skip("Ingen Chromium på denne maskinen.")
    arguments = ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=arguments)
        yield started
        started.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about: blocked scripts and styles, errors in scripts."""
    return []


@pytest.fixture
def new_context(browser: Browser, live_server: Any, complaints: list[str]) -> Iterator[Callable[..., BrowserContext]]:
    """A function that opens one person's own browser: new_context(viewport=…, java_script_enabled=False)."""
    opened: list[BrowserContext] = []

    def complain(message: ConsoleMessage) -> None:
        # The answer's status is the test's own business; everything else the browser says is a fault.
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    def new(**wishes: Any) -> BrowserContext:
        still: dict[str, Any] = {"reduced_motion": "reduce"}  # a fold that is still opening moves away under the finger
        context = browser.new_context(**{"base_url": live_server.url, "locale": "nb-NO", "viewport": PHONE, **still, **wishes})
        context.on("console", complain)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        opened.append(context)
        return context

    yield new
    for context in opened:
        context.close()
    TURNS.wait_for_all()
    assert complaints == []


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A phone with an empty page."""
    return new_context().new_page()


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """A function that runs axe on the page and names what is wrong and where."""

    def check(page: Page) -> None:
        violations = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:200]) for v in violations] == []

    return check


@pytest.fixture(autouse=True)
def _log_is_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """The log refuses to be emptied, also by the test runner: empty it by laying its guards aside for a moment."""
    if "arrive" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = cursor.fetchall()
        for name, _sql in guards:
            cursor.execute(f'DROP TRIGGER "{name}"')
        AuditEvent.objects.all()._raw_delete("default")
        for _name, sql in guards:
            cursor.execute(sql)


@pytest.fixture
def arrive(
    new_context: Callable[..., BrowserContext], live_server: Any, assert_accessible: Callable[[Page], None]
) -> Callable[..., Walker]:
    """A function that lets somebody of the cast arrive with her own phone, signed in: arrive(cast, "head_teacher")."""

    def new(cast: Cast, name: str = "nobody", **wishes: Any) -> Walker:
        context = new_context(**wishes)
        if name != "nobody":
            context.add_cookies([session_cookie(cast, name, live_server.url)])
        # axe waits for scripts; without them the same pages are looked at in the other journeys.
        look = assert_accessible if wishes.get("java_script_enabled", True) else lambda page: None
        return Walker(context, look)

    return new
