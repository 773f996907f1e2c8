"""What a pupil sends without a name: a real web server, started as ./run starts it, writes nothing of it anywhere but sealed."""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.checks import ROOT

pytestmark = pytest.mark.slow
SEED = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from tests.cast import build_cast
build_cast()
"""
TEXT, NAME, BROWSER = "Jeg blir kalt stygge ting ved sykkelstativet", "Ylva Navnesen", "Kjennelig-nettleser/9.1"
TRACES = (TEXT, "sykkelstativet", NAME, BROWSER, "Kjennelig", "203.0.113.77", "127.0.0.1 -", "si-fra", "svar/", "solvik")


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """A database and a files folder of its own; the database is a file, so that all that is written can be read."""
    around = {name: value for name, value in os.environ.items() if name != "AKTSOM_DATABASE_URL"}
    own = {"AKTSOM_SQLITE_FILE": str(tmp_path / "db.sqlite3"), "AKTSOM_FILES_DIR": str(tmp_path / "files")}
    return around | own | {"AKTSOM_MODE": "test", "DJANGO_SETTINGS_MODULE": "aktsom.config.settings", "PYTHONPATH": str(ROOT)}


@pytest.fixture
def served(surroundings: dict[str, str], tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A port with the server ./run starts, and the file all it says goes to."""
    script = "import django; django.setup()\n" + SEED
    subprocess.run([sys.executable, "-c", script], env=surroundings, cwd=ROOT, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    output = tmp_path / "output.txt"
    with output.open("wb") as said:
        server = subprocess.Popen(server_command(port, tmp_path), env=surroundings, cwd=ROOT, stdout=said, stderr=said)
        try:
            wait_for(port)
            yield port, output
        finally:
            server.terminate()
            server.wait(timeout=20)


def server_command(port: int, folder: Path) -> list[str]:
    """Return the command ./run starts the server with, on another port."""
    line = re.search(r"-m gunicorn (.+?) &\n", (ROOT / "run").read_text(encoding="utf-8").replace("\\\n", " "))
    assert line is not None
    words = line.group(1).replace("$port", str(port)).replace("$PWD/var", str(folder))
    return [sys.executable, "-m", "gunicorn", *shlex.split(words)]


def wait_for(port: int) -> None:
    for _try in range(150):
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("The server did not start.")


def ask(port: int, path: str, **fields: str) -> str:
    """Ask for a page, or send a form, with a browser that could be recognised."""
    sent = urllib.parse.urlencode(fields).encode() or None
    headers = {"User-Agent": BROWSER, "X-Forwarded-For": "203.0.113.77"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=sent, headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - the same
        assert "Set-Cookie" not in answer.headers
        return str(answer.read().decode())


def test_web_server_and_application_write_nothing_of_what_a_pupil_sends(served: tuple[int, Path], surroundings: dict[str, str]) -> None:
    port, output = served
    token = re.search(r'name="token" value="([^"]+)"', ask(port, "/skole/solvik/si-fra/"))
    assert token is not None
    page = ask(port, "/skole/solvik/si-fra/", token=token.group(1), what_happened=TEXT, known="nobody")
    receipt = re.search(r'aktsom-receipt">([^<]+)<', page)
    assert receipt is not None
    back = ask(port, "/skole/solvik/svar/", receipt=receipt.group(1), text=f"{TEXT} igjen")
    named = ask(port, "/skole/solvik/svar/navn/", receipt=receipt.group(1), name=NAME)

    assert "Sendt." in back
    assert "Nå vet de som har meldingen" in named
    said = output.read_text(encoding="utf-8")
    folder = Path(surroundings["AKTSOM_FILES_DIR"]).parent
    written = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and path != output)
    for trace in (*TRACES, receipt.group(1)):
        assert trace not in said
    for trace in (TEXT, "sykkelstativet", NAME, BROWSER, "203.0.113.77", receipt.group(1)):
        assert trace.encode() not in written
    assert b"report.received" in written
    assert b"report.named" in written
