"""Files stay small, say what they are for, and carry no half-done work."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.architecture.sources import ROOT, complaints, named, python_files, scripts, templates

LIMIT = 12 * 1024
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")
VAGUE = {"utils", "helpers", "manager", "service", "services", "misc", "common"}
SKIPPED = re.compile(r"pytest\.(mark\.)?(skip|skipif|xfail)\b|\btest\.(skip|todo)\(|\.only\(")
CLEARING = re.compile(r"Clear-Site-Data|deleteDatabase|localStorage\.clear\(", re.I)


def test_files_stay_small() -> None:
    long = [f"{named(path)}: {path.stat().st_size} bytes" for path in ours() if path.stat().st_size > LIMIT]
    assert not long, f"Split by noun what is over {LIMIT} bytes:\n" + "\n".join(long)


def test_a_long_file_is_seen(tmp_path: Path) -> None:
    (tmp_path / "views.py").write_text("x = 1\n" * 3000)
    assert (tmp_path / "views.py").stat().st_size > LIMIT


def test_every_module_says_what_it_is_for() -> None:
    assert not complaints(silent, python_files())


def test_a_module_without_a_word_is_seen() -> None:
    assert silent("import os")
    assert not silent('"""What this room promises."""')
    assert not silent("")


def test_nothing_is_half_done() -> None:
    assert not complaints(half_done, ours())


def test_half_done_work_is_seen() -> None:
    assert half_done("# TO" + "DO: later")


def test_no_test_is_left_out() -> None:
    tests = [*python_files(ROOT / "tests"), *(ROOT / "tests" / "js").rglob("*.js")]
    assert not complaints(left_out, [path for path in tests if path.parent != Path(__file__).parent])


def test_a_test_left_out_is_seen() -> None:
    assert left_out("@pytest.mark.skip")
    assert left_out("test.todo('x')")


def test_names_say_something() -> None:
    assert not [named(path) for path in python_files() if path.stem in VAGUE or path.parent.name in VAGUE]


def test_nothing_clears_a_phone_in_bulk() -> None:
    assert not complaints(clears_in_bulk, [*scripts(), *python_files()])


def test_a_bulk_clear_is_seen() -> None:
    assert clears_in_bulk('headers["Clear-Site-Data"] = "storage"')
    assert clears_in_bulk('indexedDB.deleteDatabase("friendtor")')


def ours() -> list[Path]:
    return [*python_files(), *scripts(), *templates()]


def silent(source: str) -> list[str]:
    if not source.strip() or ast.get_docstring(ast.parse(source)):
        return []
    return ["begins without a sentence that says what it is for"]


def half_done(text: str) -> list[str]:
    return [f"is half done: {found[0]}" for found in UNFINISHED.finditer(text)]


def left_out(text: str) -> list[str]:
    return [f"leaves a test out: {found[0]}" for found in SKIPPED.finditer(text)]


def clears_in_bulk(text: str) -> list[str]:
    return [f"could delete what was never sent: {found[0]}" for found in CLEARING.finditer(text)]
