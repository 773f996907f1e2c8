"""A mail server that keeps what it has said yes to, and can be told to hold one message before the yes."""

from __future__ import annotations

import re
import socketserver
import threading
from typing import Self


class MailSink(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine. ``accepted`` holds the Message-ID of each message that got its 250."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, *, hold_number: int = 0) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.accepted: list[str] = []
        self.texts: list[str] = []
        self.begun = 0
        self.hold_number = hold_number
        self.holding = threading.Event()
        self.released = threading.Event()
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *fault: object) -> None:
        self.released.set()
        self.shutdown()
        self.server_close()


class Conversation(socketserver.StreamRequestHandler):
    """One client: enough of SMTP for Django's own backend."""

    server: MailSink

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.say("354 go on")
                self.receive()
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def receive(self) -> None:
        text = b"".join(iter(self.rfile.readline, b".\r\n")).decode()
        with self.server.lock:
            self.server.begun += 1
            held = self.server.begun == self.server.hold_number
        if held:  # the client is brought down here: it never hears a yes, so this message is not ours
            self.server.holding.set()
            self.server.released.wait(60)
            return
        with self.server.lock:
            found = re.search(r"^Message-ID: (\S+)", text, re.MULTILINE)
            self.server.accepted.append(found[1] if found else "")
            self.server.texts.append(text)
        self.say("250 kept")
