"""A mail server on loopback that speaks just enough SMTP, and answers what a test tells it to."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message


@dataclass
class Mailbox:
    """What arrived, and the scripted answer to RCPT."""

    port: int = 0
    arrived: list[Message] = field(default_factory=list)
    recipient_answer: str = "250 fine"


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        mailbox: Mailbox = self.server.mailbox  # type: ignore[attr-defined]
        self._say("220 loopback")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "DATA":
                self._say("354 go on")
                mailbox.arrived.append(message_from_bytes(self._read_text()))
            if verb == "QUIT":
                self._say("221 bye")
                return
            self._say(mailbox.recipient_answer if verb == "RCPT" else "250 fine")

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())

    def _read_text(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A server on a free port, for as long as the block runs."""
    mailbox = Mailbox()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.mailbox = mailbox  # type: ignore[attr-defined]
        server.daemon_threads = True
        mailbox.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield mailbox
        server.shutdown()
