"""Names stand in the middle of our own sentences, so they may not turn them round or hide in them."""

from __future__ import annotations

import unicodedata

from sqlalchemy.orm import validates

JOINERS = "\u200c\u200d"  # Persian and Indian names are spelt with them
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
NOTHING_LEFT = "?"


def plain_name(name: str) -> str:
    """One line of letters that can be seen: without characters that control, turn or hide the text around them."""
    seen = "".join(letter for letter in name.replace("\n", " ") if _is_seen(letter))
    return " ".join(seen.split()) or (NOTHING_LEFT if name else "")


class Named:
    """A row with a name, which is kept plain."""

    @validates("name", "sender_name")
    def _keep_plain(self, _column: str, name: str) -> str:
        return plain_name(name)


def _is_seen(letter: str) -> bool:
    return letter in JOINERS or unicodedata.category(letter) not in INVISIBLE
