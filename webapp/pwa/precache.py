"""What a phone fetches once at install, each file with the hash that it must have."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

from webapp.config import LANGUAGES
from webapp.pwa.shells import SHELLS

KEPT = frozenset({".js", ".css", ".svg", ".woff2"})
WORKER_ONLY = "worker"
ONLINE_ONLY = frozenset(  # of pages that ask the server
    {"js/elements/job-progress.js", "js/elements/online-form.js", "js/lib/politely.js"}
)
IMPORT = re.compile(r"""^\s*(?:import|export)\s(?:[^"';]*?\sfrom\s)?["'](\.[^"']+)["']""", re.MULTILINE)


def precache_module(folder: Path, version: str) -> str:
    """The module `precache.js` for a laid-out folder of assets."""
    files = [[_address(folder, path, version), integrity(path)] for path in _kept(folder)]
    release = {
        "version": version,
        "languages": LANGUAGES,
        "shells": {address: shell.name for shell in SHELLS for address in shell.addresses},
        "files": files,
    }
    imports = "".join(f'import {{ words as {lang} }} from "./words.{lang}.js";\n' for lang in LANGUAGES)
    said = json.dumps(release, indent=1, ensure_ascii=False)
    return f"{imports}export const release = {said};\nrelease.words = {{ {', '.join(LANGUAGES)} }};\n"


def integrity(path: Path) -> str:
    """The file's hash as an integrity value."""
    return "sha256-" + base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()


def imported_by(module: Path) -> list[Path]:
    """A module and all that it imports statically, itself first."""
    found: dict[Path, None] = {}
    todo = [module.resolve()]
    while todo:
        path = todo.pop(0)
        if path not in found and path.is_file():
            found[path] = None
            todo += [(path.parent / name).resolve() for name in IMPORT.findall(path.read_text())]
    return list(found)


def _kept(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        is_shell = inside[0] == "shell" and path.suffix == ".html"
        if "/".join(inside) in ONLINE_ONLY:
            continue
        if path.is_file() and inside[0] != WORKER_ONLY and (is_shell or path.suffix in KEPT):
            yield path


def _address(folder: Path, path: Path, version: str) -> str:
    inside = path.relative_to(folder)
    if inside.parts[0] == "shell":
        return f"/shell/{version}/{inside.parts[1]}/{path.stem}"
    return f"/static/{version}/{inside.as_posix()}"
