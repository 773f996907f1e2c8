"""The one way out to other services: https, to hosts the operator allows, never into a private net, never redirected.

The name is looked up once, every address it gives is judged, and the connection goes to the address that was judged.
No address or body is ever written to a log: secrets lie in both.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from aktsom.core.notify.rules import Trouble

ANSWER_WITHIN = 15.0  # seconds for the whole exchange, however slowly it drips
MOST_READ = 64 * 1024


class Undelivered(Exception):
    """It did not get through, or the other side said no."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True)
class Answer:
    """What the other side said."""

    status: int
    text: str

    def structure(self) -> dict[str, Any]:
        """Return the JSON object of the answer."""
        try:
            found = json.loads(self.text)
        except ValueError:
            raise Undelivered(Trouble.STRANGE) from None
        if not isinstance(found, dict):
            raise Undelivered(Trouble.STRANGE)
        return found


def is_allowed(url: str, hosts: Iterable[str]) -> bool:
    """Return whether ``url`` is https on one of ``hosts``; «*.example.no» stands for every name under it."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    if parts.scheme != "https" or not host or parts.username is not None or any(ord(sign) <= 32 for sign in url):
        return False
    return any(host.endswith(known[1:]) if known.startswith("*.") else host == known for known in map(str.lower, hosts))


def post(url: str, body: dict[str, Any], *, hosts: Iterable[str], headers: dict[str, str] | None = None) -> Answer:
    """Send ``body`` as JSON and return the answer of one that took it; raise Undelivered else."""
    if not is_allowed(url, hosts):
        raise Undelivered(Trouble.NOT_ALLOWED)
    parts = urlsplit(url)
    answer = _exchange(parts, json.dumps(body, ensure_ascii=False).encode(), headers or {})
    if 200 <= answer.status < 300:
        return answer
    if answer.status in {408, 425, 429} or answer.status >= 500:
        raise Undelivered(Trouble.BUSY)
    raise Undelivered(Trouble.REFUSED if answer.status >= 400 else Trouble.STRANGE)


def _exchange(parts: SplitResult, content: bytes, headers: dict[str, str]) -> Answer:
    late = threading.Event()
    line = None
    try:
        line = _connect(parts)
        ending = threading.Timer(ANSWER_WITHIN, _cut, [line, late])
        ending.daemon = True
        ending.start()
        try:
            return _ask(parts, line, content, headers)
        finally:
            ending.cancel()
    except Undelivered:
        raise
    except ssl.SSLError:
        raise Undelivered(Trouble.SLOW if late.is_set() else Trouble.INSECURE) from None
    except TimeoutError:
        raise Undelivered(Trouble.SLOW) from None
    except OSError:
        raise Undelivered(Trouble.SLOW if late.is_set() else Trouble.AWAY) from None
    except (HTTPException, ValueError):
        raise Undelivered(Trouble.SLOW if late.is_set() else Trouble.STRANGE) from None
    finally:
        if line is not None:
            line.close()


def _cut(line: socket.socket, late: threading.Event) -> None:
    late.set()
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        line.close()


def _connect(parts: SplitResult) -> ssl.SSLSocket:
    host, port = parts.hostname or "", parts.port or 443
    places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not settings.AKTSOM_OUTGOING_PRIVATE and not all(ipaddress.ip_address(place[4][0]).is_global for place in places):
        raise Undelivered(Trouble.NOT_ALLOWED)
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if settings.AKTSOM_OUTGOING_CA_FILE:
        context.load_verify_locations(settings.AKTSOM_OUTGOING_CA_FILE)
    bare = socket.create_connection((str(places[0][4][0]), port), timeout=ANSWER_WITHIN)
    try:
        return context.wrap_socket(bare, server_hostname=host)
    except BaseException:
        bare.close()
        raise


def _ask(parts: SplitResult, line: ssl.SSLSocket, content: bytes, headers: dict[str, str]) -> Answer:
    connection = HTTPConnection(parts.hostname or "", parts.port or 443)
    connection.sock = line
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.request("POST", path, content, {"Content-Type": "application/json", "Connection": "close", **headers})
    response = connection.getresponse()
    return Answer(response.status, response.read(MOST_READ).decode(errors="replace"))
