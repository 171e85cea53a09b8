"""nginx as docs/nginx.conf sets it up, on free ports with a certificate of our own."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.harness.server import ROOT, free_port
from tests.harness.tools import nginx
from tests.harness.waiting import until

# What Debian's own nginx.conf has around a site, with everything it writes in one folder.
AROUND = """{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
	access_log off;
	client_body_temp_path {folder}/body;
	proxy_temp_path {folder}/proxy;
	fastcgi_temp_path {folder}/fastcgi;
	uwsgi_temp_path {folder}/uwsgi;
	scgi_temp_path {folder}/scgi;
{site}
}}
"""
LETSENCRYPT = "/etc/letsencrypt/live/friendtor.example.org"


class Nginx:
    """https in front of a server; `plain` is its port without."""

    def __init__(self, folder: Path, upstream: int) -> None:
        self.port, self.plain = free_port(), free_port()
        self.url = f"https://localhost:{self.port}"
        self._folder, self._upstream = folder, upstream
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        make_certificate(self._folder)
        (self._folder / "nginx.conf").write_text(self._config())
        command = [nginx(), "-p", str(self._folder), "-c", str(self._folder / "nginx.conf"), "-e", "error.log"]
        with (self._folder / "said.log").open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        until(lambda: (self._folder / "nginx.pid").exists(), "nginx's start")

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=15)

    def _config(self) -> str:
        site = (ROOT / "docs" / "nginx.conf").read_text()
        here = {
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "listen 443 ssl": f"listen 127.0.0.1:{self.port} ssl",
            "127.0.0.1:8000": f"127.0.0.1:{self._upstream}",
            f"{LETSENCRYPT}/fullchain.pem": str(self._folder / "certificate.pem"),
            f"{LETSENCRYPT}/privkey.pem": str(self._folder / "key.pem"),
            "https://friendtor.example.org": self.url,
        }
        for documented, ours in here.items():
            assert site.count(documented) == 1, f"docs/nginx.conf says {documented} once"
            site = site.replace(documented, ours)
        site = site.replace("server_name friendtor.example.org", "server_name localhost")
        user = "user root;" if self._folder.stat().st_uid == 0 else ""
        return AROUND.format(user=user, folder=self._folder, site=site)


def make_certificate(folder: Path) -> None:
    """A certificate for localhost that nobody but the test trusts."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
