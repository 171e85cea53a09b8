"""The style sheets stay small, layered and Baseline; the sprite holds what templates draw."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHEETS = sorted((ROOT / "static/css").glob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SPRITE = (ROOT / "static/icons/sprite.svg").read_text()

NOT_BASELINE = (
    "@function",
    "@scope",
    "@view-transition",
    "anchor-name",
    "field-sizing",
    "interpolate-size",
    "reading-flow",
)
EXCEPTIONS = {"field-sizing": "a box that does not grow keeps its rows and scrolls; no word is lost"}


def test_all_sheets_weigh_at_most_10_kb_compressed() -> None:
    assert sum(len(gzip.compress(sheet.read_bytes(), mtime=0)) for sheet in SHEETS) <= 10 * 1024


def test_every_sheet_is_linked_by_the_layout() -> None:
    layout = (ROOT / "templates/layouts/page.html").read_text()
    assert [sheet.stem for sheet in SHEETS if f'"{sheet.stem}"' not in layout] == []


def test_every_rule_stands_in_a_layer() -> None:
    assert [sheet.name for sheet in SHEETS if unlayered(sheet.read_text())] == []


def test_a_rule_outside_the_layers_is_noticed() -> None:
    assert unlayered("@layer base { a { color: red; } }\nb { color: red; }") == "b"


def test_only_baseline_features_are_used() -> None:
    text = "".join(sheet.read_text() for sheet in SHEETS)
    assert {feature for feature in NOT_BASELINE if feature in text} == set(EXCEPTIONS)


def test_every_value_that_is_used_is_defined() -> None:
    text = "".join(sheet.read_text() for sheet in SHEETS)
    used, defined = set(re.findall(r"var\(--([\w-]+)", text)), set(re.findall(r"--([\w-]+):", text))
    assert used <= defined
    assert defined <= used


def test_every_icon_in_a_template_is_in_the_sprite() -> None:
    assert drawn_icons() - sprite_icons() == set()


def test_the_sprite_weighs_at_most_4_kb_compressed() -> None:
    assert len(gzip.compress(SPRITE.encode(), mtime=0)) <= 4 * 1024


def test_the_five_faces_differ_in_shape() -> None:
    drawings = re.findall(r'<symbol id="face-\d"[^>]*><circle[^>]*/>(.*?)</symbol>', SPRITE)
    assert len(set(drawings)) == 5


def unlayered(css: str) -> str:
    """The first selector that stands outside every layer, or nothing."""
    rest = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    rest = re.sub(r"@layer [\w, ]+;", "", rest)
    depth = 0
    for start in re.finditer(r"[^{}]*\{|\}", rest):
        if start.group() == "}":
            depth -= 1
        else:
            if depth == 0 and not start.group().strip().startswith("@layer"):
                return start.group().strip(" {\n")
            depth += 1
    return ""


def sprite_icons() -> set[str]:
    return {name for name in re.findall(r'<symbol id="([\w-]+)"', SPRITE) if not name.startswith("face-")}


def drawn_icons() -> set[str]:
    """Names in `icon("…")`, `icon="…"` and in the components' own tables of drawings."""
    text = "".join(template.read_text() for template in TEMPLATES)
    named = re.findall(r"""\b(?:icon|drawing)(?:\(|=)["']([\w-]+)["']""", text)
    tables = re.findall(r"{% set (?:drawings|places) = .*?%}", text, flags=re.S)
    words = {word for table in tables for word in re.findall(r'"([\w-]+)"', table)}
    return set(named) | words & sprite_icons()
