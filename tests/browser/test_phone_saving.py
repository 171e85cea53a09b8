"""A form on a phone: kept before it says so, sent when there is signal, once, and never under another name."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.phone_pages import Answer, PhoneOf, Served, open_page, until_sent, until_worker, visit, waiting
from tests.harness.device import SILENT
from tests.harness.waiting import until
from webapp.database import writing
from webapp.people import SignIn, end_sign_ins

WORDS = "Could we talk about the night handover?"
NOTE = ("note", "write", "applied")
# A flush is under way: its question has been answered with "nobody", which the page hears once the sign-in is answered.
HEARS_OLD_NEWS_AFTER_THE_SIGN_IN = """
async () => {
  const ask = window.fetch;
  await window.flushNow();
  const signedIn = new Promise((heard) => {
    window.fetch = async (address, ...how) => {
      const answer = await ask(address, ...how);
      if (String(address).includes("/sync")) await signedIn;
      else setTimeout(() => { window.fetch = ask; heard(); }, 300);
      return answer;
    };
  });
  window.flushNow();
}
"""


def write(page: Page, words: str = WORDS) -> None:
    page.fill("#words", words)
    page.click("#send")


def says(page: Page, words: str) -> None:
    expect(page.locator("offline-form [data-status]")).to_contain_text(words)


def asked_to_sign_in_again(context: BrowserContext, served: Served) -> Page:
    """She wrote after her session had ended; the dialog is open above her words."""
    served.give_password(served.cast.mary)
    page = open_page(context, served)
    until_sent(page)
    with served.app.app_context(), writing():
        end_sign_ins(SignIn.person_id == served.cast.mary, why="test")
    write(page)
    says(page, "Saved on this phone.")
    page.get_by_role("button", name="Sign in").first.click()
    return page


def test_a_note_is_saved_on_the_phone_and_then_sent(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    write(page)
    says(page, "Sent.")
    assert served.ledger(served.cast.mary) == [NOTE]
    assert served.posted == 0


def test_without_signal_it_waits_and_goes_out_by_itself(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_sent(page)
    phone.set_offline(True)
    write(page)
    says(page, "Saved on this phone.")
    expect(page.locator("waiting-badge")).to_be_visible()
    assert served.ledger(served.cast.mary) == []
    phone.set_offline(False)
    says(page, "Sent.")
    expect(page.locator("waiting-badge")).to_be_hidden()
    assert served.ledger(served.cast.mary) == [NOTE]


def test_what_waits_survives_closing_the_page(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_sent(page)
    served.stop()
    write(page)
    says(page, "Saved on this phone.")
    page.close()
    served.start()
    until_sent(open_page(phone, served, "/outbox"))
    assert served.ledger(served.cast.mary) == [NOTE]


def test_ten_taps_make_one_entry(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    page.fill("#words", WORDS)
    page.evaluate("for (let tap = 0; tap < 10; tap += 1) document.querySelector('#send').click()")
    says(page, "Sent.")
    until_sent(page)
    assert served.ledger(served.cast.mary) == [NOTE]


def test_an_empty_form_is_not_saved(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_sent(page)
    page.click("#send")
    assert waiting(page) == 0
    assert served.ledger(served.cast.mary) == []


def test_a_second_note_is_another_note(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    write(page)
    says(page, "Sent.")
    expect(page.locator("#words")).to_have_value("")
    write(page, "And one more thing.")
    until_sent(page)
    expect(page.locator("mirror-list li")).to_have_count(2)  # both stay, and neither waits
    expect(page.locator("mirror-list [data-if=waiting]")).to_have_count(0)
    assert served.ledger(served.cast.mary) == [NOTE, NOTE]


def test_taking_back_goes_the_same_way(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_sent(page)
    phone.set_offline(True)
    write(page)
    expect(page.locator("mirror-list li")).to_contain_text(WORDS)
    page.get_by_role("button", name="Take back").click()
    says(page, "Taken back.")
    expect(page.locator("mirror-list li")).to_have_count(0)
    phone.set_offline(False)
    until_sent(page)
    assert served.ledger(served.cast.mary) == [("note", "take_back", "applied"), NOTE]


def test_a_response_that_is_lost_after_the_commit_makes_no_second_entry(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_sent(page)
    lost = []
    page.route(
        "**/sync", lambda route: (lost.append(route.fetch()), route.abort()) if len(lost) < 3 else route.continue_()
    )
    write(page)
    until_sent(page)
    says(page, "Sent.")
    assert lost  # how many: the worker, whose answers arrive, may have sent it next
    assert served.ledger(served.cast.mary) == [NOTE]


def test_an_answer_that_is_not_the_servers_own_is_no_acknowledgement(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_sent(page)
    answers: list[Answer] = [
        ("<h1>Welcome to Hospital Wi-Fi</h1>", 200, {"Content-Type": "text/html"}),
        ("{}", 200, {"Content-Type": "application/json"}),
        ("", 302, {"Location": "/sign-in"}),
        ("", 500, {}),
        ("", 502, {}),
        ("", 419, {}),
        ("", 429, {"Retry-After": "1"}),
    ]
    served.strangers = answers  # the worker gets them as well as the page
    write(page)
    while served.strangers_asked < len(answers):
        page.evaluate("window.flushNow()")
        assert waiting(page) == 1
    served.strangers = []
    until_sent(page)
    says(page, "Sent.")
    assert served.ledger(served.cast.mary) == [NOTE]


def test_three_pages_that_come_online_together_send_it_once(phone: BrowserContext, served: Served) -> None:
    pages = [open_page(phone, served) for _ in range(3)]
    for page in pages:
        until_sent(page)
    phone.set_offline(True)
    write(pages[0])
    says(pages[0], "Saved on this phone.")
    phone.set_offline(False)
    for page in pages:
        page.evaluate("window.flushNow()")
    says(pages[0], "Sent.")
    assert served.ledger(served.cast.mary) == [NOTE]


def test_the_outbox_works_without_locks_channels_or_background_sync(phone_of: PhoneOf, served: Served) -> None:
    context = phone_of(served.cast.mary)
    context.add_init_script(
        "delete Navigator.prototype.locks; delete window.BroadcastChannel; delete window.SyncManager;"
        "delete ServiceWorkerRegistration.prototype.sync;"
    )
    page = open_page(context, served)
    until_sent(page)
    context.set_offline(True)
    write(page)
    says(page, "Saved on this phone.")
    context.set_offline(False)
    says(page, "Sent.")
    assert served.ledger(served.cast.mary) == [NOTE]


def test_an_expired_session_keeps_it_until_she_signs_in_again_in_place(phone: BrowserContext, served: Served) -> None:
    page = asked_to_sign_in_again(phone, served)
    page.fill("#again-email", "mary@example.org")
    page.fill("#again-password", served.password)
    page.locator("dialog[open]").get_by_role("button", name="Sign in").click()
    says(page, "Sent.")
    assert served.ledger(served.cast.mary) == [NOTE]


def test_a_question_from_before_she_signed_in_again_is_asked_once_more(phone: BrowserContext, served: Served) -> None:
    page = asked_to_sign_in_again(phone, served)
    page.evaluate(HEARS_OLD_NEWS_AFTER_THE_SIGN_IN)
    page.fill("#again-email", "mary@example.org")
    page.fill("#again-password", served.password)
    page.locator("dialog[open]").get_by_role("button", name="Sign in").click()
    says(page, "Sent.")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert served.ledger(served.cast.mary) == [NOTE]


def test_somebody_elses_session_only_brings_it_in_sealed(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_sent(page)
    phone.set_offline(True)
    write(page)
    says(page, "Saved on this phone.")
    page.evaluate(SILENT)
    page.close()
    phone.set_offline(False)
    served.sign_in(phone, served.cast.ana)
    other = open_page(phone, served)
    until_sent(other)
    assert WORDS not in other.content()
    assert served.ledger(served.cast.ana) == served.ledger(served.cast.mary) == []
    [brought] = until(served.brought_in, "the sealed op")
    assert brought.brought_by_id == served.cast.ana
    assert WORDS not in brought.envelope


def test_signing_out_without_signal_leaves_only_sealed_work(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_worker(page)
    phone.set_offline(True)
    write(page)
    says(page, "Saved on this phone.")
    page.fill("#words", "A second thought, not yet sent")
    page.click("#sign-out")
    page.wait_for_url(served.address + "/")
    assert [cookie["name"] for cookie in phone.cookies() if cookie["name"] == "here"] == []
    assert served.stored(page, ("mirror", "drafts", "owners")) == []
    everything = str(served.stored(page, ("outbox", "meta"))) + page.evaluate("JSON.stringify(localStorage)")
    assert "handover" not in everything
    assert "second thought" not in everything
    page.close()
    phone.set_offline(False)
    served.sign_in(phone, served.cast.mary)
    until_sent(open_page(phone, served))
    assert served.ledger(served.cast.mary) == [("draft", "save", "applied"), NOTE]


def test_one_bad_op_among_good_ones_needs_attention_and_the_others_go(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_sent(page)
    phone.set_offline(True)
    write(page)
    says(page, "Saved on this phone.")
    page.evaluate(
        "window.saveOp({kind: 'note', action: 'write', fields: {pairing: crypto.randomUUID(), words: 'To nobody'}})"
    )
    write(page, "A third one")
    says(page, "Saved on this phone.")
    phone.set_offline(False)
    says(page, "Sent.")
    visit(page, served, "/outbox")
    attention = page.locator("[data-group=attention] li")
    expect(attention).to_have_count(1)
    expect(attention).to_contain_text("To nobody")
    assert [row[2] for row in served.ledger(served.cast.mary)].count("applied") == 2


def test_a_phone_that_cannot_keep_it_posts_the_plain_form(phone_of: PhoneOf, served: Served) -> None:
    context = phone_of(served.cast.mary)
    context.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'InvalidStateError') }")
    page = open_page(context, served)
    page.fill("#words", WORDS)
    with page.expect_navigation():
        page.click("#send")
    assert served.posted == 1


def test_without_store_and_without_signal_the_words_stay_and_it_says_so(phone_of: PhoneOf, served: Served) -> None:
    context = phone_of(served.cast.mary, permissions=["clipboard-read", "clipboard-write"])
    context.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'InvalidStateError') }")
    page = open_page(context, served)
    context.set_offline(True)
    write(page)
    says(page, "This is not saved yet.")
    expect(page.locator("#words")).to_have_value(WORDS)
    page.get_by_role("button", name="Copy my words").click()
    says(page, "Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == WORDS


def test_a_transaction_that_aborts_is_never_called_saved(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_sent(page)
    phone.set_offline(True)
    page.evaluate(
        """() => { const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (...row) {
          const putting = put.apply(this, row);
          if (this.name === 'outbox') this.transaction.abort();
          return putting; }; }"""
    )
    write(page)
    says(page, "This is not saved yet.")
    expect(page.locator("#words")).to_have_value(WORDS)
    assert waiting(page) == 0


def test_a_full_phone_gives_up_its_mirror_before_its_outbox(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_sent(page)
    page.evaluate(
        """() => { const put = IDBObjectStore.prototype.put; let full = true;
        IDBObjectStore.prototype.put = function (...row) {
          if (full && this.name === 'outbox') { full = false; throw new DOMException('full', 'QuotaExceededError'); }
          return put.apply(this, row); }; }"""
    )
    write(page)
    says(page, "Sent.")
    assert served.ledger(served.cast.mary) == [NOTE]


def test_a_connection_that_died_is_opened_again(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_sent(page)
    page.evaluate(
        """() => { const begin = IDBDatabase.prototype.transaction; let dead = true;
        IDBDatabase.prototype.transaction = function (...asked) {
          if (dead) { dead = false; throw new DOMException('closing', 'InvalidStateError'); }
          return begin.apply(this, asked); }; }"""
    )
    write(page)
    says(page, "Sent.")
    assert served.ledger(served.cast.mary) == [NOTE]


def test_the_saved_row_says_nothing_in_clear(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_sent(page)
    phone.set_offline(True)
    write(page)
    says(page, "Saved on this phone.")
    [row] = served.stored(page, ("outbox",))
    clear = {"op_id", "key_id", "device_id", "owner_tag", "seq", "sealed", "saved_at", "state", "status", "reason"}
    assert set(row) == clear
    assert "handover" not in str(served.stored(page, ("outbox", "mirror", "drafts", "meta")))


def test_on_a_shared_device_nothing_is_kept_once_it_is_sent(phone_of: PhoneOf, served: Served) -> None:
    context = phone_of(served.cast.mary, kind="shared")
    page = open_page(context, served)
    write(page)
    says(page, "Sent.")
    until_sent(page)
    assert served.stored(page, ("outbox", "mirror", "drafts")) == []
