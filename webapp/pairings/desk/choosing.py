"""Which pairs of a long list somebody wants to see, and in which order: pure rules."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from webapp.pairings.facts import SILENT, PairFacts

ON_A_PAGE = 50
STAGES = (
    "in_line",
    "left",
    "not_in_touch",
    "no_first_talk",
    "no_hello",
    "joining",
    "new",
    "in_touch",
    "ending",
    "paused",
    "away",
)
ATTENTION = "attention"
LONG_AGO = date.min
ORDERS: dict[str, Callable[[PairFacts], Any]] = {
    ATTENTION: lambda each: (STAGES.index(each.stage), each.last_word_on or each.started_on or LONG_AGO, each.mentee),
    "mentor": lambda each: (each.mentor, str(each.mentor_id), each.mentee),
    "mentee": lambda each: (each.mentee, each.mentor),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a list is narrowed to, as an address says it; "" is everything. `stage` may be "silent": all that are."""

    programme: str = ""
    site: str = ""
    unit: str = ""
    stage: str = ""
    mentor: str = ""
    search: str = ""
    order: str = ATTENTION

    def narrow(self, pairs: Iterable[PairFacts]) -> list[PairFacts]:
        """The pairs that are meant, in their order."""
        return sorted(filter(self._means, pairs), key=ORDERS.get(self.order, ORDERS[ATTENTION]))

    def _means(self, pair: PairFacts) -> bool:
        said = (
            (self.programme, str(pair.programme.id)),
            (self.site, str(pair.site_id)),
            (self.unit, str(pair.unit_id)),
            (self.mentor, str(pair.mentor_id)),
        )
        return (
            all(not wanted or wanted == there for wanted, there in said)
            and (not self.stage or self.stage == pair.stage or (self.stage == "silent" and pair.stage in SILENT))
            and all(word in plain(f"{pair.mentee} {pair.mentor}") for word in plain(self.search).split())
        )


@dataclass(frozen=True, slots=True)
class Page:
    """Some of many: the `number`th page of `pages`, beginning with 1."""

    pairs: Sequence[PairFacts]
    number: int
    pages: int
    of: int


def page_of(pairs: Sequence[PairFacts], number: int) -> Page:
    """A page of a list; beside it there is the first or the last one."""
    pages = max(1, -(-len(pairs) // ON_A_PAGE))
    number = min(max(1, number), pages)
    return Page(pairs[(number - 1) * ON_A_PAGE : number * ON_A_PAGE], number, pages, len(pairs))


def plain(text: str) -> str:
    """A text as it is searched: without accents, in small letters."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
