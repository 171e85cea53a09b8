"""The project's files as guards read them. Each guard is a function from a text to complaints in words."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WEBAPP = ROOT / "webapp"

Guard = Callable[[str], list[str]]


def python_files(folder: Path = WEBAPP) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def scripts() -> list[Path]:
    """Our own scripts, those of the worker included; vendored ones are somebody else's."""
    ours = [*(ROOT / "static" / "js").rglob("*.js"), *(ROOT / "service_worker").rglob("*.js")]
    return sorted(ours)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def complaints(guard: Guard, paths: Iterable[Path]) -> list[str]:
    """What a guard says about these files, each with the file's name."""
    return [f"{named(path)}: {said}" for path in paths for said in guard(path.read_text(encoding="utf-8"))]


def calls(source: str) -> Iterable[tuple[int, str]]:
    """(line, dotted name) of each call in a Python text."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def imports(source: str) -> Iterable[tuple[int, str, str]]:
    """(line, module, name) of each import in a Python text; name is "" for `import module`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield node.lineno, node.module, alias.name
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, ""
