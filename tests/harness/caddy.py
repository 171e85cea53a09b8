"""Caddy as docs/Caddyfile sets it up, on a free port with a certificate of its own making."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from tests.harness.server import ROOT, free_port
from tests.harness.tools import caddy
from tests.harness.waiting import until

# Only what a machine without a public name needs: our own certificate, no port 80, nothing left behind.
HERE = """{{
	admin off
	auto_https disable_redirects
	skip_install_trust
	storage file_system {folder}
	local_certs
}}
"""


class Caddy:
    """https in front of a server."""

    def __init__(self, folder: Path, upstream: int) -> None:
        self.port = free_port()
        self.url = f"https://localhost:{self.port}"
        self._folder = folder
        self._config = folder / "Caddyfile"
        self._upstream = upstream
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        recipe = (ROOT / "docs" / "Caddyfile").read_text()
        recipe, addresses = re.subn(r"^friendtor\.example\.org\b", f"localhost:{self.port}", recipe, flags=re.M)
        recipe, upstreams = re.subn(r"127\.0\.0\.1:8000", f"127.0.0.1:{self._upstream}", recipe)
        assert (addresses, upstreams) == (1, 1), "docs/Caddyfile names one address and one upstream"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._config.write_text(HERE.format(folder=self._folder / "certificates") + recipe)
        command = [caddy(), "run", "--config", str(self._config), "--adapter", "caddyfile"]
        with (self._folder / "caddy.log").open("wb") as log:
            environment = {**os.environ, "HOME": str(self._folder), "XDG_DATA_HOME": str(self._folder)}
            self._process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        until(lambda: "serving initial configuration" in (self._folder / "caddy.log").read_text(), "Caddy's start")

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=15)
