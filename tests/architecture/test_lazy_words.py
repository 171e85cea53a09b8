"""A lazy text passes for markup: `escape()` lets it through as it is. So no value that somebody typed goes into one."""

from __future__ import annotations

import ast

from tests.architecture.sources import complaints, python_files

BAD = """
from flask_babel import gettext, lazy_gettext as _

FINE = _("A name")
ALSO_FINE = gettext("Everybody of %(unit)s", unit="<b>")
WRONG = _("Everybody of %(unit)s", unit="<b>")
"""


def test_no_lazy_text_holds_a_value() -> None:
    assert not complaints(lazy_values, python_files())


def test_a_value_in_a_lazy_text_is_seen() -> None:
    assert [said.split()[1].rstrip(":") for said in lazy_values(BAD)] == ["6"]


def lazy_values(source: str) -> list[str]:
    tree = ast.parse(source)
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "flask_babel"]
    lazy = {name.asname or name.name for node in imported for name in node.names if name.name.startswith("lazy_")}
    return [
        f"line {node.lineno}: use gettext() where a text holds a value; a lazy one is not escaped."
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in lazy and node.keywords
    ]
