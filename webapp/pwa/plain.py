"""Takes out of our modules, before they travel, what is there for those who read them: comments and spaces."""

from __future__ import annotations

import re

STRING = re.compile(r"""("[^"]*"|'[^']*')""")
AT_THE_END = re.compile(r"""^((?:[^"'`/]|"[^"]*"|'[^']*')*[;{},]) // .*$""")
SPACES = re.compile(r" *([=,{}();:?<>&|*]) *")
REMARK = re.compile(r"(?<=[;,{}()\]]) // [^\"'`]*$")
GOES_ON = re.compile(r"[{(,;]$")
A_STATEMENT_OF_ITS_OWN = ("import", "export")


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
    """The module without spaces around most punctuation, without remarks at the end of a line, and without line ends
    where the line plainly goes on. Lines in which a template or a regular expression may stand keep their spaces,
    since one may mean something there."""
    if any(line.count("`") % 2 for line in source.splitlines()):
        return source
    return "".join(map(_ended, *_with_the_next([_closer(REMARK.sub("", line)) for line in source.splitlines()])))


def _with_the_next(lines: list[str]) -> tuple[list[str], list[str]]:
    return lines, [*lines[1:], ""]


def _ended(line: str, after: str) -> str:
    stands_alone = line.startswith(A_STATEMENT_OF_ITS_OWN) or after.startswith(A_STATEMENT_OF_ITS_OWN)
    goes_on = bool(after) and not stands_alone and "//" not in line and GOES_ON.search(line)
    return line if goes_on else line + "\n"


def _closer(line: str) -> str:
    if "`" in line or "/" in line or "\\" in line or line.startswith(A_STATEMENT_OF_ITS_OWN):
        return line
    parts = STRING.split(line)
    return "".join(part if at % 2 else SPACES.sub(r"\1", part) for at, part in enumerate(parts))
