"""What an attacker types, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from hypothesis import strategies as st
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.client import OneRequestAfterAnother
from tests.machine.hospital import Hospital, through
from tests.page_linter import parse

NEVER_AN_ERROR_OF_OURS = 500
BUSY = 503
SCRIPT = "<script>alert(1)</script>"
HOSTILE = (
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "%(name)s %s %d",
    "' OR 1=1 --",
    "../../../../etc/passwd",
    "\u202eright to left\u2066\u2067",
    "\u200b\u200d\ufeff",
    "\x00null\x00",
    "\ud83d",  # half of an emoji, as broken phones send it
    "\r\nSet-Cookie: session=mine",
    "🫀" * 10_000,
    "٣",  # a digit, but not one of ours
    "²",
    "1e400",
    "-1",
    "99999999999999999999",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "2026-03-10T25:61",
    "since/2026-03-10",
    "9999-12-31T23:59/9999-12-31T23:59",
    "Mars/Olympus",
    "on",
    "self",
    "mentor",
    "",
)
QUERIES = ("face", "show", "pairing", "since", "epoch", "next", "page", "lang", "q", "unit", "checkin", "token", "code")
TYPES = ("application/x-www-form-urlencoded", "application/json", "text/plain", "multipart/form-data; boundary=x", "")


@dataclass
class Attacker:
    """Sends anything anywhere; `who` is a place in the hospital's list of signed-in people, or None."""

    hospital: Hospital = field(repr=False)  # what failed is printed with all that it was given
    ids: list[str] = field(repr=False)
    forms: list[FormFound] = field(default_factory=list, repr=False)

    def client(self, who: int | None) -> OneRequestAfterAnother:
        """A browser of one of the people, in a hospital where nothing has happened yet."""
        self.hospital.begin_again()
        cookies = {} if who is None else self.hospital.at_first[who].cookies
        return through(self.hospital.app, cookies).browser.client

    def rules(self, method: str) -> list[Rule]:
        found = [rule for rule in self.hospital.app.url_map.iter_rules() if method in (rule.methods or ())]
        return sorted(found, key=lambda rule: (rule.rule, rule.endpoint))

    def words(self) -> st.SearchStrategy[str]:
        return st.sampled_from(HOSTILE) | st.sampled_from(self.ids) | st.text(max_size=40) | st.integers().map(str)

    def address(self, rule: Rule) -> st.SearchStrategy[str]:
        """The rule's address with ids that exist, ids that do not, and what is no id at all."""
        parts = {name: self.words() | st.uuids().map(str) for name in sorted(rule.arguments)}
        known = {name: st.sampled_from(self.ids) for name in sorted(rule.arguments)}
        query = st.dictionaries(st.sampled_from(QUERIES), self.words(), max_size=3)
        filled = st.fixed_dictionaries(known) | st.fixed_dictionaries(parts)
        return st.tuples(filled, query).map(lambda both: address_of(rule, *both))

    def post(self) -> st.SearchStrategy[Post]:
        """A form as it stands on somebody's page, with up to three of its fields bent."""
        return st.sampled_from(self.forms).flatmap(
            lambda form: st.dictionaries(st.sampled_from(form.names), self.words(), max_size=3).map(
                lambda bent: Post(form.who, form.action, {**form.values, **bent})
            )
        )


@dataclass(frozen=True)
class Post:
    """What somebody sends."""

    who: int
    action: str
    values: dict[str, str]


@dataclass(frozen=True)
class FormFound:
    """A form on a page: its fields, with what would be sent untouched."""

    who: int
    action: str
    names: tuple[str, ...]
    values: dict[str, str]


def forms_on(html: str, path: str, who: int) -> Iterator[FormFound]:
    """Every form of a page; of choices the last one is taken."""
    for form in parse(html).iter("form"):
        if form.get("method") == "post":
            fields = [(str(field.get("name")), field) for field in form.iter() if field.get("name")]
            values = {name: str(field.get("value") or "") for name, field in fields}
            yield FormFound(who, str(form.get("action") or path), tuple(sorted(values)), values)


def address_of(rule: Rule, parts: dict[str, str], query: dict[str, str]) -> str:
    """As a browser would put it on the wire: escaped, and never leaving this host."""
    path = rule.rule
    for name in rule.arguments:
        start = path.index("<")
        path = path[:start] + quote(parts[name], safe="", errors="replace") + path[path.index(">") + 1 :]
    asked = urlencode(query, errors="replace")
    return f"{path}?{asked}" if asked else path


def assert_no_error_of_ours(response: TestResponse, sent: object) -> None:
    failed = response.status_code >= NEVER_AN_ERROR_OF_OURS and response.status_code != BUSY
    assert not failed, f"{response.request.method} {response.request.path} answered {response.status_code} to {sent!r}"
