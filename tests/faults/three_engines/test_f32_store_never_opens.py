"""F32: the phone's database never opens. The form goes as without scripts, or its words stay and can be copied."""

from __future__ import annotations

from tests.harness.fixtures import NewHandset, SignIn
from tests.harness.oracles import Witness, canary, texts_on_server
from tests.harness.server import Server
from tests.harness.steps import SEND, WORDS, fill_in_check_in, until_form_is
from tests.harness.waiting import until
from tests.people import Cast

NEVER_OPENS = "IDBFactory.prototype.open = () => new EventTarget();"
COPY = 'offline-form [data-status] [data-do="copy"]'


def test_it_is_posted_with_signal_and_kept_on_the_screen_without(
    server: Server, people: Cast, new_handset: NewHandset, sign_in: SignIn, witness: Witness
) -> None:
    phone = sign_in(new_handset(init_script=NEVER_OPENS), people.mary)
    phone.show("/check-in")
    words = canary("check-in")
    fill_in_check_in(phone, words)
    phone.offline()
    phone.tap(SEND)
    until_form_is(phone, "failed")
    until(lambda: phone.run(f"document.querySelector('{COPY}')?.checkVisibility()"), "a way to copy the words")
    assert phone.value(WORDS) == words
    phone.online()
    phone.tap(SEND)

    def arrived() -> bool:
        with server.inside():
            return any(words in found.text for found in texts_on_server())

    until(arrived, "the form's way to the server")
