"""A real gunicorn is sent what is too large, too slow and too much, and keeps none of it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.checks import ROOT

MEGABYTE = 1024 * 1024
MARK = b"DETTE-BILDET-ER-HEMMELIG"


@dataclass
class Server:
    """A gunicorn of its own, the folder it may write temporary files in, and its process."""

    port: int
    temporary: Path
    process: subprocess.Popen[bytes]

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def memory(self) -> int:
        """Return the kilobytes the server and its children hold."""
        pids = [self.process.pid, *_children(self.process.pid)]
        lines = [line for pid in pids for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS")]
        return sum(int(line.split()[1]) for line in lines)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AKTSOM_")} | {
        "AKTSOM_MODE": "demo",
        "AKTSOM_SECRET_KEY": "x" * 60,
        "AKTSOM_MASTER_KEY": os.environ["AKTSOM_MASTER_KEY"],
        "AKTSOM_SQLITE_FILE": str(tmp_path / "empty.sqlite3"),
        "AKTSOM_FILES_DIR": str(tmp_path / "files"),
        "DJANGO_SETTINGS_MODULE": "aktsom.config.settings",
        "TMPDIR": str(temporary),
    }
    (tmp_path / "beats").mkdir()
    bind = ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "2", "--worker-tmp-dir", str(tmp_path / "beats")]
    command = [sys.executable, "-m", "gunicorn", "aktsom.config.wsgi", *bind]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    made = Server(port, temporary, process)
    try:
        _wait_for(made)
        yield made
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(server: Server) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with server.connect() as line:
                line.sendall(b"GET /static/finnes-ikke HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                if line.recv(12):
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("gunicorn did not start")


def head(length: int) -> bytes:
    lines = ["POST /konto/login/ HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {length}", "Content-Type: multipart/form-data; boundary=X"]
    lines += [f"Cookie: aktsom_csrf={'a' * 32}"]  # with it the form is read, to look for the other half
    return "\r\n".join([*lines, "", ""]).encode()


def answer(line: socket.socket) -> bytes:
    got = b""
    try:
        while piece := line.recv(65536):
            got += piece
            if b"</html>" in got:
                break
    except (ConnectionResetError, TimeoutError):
        pass
    return got


def file_part(content: bytes) -> bytes:
    return b'--X\r\nContent-Disposition: form-data; name="pictures"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n' + content


@pytest.mark.slow
def test_four_gigabytes_are_refused_at_the_door_with_a_clear_answer(server: Server) -> None:
    before = server.memory()
    with server.connect() as line:
        line.sendall(head(4 * 1024 * MEGABYTE) + file_part(MARK))
        began = time.monotonic()
        got = answer(line)
        taken = time.monotonic() - began

    assert got.startswith(b"HTTP/1.1 413")
    assert "Det var for mye på én gang" in got.decode()
    assert taken < 30  # at the door: hearing it out takes far longer
    assert server.memory() - before < 30_000
    assert list(server.temporary.iterdir()) == []


@pytest.mark.slow
def test_hundred_and_twenty_megabytes_are_heard_out_and_thrown_away(server: Server) -> None:
    before = server.memory()
    with server.connect() as line:
        line.sendall(head(120 * MEGABYTE))
        for _number in range(120):
            line.sendall(b"x" * MEGABYTE)
        got = answer(line)

    assert got.startswith(b"HTTP/1.1 413")
    assert server.memory() - before < 40_000


@pytest.mark.slow
def test_nothing_lies_on_disk_while_a_picture_comes_slowly_or_after_it_broke_off(server: Server, tmp_path: Path) -> None:
    seen: list[Path] = []
    with server.connect() as line:
        line.sendall(head(4 * MEGABYTE) + file_part(MARK))
        for _number in range(12):
            line.sendall(MARK * 10_000)
            time.sleep(0.05)
            seen += [path for path in tmp_path.rglob("*") if path.is_file() and MARK in path.read_bytes()]
            seen += list(server.temporary.iterdir())
    time.sleep(0.3)

    assert seen == []
    assert list(server.temporary.iterdir()) == []
    with server.connect() as line:  # and the server answers the next one
        line.sendall(head(0))
        assert answer(line).startswith(b"HTTP/1.1 4")
