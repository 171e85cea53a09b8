"""The words for goals, expertise and interests: the organiser says which of them mean the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from unicodedata import normalize


def plain(word: str) -> str:
    """One spelling of a word: without capitals, accents' variants and doubled spaces."""
    return " ".join(normalize("NFKC", word).casefold().split())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Synonyms: each word and the tag that it means. Chains are followed; a circle means its first word by spelling."""

    synonyms: Mapping[str, str] = field(default_factory=dict)

    def tags(self, words: Iterable[str]) -> dict[str, str]:
        """Each word that says anything, with the tag that it means; itself, in one spelling, when nobody said."""
        means = {plain(said): plain(tag) for said, tag in self.synonyms.items()}
        return {word: _follow(plain(word), means) for word in words if plain(word)}


def _follow(word: str, means: Mapping[str, str]) -> str:
    seen = [word]
    while (word := means.get(word, word)) not in seen:
        seen.append(word)
    return min(seen[seen.index(word) :])
