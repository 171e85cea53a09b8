"""`bin/serve` starts a hospital with one command, says what is wrong in one sentence, and leaves nothing behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.harness.server import ROOT, free_port
from tests.harness.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.long]
SERVE = str(ROOT / "bin" / "serve")


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "FRIENDTOR_DATA": str(folder / "data"), **more}


def serve(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run it to its end, for starts that are refused."""
    env = environment(folder, PORT=str(free_port()), **more)
    return subprocess.run([SERVE, *words], env=env, capture_output=True, text=True, timeout=120, check=False)


@contextmanager
def started(folder: Path, *words: str, **more: str) -> Iterator[tuple[str, subprocess.Popen[str], Path]]:
    """(address, process, what it says) of a start that goes well."""
    port, said = free_port(), folder / "said"
    with said.open("w") as output:
        process = subprocess.Popen(
            [SERVE, *words],
            env=environment(folder, PORT=str(port), **more),
            stdout=output,
            stderr=output,
            text=True,
            start_new_session=True,
        )
    address = f"http://localhost:{port}"
    try:
        until(lambda: answers(address) or process.poll() is not None, "a start", within=90)
        assert process.poll() is None, said.read_text()
        yield address, process, said
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def page(address: str, path: str) -> str:
    with urllib.request.urlopen(address + path, timeout=10) as answer:
        return str(answer.read().decode())


def test_a_first_start_says_where_to_go_and_stops_without_orphans(tmp_path: Path) -> None:
    with started(tmp_path) as (address, process, said):
        words = said.read_text()
        assert f"Friendtor is at {address}" in words
        assert re.search(rf"{address}/set-up and type this code: [0-9A-Z]{{4}}(-[0-9A-Z]{{4}}){{2}}", words)
        children = processes_with(f"FRIENDTOR_DATA={tmp_path / 'data'}")
        assert len(children) >= 3
        process.send_signal(signal.SIGINT)  # Ctrl-C
        process.wait(timeout=30)
        until(lambda: not processes_with(f"FRIENDTOR_DATA={tmp_path / 'data'}"), "the end of every process")
        assert not answers(address)
    keys = list((tmp_path / "data" / "keys").iterdir())
    assert len(keys) == 5
    assert all(key.stat().st_mode & 0o777 == 0o600 for key in keys)


def test_a_demonstration_lists_people_and_a_second_start_reuses_it(tmp_path: Path) -> None:
    with started(tmp_path, "--demo") as (address, _, said):
        assert "Mary Okafor" in page(address, "/sign-in")
        assert "type this code" not in said.read_text()
    with started(tmp_path, "--demo") as (address, _, _said):
        assert page(address, "/sign-in").count("Mary Okafor") == 1


def test_a_demonstration_refuses_real_people(tmp_path: Path) -> None:
    with started(tmp_path) as (address, _, said):
        set_up(address, said.read_text())
    refused = serve(tmp_path, "--demo")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "real people" in refused.stderr


@pytest.mark.parametrize(
    ("settings", "words", "sentence"),
    [
        ({"PUBLIC_URL": "http://friendtor.example.org"}, (), "https"),
        ({"PUBLIC_URL": "https://friendtor.example.org"}, ("--demo",), "--demo"),
        ({"SESSION_SECRET": "short"}, (), "SESSION_SECRET"),
        ({"SMTP_PORT": "many"}, (), "SMTP_PORT"),
        ({"DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:9/none"}, (), "DATABASE_URL"),
    ],
)
def test_what_must_be_set_is_said_in_one_sentence(
    tmp_path: Path, settings: dict[str, str], words: tuple[str, ...], sentence: str
) -> None:
    refused = serve(tmp_path, *words, **settings)
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert sentence in refused.stderr


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        env = environment(tmp_path, PORT=str(other.getsockname()[1]))
        refused = subprocess.run([SERVE], env=env, capture_output=True, text=True, timeout=60, check=False)
    assert refused.returncode == 2
    assert "taken" in refused.stderr


def test_an_unknown_word_is_refused(tmp_path: Path) -> None:
    assert serve(tmp_path, "--dmeo").returncode == 2


def set_up(address: str, said: str) -> None:
    """Fill in the set-up page as the first administrator does."""
    from http.cookiejar import CookieJar
    from urllib.parse import urlencode

    from tests.page_linter import forms_of

    found = re.search(r"type this code: (\S+)", said)
    assert found is not None
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    shown = browser.open(f"{address}/set-up").read().decode()
    [form] = [form for form in forms_of(shown) if "organisation" in form.values]
    answers = {
        **form.values,
        "code": found[1],
        "organisation": "St Mary's Hospital",
        "sender_name": "St Mary's",
        "site": "North",
        "unit": "Ward 4",
        "name": "Ada Smith",
        "email": "ada@example.org",
        "password": "a lamp in the long corridor",
        "programme": "New nurses",
        "coordinates": "y",
        "kind": "own",
    }
    post = urllib.request.Request(f"{address}/set-up", urlencode(answers).encode(), {"Origin": address})
    assert browser.open(post).status == 200


def processes_with(setting: str) -> list[int]:
    """Processes that were started with this setting."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if setting.encode() in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
        except OSError:
            continue
    return found
