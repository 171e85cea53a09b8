"""How the Python phone speaks over a real line, which may break."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.phone import LineBroke

PATIENCE = 30.0  # seconds; a line that is meant to break breaks at once


@dataclass
class OverHttp:
    """GET and POST with the cookies of one sign-in. `LineBroke` when no whole answer came back."""

    url: str
    cookies: dict[str, str]
    statuses: list[int] = field(default_factory=list)

    def get(self, path: str) -> tuple[int, Any]:
        return self.ask("GET", path)

    def post(self, path: str, body: object) -> tuple[int, Any]:
        return self.ask("POST", path, json.dumps(body).encode())

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, Any]:
        """The status, and the answer where it is JSON."""
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=PATIENCE)
        headers = {
            "Host": parts.netloc,
            "Origin": self.url,
            "Content-Type": "application/json",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as broken:
            raise LineBroke(str(broken)) from broken
        finally:
            connection.close()
        self.statuses.append(answer.status)
        return answer.status, parsed(content)


def parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None
