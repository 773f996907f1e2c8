"""A real HTTPS server on this machine, with a certificate of its own making, that answers as it is told."""

from __future__ import annotations

import ipaddress
import json
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

BEGUN = datetime(2020, 1, 1, tzinfo=UTC)


def write_certificate(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for localhost and its key; it is its own root."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    places = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    built = built.not_valid_before(BEGUN).not_valid_after(BEGUN + timedelta(days=36500))
    built = built.add_extension(x509.SubjectAlternativeName(places), critical=False)
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    certificate, secret = folder / "root.pem", folder / "key.pem"
    certificate.write_bytes(built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    secret.write_bytes(key.private_bytes(*form))
    return certificate, secret


class Receiver(ThreadingHTTPServer):
    """Keeps what it gets. ``answers`` is used up one by one; the last one stays."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Hand)
        self.certificate, secret = write_certificate(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, secret)
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.got: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.answers: list[tuple[int, str]] = [(202, "")]
        self.drip = 0.0
        self.silence = 0.0

    @property
    def url(self) -> str:
        return f"https://localhost:{self.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *fault: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that leave; some tests make them."""


class _Hand(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(json.loads(body))
        self.server.headers.append(dict(self.headers))
        self.server.paths.append(self.path)
        status, text = self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        time.sleep(self.server.silence)
        self.send_response(status)
        self.send_header("Content-Length", str(len(text.encode()) + (1000 if self.server.drip else 0)))
        if 300 <= status < 400:
            self.send_header("Location", f"{self.server.url}/annet")
        self.end_headers()
        self.wfile.write(text.encode())
        for _number in range(1000 if self.server.drip else 0):
            self.wfile.write(b" ")
            time.sleep(self.server.drip)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - named by the library
        """Write nothing."""
