"""F38: the worker never puts its hand on what is posted: not its bytes, not its answer."""

from __future__ import annotations

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import fill_in_check_in, wait_until_known
from tests.harness.proxy import FaultProxy
from tests.people import Cast

EVERY_BYTE = bytes(range(256)) * 800
POST_EVERY_BYTE = """
fetch("/sync", { method: "POST", body: Uint8Array.from({ length: 256 * 800 }, (_, at) => at % 256) })
  .then(({ status }) => status)
"""
POST_AS_WITHOUT_SCRIPTS = """
() => {
  const form = document.querySelector("offline-form form");
  const audience = Object.assign(document.createElement("input"), { type: "hidden", name: "audience", value: "self" });
  form.append(audience);
  HTMLFormElement.prototype.submit.call(form);
}
"""


def test_what_is_posted_arrives_as_it_was_and_is_answered_by_the_server(
    people: Cast, proxy: FaultProxy, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(proxy.url), people.mary)
    device.go("/")
    wait_until_known(device)
    page = device.go("/check-in")
    assert page.evaluate("navigator.serviceWorker.controller !== null")
    with page.expect_response("**/sync") as answer:
        assert page.evaluate(POST_EVERY_BYTE) == 415
    assert not answer.value.from_service_worker
    assert EVERY_BYTE in proxy.bodies_of("POST", "/sync")
    words = witness.typed(people.mary, canary("posted"))
    fill_in_check_in(page, words)
    with page.expect_response(lambda response: response.request.method == "POST") as answer, page.expect_navigation():
        page.evaluate(POST_AS_WITHOUT_SCRIPTS)
    assert answer.value.ok or answer.value.status == 303
    assert not answer.value.from_service_worker
    assert proxy.count("POST", "/check-in") == 1
    assert words.replace(" ", "+").encode() in proxy.bodies_of("POST", "/check-in")[0]
    device.page.goto("about:blank")
    device.go("/help-now")
    witness.assert_private(reader=people.charlie)
