"""Words keep 7:1 and controls 3:1 on every ground, in every theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "static/css/tokens.css"
GROUNDS = ("paper", "surface", "sunken")
TEXT = [(ink, ground) for ink in ("ink", "muted", "accent", "danger") for ground in GROUNDS]
TEXT += [("on-accent", "accent"), ("on-danger", "danger"), ("on-waiting", "waiting"), ("ink", "accent-soft")]
TEXT += [("accent", "accent-soft"), ("ink", "waiting")]
EDGES = [(edge, ground) for edge in ("line", "accent") for ground in GROUNDS]
EDGES += [("waiting-line", "paper"), ("waiting-line", "waiting")]
NAMES = ["light", "dark", "dim", "high contrast", "high contrast dark", "high contrast dim"]

Theme = dict[str, str]


def test_every_theme_is_found() -> None:
    assert list(themes()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_words_and_edges_stand_out(name: str) -> None:
    assert too_faint(themes()[name]) == []


def test_a_faint_word_is_noticed() -> None:
    assert "muted on paper has 2.6:1" in too_faint(themes()["light"] | {"muted": "#999999"})


def too_faint(theme: Theme) -> list[str]:
    """The pairs below their measure, in words."""
    measured = [(pair, 7.0) for pair in TEXT] + [(pair, 3.0) for pair in EDGES]
    return [
        f"{front} on {ground} has {ratio:.1f}:1"
        for (front, ground), least in measured
        if (ratio := contrast(theme[front], theme[ground])) < least
    ]


def themes() -> dict[str, Theme]:
    """Each theme as the browser puts it together: later rules over earlier ones."""
    light, dark, dim, strong, strong_dark, strong_dim = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in _colour_blocks()
    )
    return {
        "light": light,
        "dark": light | dark,
        "dim": light | dim,
        "high contrast": light | strong,
        "high contrast dark": light | dark | strong | strong_dark,
        "high contrast dim": light | dim | strong_dim,
    }


def _colour_blocks() -> list[str]:
    blocks = re.findall(r":root(?:\[data-dim\])? \{([^}]*)\}", TOKENS.read_text())
    return [block for block in blocks if "#" in block]


def contrast(one: str, other: str) -> float:
    """The contrast of two #rrggbb colours as WCAG 2 defines it, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
