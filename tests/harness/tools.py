"""The programs that tests need beside Python's own packages: where they are, and how they get here."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FIREFOX = ("firefox-esr", "firefox")
CADDY = ("caddy",)
NGINX = ("nginx", "/usr/sbin/nginx")
WEBKIT = ("WebKitWebDriver",)
XVFB = ("Xvfb",)
DEBIAN = {
    CHROMIUM: "chromium",
    FIREFOX: "firefox-esr",
    CADDY: "caddy",
    NGINX: "nginx",
    WEBKIT: "webkit2gtk-driver",
    XVFB: "xvfb",
}
DEBIANS_PYTHON = "/usr/bin/python3"
WEBKIT_FOR_PYTHON = ("python3-gi", "gir1.2-webkit2-4.1")
HAS_WEBKIT_FOR_PYTHON = "import gi; gi.require_version('Gtk', '3.0'); gi.require_version('WebKit2', '4.1')"


class Missing(Exception):
    """A program is not here and could not be installed."""


def chromium() -> str:
    """The path of Chromium: the machine's, else the one that Playwright brought."""
    return _found(CHROMIUM) or _playwrights("chromium") or _missing("Chromium")


def firefox() -> str:
    """The path of Firefox. Playwright's own is patched and has no real push, so it does not count."""
    return _found(FIREFOX) or _missing("Firefox")


def webkit_driver() -> str:
    """The path of WebKit's driver; tests/harness/webkit_window.py needs more, which Debian's Python must have."""
    return (_has_webkit_for_python() and _found(WEBKIT)) or _missing("WebKitGTK, its driver and its Python package")


def xvfb() -> str:
    """The path of the screen in memory."""
    return _found(XVFB) or _missing("Xvfb")


def caddy() -> str:
    """The path of Caddy."""
    return _found(CADDY) or _missing("Caddy")


def nginx() -> str:
    """The path of nginx."""
    return _found(NGINX) or _missing("nginx")


def node() -> str:
    """The Node that Playwright's wheel carries."""
    import playwright

    return str(Path(playwright.__file__).parent / "driver" / "node")


def node_tests() -> list[str]:
    """Every test of the scripts."""
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "js").rglob("*.test.js"))


def install_what_is_missing() -> None:
    """Take what is here, else Debian's packages where we may install them, else Playwright's own browsers."""
    missing = [package for names, package in DEBIAN.items() if not _found(names)]
    missing += [] if _has_webkit_for_python() else WEBKIT_FOR_PYTHON
    if missing and (how := _may_install()):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([*how, "apt-get", "update", "-qq"], check=False, env=environment)
        for package in missing:
            command = [*how, "apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
            subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL)
    if not _found(CHROMIUM) and not _playwrights("chromium"):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    _has_webkit_for_python.cache_clear()


def _may_install() -> list[str] | None:
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["env"]
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def _found(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


@functools.cache
def _has_webkit_for_python() -> bool:
    command = [DEBIANS_PYTHON, "-c", HAS_WEBKIT_FOR_PYTHON]
    return Path(DEBIANS_PYTHON).exists() and subprocess.run(command, capture_output=True, check=False).returncode == 0


def _playwrights(name: str) -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = str(getattr(playwright, name).executable_path)
    return path if Path(path).exists() else None


def _missing(name: str) -> str:
    raise Missing(f"Install {name}: it is not on this machine and could not be installed.")


if __name__ == "__main__":
    install_what_is_missing()
    print(chromium(), firefox(), webkit_driver(), xvfb(), caddy(), node(), sep="\n")
