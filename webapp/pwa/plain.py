"""Takes out of our modules, before they travel, what is there for those who read them: comments and spaces."""

from __future__ import annotations

import re

STRING = re.compile(r"""("[^"]*"|'[^']*')""")
AT_THE_END = re.compile(r"""^((?:[^"'`/]|"[^"]*"|'[^']*')*[;{},]) // .*$""")
SPACES = re.compile(r" *([=,{}();:?<>&|*]) *")


def without_comments(source: str) -> str:
    """The module without indentation and without comments on lines of their own or behind plain code.

    A module with a template literal over several lines stays as it is: there, white space is text.
    """
    if any(line.count("`") % 2 for line in source.splitlines()):
        return source
    kept = []
    inside = False
    for line in map(str.strip, source.splitlines()):
        if inside or (line.startswith("/*") and ("*/" not in line or line.endswith("*/"))):
            inside = not line.endswith("*/")
        elif line and not line.startswith("//"):
            kept.append(AT_THE_END.sub(r"\1", line))
    return "\n".join(kept) + "\n"


def without_spaces(source: str) -> str:
    """The module without spaces around most punctuation. Lines in which a template or a regular expression may stand
    are left alone, since a space may mean something there."""
    return "".join(_closer(line) for line in source.splitlines(keepends=True))


def _closer(line: str) -> str:
    if "`" in line or "/" in line or "\\" in line or line.startswith(("import", "export")):
        return line
    parts = STRING.split(line)
    return "".join(part if at % 2 else SPACES.sub(r"\1", part) for at, part in enumerate(parts))
