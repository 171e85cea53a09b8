"""`python -m benchmarks [NAME [options]]`: each benchmark in a process of its own, one after another."""

from __future__ import annotations

import subprocess
import sys

NAMES = ("sync", "peer", "beside", "push", "phone", "load", "memory", "matching", "staff", "pairs")


def main(words: list[str]) -> int:
    """Run what is named, else all. The exit code is the first that is not 0."""
    if words and words[0] not in NAMES:
        print(f"Say bin/bench, or bin/bench with one of: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    for name in words[:1] or NAMES:
        print(f"\n── {name} " + "─" * (60 - len(name)), flush=True)
        code = subprocess.call([sys.executable, "-m", f"benchmarks.{name}", *words[1:]])
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
