"""What browsers enforce for us: no text becomes code, no other origin is asked, nobody's pages complain of nothing."""

from __future__ import annotations

from playwright.sync_api import ConsoleMessage, Response, expect

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.pages import wait_until_known
from tests.harness.server import Server
from tests.people import Cast

INTO_THE_PAGE = "() => { try { document.body.innerHTML = '<b>x</b>'; return 'done' } catch (e) { return e.name } }"
ANOTHER_POLICY = "() => { try { trustedTypes.createPolicy('other', {}); return 'done' } catch (e) { return e.name } }"
# From a timer: what a driver itself evaluates may evaluate more.
AS_CODE = """() => new Promise((done) => setTimeout(() => {
  try { done(new Function("return 1")()) } catch (error) { done(error.name) }
}))"""


def test_no_text_becomes_code(server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn) -> None:
    device = sign_in(new_device(), people.mary)
    page = device.go("/")
    device.wait_for_worker()
    assert page.evaluate(INTO_THE_PAGE) == "TypeError"
    assert page.evaluate(ANOTHER_POLICY) == "TypeError"
    assert page.evaluate(AS_CODE) == "EvalError"


def test_nobodys_pages_ask_nothing_in_vain_and_complain_of_nothing(
    server: Server, people: Cast, new_device: NewDevice
) -> None:
    device, said, failed = new_device(), list[str](), list[str]()
    page = device.page
    page.on("console", lambda message: _listen(said, message))
    page.on("response", lambda answer: _note(failed, answer))
    for path in ("/", "/sign-in", "/help-now", "/install", "/reset", "/join"):
        device.go(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
    assert (failed, said) == ([], [])


def test_only_our_own_origin_is_asked(server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn) -> None:
    device, asked = sign_in(new_device(), people.mary), set[str]()
    device.page.on("request", lambda request: asked.add(request.url))
    for path in ("/", "/check-in", "/journal", "/devices"):
        device.go(path)
        wait_until_known(device)
    foreign = [url for url in asked if not url.startswith((server.url, "data:"))]
    assert foreign == []


def _listen(said: list[str], message: ConsoleMessage) -> None:
    if message.type in ("error", "warning"):
        said.append(f"{message.type}: {message.text}")


def _note(failed: list[str], answer: Response) -> None:
    if answer.status >= 400:
        failed.append(f"{answer.status} {answer.url}")
