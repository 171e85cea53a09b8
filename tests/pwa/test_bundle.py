"""Joining the phone's modules changes their number and their size, never what they do."""

from __future__ import annotations

import gzip
import re
import subprocess
from pathlib import Path

import pytest
from flask import Flask

from tests.harness.tools import node
from webapp import pwa
from webapp.pwa.bundle import NotUnderstood, bundles_of, join_modules, preloads
from webapp.pwa.plain import without_comments, without_spaces
from webapp.pwa.precache import imported_by
from webapp.pwa.version import STATIC

SCRIPT_LIMIT = 30 * 1024


def write(folder: Path, **modules: str) -> Path:
    for name, source in modules.items():
        path = folder / "js" / f"{name.replace('__', '/')}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    for tag in ("session-guard", "idle-lock", "quick-hide", "update-ready", "waiting-badge", "offline-form",
                "un-tap", "identifier-warning"):  # fmt: skip
        path = folder / "js" / "elements" / f"{tag}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    slots = folder / "js" / "lib" / "slots.js"
    slots.parent.mkdir(parents=True, exist_ok=True)
    slots.write_text("")
    return folder


def run(script: Path) -> str:
    done = subprocess.run([node(), script], capture_output=True, text=True, check=True)
    return done.stdout


def test_joined_modules_do_what_they_did(tmp_path: Path) -> None:
    modules = {
        "lib__names": 'export const name = "Ana";\nexport const greet = (who) => `Hello ${who}`;\n',
        "lib__shout": """import { greet as hello, name } from "./names.js";
const greet = (text) => text.toUpperCase();
export class Shout {
  say() {
    return greet(hello(name));
  }
}
""",
        "phone": """import {
  Shout,
} from "./lib/shout.js";
export const phone = { say: () => new Shout().say() };
""",
        "main": """import { phone } from "./phone.js";
import("./rooms/late.js").then(({ tell }) => tell());
console.log(phone.say());
""",
        "rooms__late": """import { name } from "../lib/names.js";
import { phone } from "../phone.js";
export const tell = () => console.log(name, phone.say());
""",
    }
    folder = write(tmp_path, **modules)
    before = run(folder / "js" / "main.js")
    join_modules(folder)
    assert run(folder / "js" / "main.js") == before == "HELLO ANA\nAna HELLO ANA\n"
    assert sorted(path.name for path in (folder / "js").rglob("*.js")) == ["late.js", "lib.js", "main.js"]


@pytest.mark.parametrize(
    "bad",
    [
        'import late from "./lib/names.js";\n',
        'export * from "./lib/names.js";\n',
        "export default 5;\n",
        "console.log(import.meta.url);\n",
        'import { name } from "./rooms/other.js";\nimport * as all from "./lib/names.js";\n',
    ],
)
def test_what_is_not_understood_stops_the_build(tmp_path: Path, bad: str) -> None:
    folder = write(
        tmp_path, lib__names='export const name = "Ana";\n', rooms__other="export const name = 1;\n", main=bad
    )
    with pytest.raises(NotUnderstood):
        join_modules(folder)


def test_spaces_go_where_they_mean_nothing() -> None:
    assert without_spaces("const a = { b: 1, c: d ? -1 : +1 };\n") == "const a={b:1,c:d?-1:+1};\n"
    for kept in ('say("a = b , c");\n', "say('{ } = ;');\n"):
        assert without_spaces(kept) == kept
    for line in ("const words = `a = b`;\n", "const rule = /a = b/;\n", 'import { a } from "./b.js";\n', "a + +b;\n"):
        assert without_spaces(line) == line


def test_a_line_that_goes_on_is_joined_with_the_next() -> None:
    assert without_spaces("go({\na,\nb,\n});\nend();\n") == "go({a,b,});end();\n"
    assert without_spaces("go(); // and says why\nend();\n") == "go();end();\n"
    apart = ("a = b\n(c)\n", "go(); // it's\nend();\n", 'get("//x");\nend();\n', "`a;\nb`\n", "go();\nexport { a };\n")
    for kept in apart:
        assert without_spaces(kept).count("\n") == kept.count("\n")


def test_our_own_modules_are_joined_whole(app: Flask) -> None:
    folder = pwa.build(app)
    members = [path for bundle in bundles_of(STATIC) for path in bundle.members]
    assert len(members) > 20
    exported = re.compile(r"^export (?:async function|function|class|const) (\w+)", re.MULTILINE)
    text = (folder / "js" / "lib.js").read_text() + (folder / "js" / "main.js").read_text()
    for path in members:
        for name in exported.findall(without_comments(path.read_text())):
            assert re.search(rf"\b{re.escape(name)}\b", text), f"{path.name}: {name}"


def test_every_served_script_can_be_read_by_a_browser(app: Flask) -> None:
    folder = pwa.build(app)
    checked = folder / "checked.mjs"
    for path in (*folder.glob("js/**/*.js"), *folder.glob("worker/*.js")):
        checked.write_text(path.read_text())
        done = subprocess.run([node(), "--check", checked], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{path.name}: {done.stderr[:500]}"


def test_a_page_preloads_what_its_first_script_imports() -> None:
    assert preloads(STATIC) == ["js/lib.js", "js/lib/seal.js", "vendor/hpke/hpke.js"]


@pytest.mark.parametrize("page", ["check-in", "today", "feedback"])
def test_the_scripts_of_a_page_stay_small(app: Flask, page: str) -> None:
    folder = pwa.build(app)
    html = (folder / "shell" / "en" / f"{page}.html").read_text()
    wanted = [folder / "js" / "main.js", folder / "js" / "first.js", folder / "js" / "lib" / "seal.js"]
    wanted += [folder / "js" / "elements" / f"{tag}.js" for tag in set(re.findall(r"<([a-z]+-[a-z-]+)[ >]", html))]
    wanted += [folder / "js" / "rooms" / f"{room}.js" for room in set(re.findall(r'mapper="(\w+)"', html))]
    scripts = {path for each in wanted for path in imported_by(each)}
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in scripts}
    assert sum(sizes.values()) <= SCRIPT_LIMIT, sizes
