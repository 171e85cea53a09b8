"""Joins the phone's small modules into two files: a third fewer bytes, and two requests instead of thirty.

`js/lib.js` is shared by pages and worker, `js/main.js` is what every page runs. A module is wrapped in a function of
its own, so names cannot meet. Only the forms of import and export that our modules use are understood; anything else
stops the build.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from webapp.pwa.precache import imported_by

EVERYWHERE = (
    "session-guard",
    "idle-lock",
    "quick-hide",
    "update-ready",
    "waiting-badge",
    "offline-form",
    "un-tap",
    "identifier-warning",
)
MAIN = "js/main.js"
LIB = "js/lib.js"
IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
NOT_UNDERSTOOD = re.compile(r"^(?:import\s|export\s).*|import\.meta.*", re.MULTILINE)


class NotUnderstood(Exception):
    """A module uses a form of import or export that is not worth understanding."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A file to be written, and the modules in it, each after those that it imports."""

    target: Path
    members: tuple[Path, ...]


def bundles_of(folder: Path) -> tuple[Bundle, Bundle]:
    """The shared bundle and the page's."""
    folder = folder.resolve()
    elements = [folder / "js" / "elements" / f"{tag}.js" for tag in EVERYWHERE]
    entries = [*elements, folder / "js" / "lib" / "slots.js", folder / MAIN]
    wanted = list(dict.fromkeys(path for entry in entries for path in _in_order(entry)))
    shared = tuple(path for path in wanted if path.parent == folder / "js" / "lib")
    page = tuple(path for path in wanted if path not in shared)
    return Bundle(folder / LIB, shared), Bundle(folder / MAIN, page)


def join_modules(folder: Path) -> None:
    """Write the bundles into a folder of assets, and let all other modules import from them."""
    bundles = bundles_of(folder)
    joined = {path: bundle for bundle in bundles for path in bundle.members}
    texts = {bundle.target: _joined(bundle, joined) for bundle in bundles}
    for path in (*folder.resolve().glob("js/**/*.js"), *folder.resolve().glob("worker/*.js")):
        if path in joined:
            path.unlink()
        else:
            path.write_text(_pointed_at_bundles(path, joined))
    for target, text in texts.items():
        target.write_text(text)


def preloads(folder: Path) -> list[str]:
    """Paths of all that a page's first script imports in the end, itself left out."""
    joined = {path: bundle.target for bundle in bundles_of(folder) for path in bundle.members}
    wanted = [*imported_by(folder / MAIN), *imported_by(folder / "js" / "lib" / "seal.js")]
    targets = dict.fromkeys(joined.get(path, path) for path in wanted)
    return [path.relative_to(folder.resolve()).as_posix() for path in targets if path != folder.resolve() / MAIN]


def _in_order(path: Path) -> list[Path]:
    found: list[Path] = []
    for _names, address in IMPORT.findall(path.read_text()):
        found += _in_order((path.parent / address).resolve())
    return [*found, path.resolve()]


def _joined(bundle: Bundle, joined: dict[Path, Bundle]) -> str:
    outside: dict[str, str] = {}
    wrapped = []
    for path in bundle.members:

        def taken(found: re.Match[str], path: Path = path) -> str:
            return _taken(path, found, bundle, joined, outside)

        body = IMPORT.sub(taken, path.read_text())
        exported = ", ".join(EXPORT.findall(body))
        body = EXPORT.sub("", body)
        if left := NOT_UNDERSTOOD.search(body):
            raise NotUnderstood(f"{path.name}: {left[0]}")
        wrapped.append(f"const {_name(path)} = (() => {{\n{body}return {{ {exported} }};\n}})();\n")
    imports = "".join(f'import {{ {name} }} from "{address}";\n' for name, address in outside.items())
    return f"{imports}{''.join(wrapped)}export {{ {', '.join(map(_name, bundle.members))} }};\n"


def _taken(
    path: Path, found: re.Match[str], bundle: Bundle, joined: dict[Path, Bundle], outside: dict[str, str]
) -> str:
    target = (path.parent / found[2]).resolve()
    if target not in joined:
        raise NotUnderstood(f"{path.name} imports {found[2]}, which is in no bundle")
    if joined[target] != bundle:
        outside[_name(target)] = _address(bundle.target, joined[target].target)
    return _names_of(found[1], target)


def _pointed_at_bundles(path: Path, joined: dict[Path, Bundle]) -> str:
    def pointed(found: re.Match[str]) -> str:
        target = (path.parent / found[2]).resolve()
        if target not in joined:
            return found[0]
        address = _address(path, joined[target].target)
        return f'import {{ {_name(target)} }} from "{address}";\n{_names_of(found[1], target)}'

    return IMPORT.sub(pointed, path.read_text())


def _names_of(names: str, target: Path) -> str:
    return f"const {{ {names.strip().rstrip(',').replace(' as ', ': ')} }} = {_name(target)};"


def _address(path: Path, target: Path) -> str:
    address = Path(os.path.relpath(target, path.parent)).as_posix()
    return address if address.startswith(".") else f"./{address}"


def _name(path: Path) -> str:
    return "$" + path.stem.replace("-", "_")
