"""Pure rules: which passwords are too easy, how codes are read, and what a browser is called."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 500
OBVIOUS = ("password", "passwort", "contrasena", "qwerty", "letmein", "welcome", "iloveyou", "friendtor", "hospital")
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # base32 without I, L, O and U, which people mix up
MIXED_UP = str.maketrans({"O": "0", "I": "1", "L": "1"})


def plain(text: str) -> str:
    """Without accents and capitals: as words are compared and put in order."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def tidy_password(password: str) -> str:
    """The same password, whatever keyboard typed its accents."""
    return unicodedata.normalize("NFKC", password)


def weakness_of(password: str, *own_words: str) -> str | None:
    """Why a password is refused: "short", "long", "obvious" or "own"; None when it is good enough.

    `own_words` are the person's name and address: a password of little else is the first that others try.
    """
    tidy = tidy_password(password)
    if len(tidy) < SHORTEST_PASSWORD:
        return "short"
    if len(tidy) > LONGEST_PASSWORD:
        return "long"
    if len(set(tidy)) < 5 or _is_a_row(tidy) or _little_but(OBVIOUS, tidy):
        return "obvious"
    return "own" if _little_but(_words(" ".join(own_words)), tidy) else None


def tidy_code(typed: str) -> str:
    """A typed code without spaces and dashes, its look-alike letters put right."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper()).translate(MIXED_UP)


def spaced(code: str) -> str:
    """A code in groups of four, as it is read aloud."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def looks_like_a_phone(user_agent: str, says_mobile: str | None) -> bool:
    """Whether a browser runs on a phone. `says_mobile` is the Sec-CH-UA-Mobile header, which knows best."""
    if says_mobile is not None:
        return says_mobile == "?1"
    return "Mobi" in user_agent and "iPad" not in user_agent


def browser_name(user_agent: str) -> str:
    """A name to recognise a browser by, such as "Firefox, Android"; the same in every language."""
    browser = _first_of(BROWSERS, user_agent) or "Browser"
    system = _first_of(SYSTEMS, user_agent)
    return f"{browser}, {system}" if system else browser


BROWSERS = (
    (r"EdgA?/|EdgiOS/", "Edge"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"OPR/", "Opera"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/|Chromium/", "Chrome"),
    (r"Safari/", "Safari"),
)
SYSTEMS = (
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"CrOS", "Chromebook"),
    (r"Windows", "Windows"),
    (r"Macintosh|Mac OS", "Mac"),
    (r"Linux|X11", "Linux"),
)


def _first_of(patterns: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for pattern, name in patterns if re.search(pattern, text)), "")


def _is_a_row(text: str) -> bool:
    """Whether it goes up or down one by one, such as 123456789012 or abcdefghijkl."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return len(steps - {1, -1, -9, 9}) == 0


def _little_but(words: tuple[str, ...], text: str) -> bool:
    left = plain(text)
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    return len(re.sub(r"[^a-z]", "", left)) < 4 and left != plain(text)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[^a-z]+", plain(text)) if len(word) > 2)
