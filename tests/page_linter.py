"""What every page must be: one h1, unique ids, labelled fields, a matching title, nothing inline, no other origin."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from xml.etree.ElementTree import Element

import html5lib

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
WRITTEN = {"text", "email", "tel", "search", "password", "number", "date", "time"}
WITHOUT_TOKEN = {"/sign-in"}  # the dialog to sign in again in place, sent by script as JSON with the Origin check
TYPED = {"input", "select", "textarea"}
UUID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
VARYING = re.compile(rf'{UUID}|name="csrf_token"(?: type="hidden")? value="[^"]+')
FAULTLESS: set[bytes] = set()
NO_LABEL = {"hidden", "submit", "button", "image", "reset"}


@dataclass
class FormOnPage:
    """A form's address and what it would send untouched."""

    action: str
    values: dict[str, object] = field(default_factory=dict)


@lru_cache(maxsize=8)  # a page is linted, and then its form is filled in
def parse(html: str) -> Element:
    """The tree, for reading only."""
    tree: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return tree


def lint(html: str) -> list[str]:
    """Everything that is wrong with a page, in words that say what to do.

    Each page is read once: tests see the same ones again and again, on the other database or with other ids and tokens.
    """
    seen = sha256(_with_ids_counted(html).encode()).digest()
    if seen in FAULTLESS:
        return []
    problems = _problems_on(parse(html))
    if not problems:
        FAULTLESS.add(seen)
    return problems


def _with_ids_counted(html: str) -> str:
    """The page with its ids named in their order, so that two that are the same stay the same, and without tokens."""
    counted: dict[str, str] = {}
    return VARYING.sub(lambda found: counted.setdefault(found[0], f"id {len(counted)}"), html)


def _problems_on(page: Element) -> list[str]:
    return [
        *_one_h1_and_a_title_that_says_it(page),
        *_unique_ids(page),
        *_labels(page),
        *_nothing_inline(page),
        *_only_our_origin(page),
        *_language(page),
        *_images_and_buttons(page),
        *_headings_in_order(page),
        *_one_main_part(page),
        *_forms_that_are_ours(page),
    ]


def forms_of(html: str) -> list[FormOnPage]:
    """The page's forms with the values that are filled in already."""
    found = []
    for form in parse(html).iter("form"):
        if form.get("method") == "dialog":
            continue  # closes a dialog, sends nothing
        on_page = FormOnPage(form.get("action", ""))
        for element in form.iter():
            name = element.get("name")
            if not name or element.tag not in TYPED or element.get("disabled") is not None:
                continue
            if element.get("type") in ("checkbox", "radio"):
                if element.get("checked") is not None:
                    on_page.values[name] = element.get("value", "on")
            elif element.tag == "textarea":
                on_page.values[name] = (element.text or "").lstrip("\n")
            elif element.tag == "select":
                chosen = [o for o in element.iter("option") if o.get("selected") is not None]
                options = chosen or list(element.iter("option"))[:1]
                on_page.values[name] = options[0].get("value", options[0].text or "") if options else ""
            elif element.get("type") not in ("submit", "file", "button"):
                _add(on_page.values, name, element.get("value", ""))
        found.append(on_page)
    return found


def _add(values: dict[str, object], name: str, value: str) -> None:
    """Fields of one name become a list, as a browser sends each of them."""
    if name not in values:
        values[name] = value
    else:
        before = values[name]
        values[name] = [*before, value] if isinstance(before, list) else [before, value]


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _in_templates(page: Element) -> set[Element]:
    return {inner for template in page.iter("template") for inner in template.iter()}


def _one_h1_and_a_title_that_says_it(page: Element) -> list[str]:
    hidden = _in_templates(page)
    headings = [h for h in page.iter("h1") if h not in hidden]
    if len(headings) != 1:
        return [f"a page has one h1, this has {len(headings)}"]
    title = page.find("head/title")
    if title is None or not _words(title):
        return ["a page needs a title"]
    if _words(headings[0]).casefold() not in _words(title).casefold():
        return [f"the title “{_words(title)}” must contain the h1 “{_words(headings[0])}”"]
    return []


def _unique_ids(page: Element) -> list[str]:
    hidden = _in_templates(page)
    seen: set[str] = set()
    twice = set()
    for element in page.iter():
        name = element.get("id")
        if name and element not in hidden:
            (twice if name in seen else seen).add(name)
    missing = [
        f"{attribute}={target} points to nothing"
        for element in page.iter()
        if element not in hidden
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls")
        for target in (element.get(attribute) or "").split()
        if target not in seen
    ]
    return [f"the id {name} stands twice" for name in sorted(twice)] + missing


def _labels(page: Element) -> list[str]:
    labelled = {label.get("for") for label in page.iter("label")}
    wrapped = {inner for label in page.iter("label") for inner in label.iter()}
    return [
        f"the field {element.get('name')} needs a label"
        for element in page.iter()
        if element.tag in TYPED
        and element.get("type") not in NO_LABEL
        and element.get("id") not in labelled
        and element not in wrapped
        and not element.get("aria-label")
        and not element.get("aria-labelledby")
    ]


def _nothing_inline(page: Element) -> list[str]:
    problems = []
    for element in page.iter():
        if element.tag == "style" or element.get("style") is not None:
            problems.append(f"<{element.tag}> has an inline style")
        if element.tag == "script" and element.get("src") is None and element.get("type") != "application/json":
            problems.append("an inline script")
        problems += [f"<{element.tag}> has {name}" for name in element.attrib if str(name).startswith("on")]
    return problems


def _only_our_origin(page: Element) -> list[str]:
    loading = {"script": "src", "link": "href", "img": "src", "iframe": "src"}
    return [
        f"<{element.tag}> loads from another origin: {address}"
        for element in page.iter()
        if (address := element.get(loading.get(str(element.tag), "none"), ""))
        and address.startswith(("http:", "https:", "//"))
    ]


def _language(page: Element) -> list[str]:
    return [] if page.get("lang") in ("en", "es") else ["<html> needs lang"]


def _images_and_buttons(page: Element) -> list[str]:
    problems = [f"an image without alt: {img.get('src')}" for img in page.iter("img") if img.get("alt") is None]
    for element in (*page.iter("button"), *page.iter("a")):
        named = _words(element) or element.get("aria-label") or element.get("aria-labelledby")
        if not named:
            problems.append(f"a <{element.tag}> without words")
    return problems


def _headings_in_order(page: Element) -> list[str]:
    hidden = _in_templates(page)
    levels = [int(str(e.tag)[1]) for e in page.iter() if e.tag in HEADINGS and e not in hidden]
    steps = itertools.pairwise(levels)
    return [f"an h{before} is followed by an h{after}" for before, after in steps if after > before + 1]


def _one_main_part(page: Element) -> list[str]:
    mains = len(list(page.iter("main")))
    return [] if mains == 1 else [f"a page has one <main>, this has {mains}"]


def _forms_that_are_ours(page: Element) -> list[str]:
    hidden = _in_templates(page)
    is_shell = page.get("data-shell") is not None  # it belongs to nobody: the phone sends what is written in it
    problems = []
    for form in page.iter("form"):
        posts = form.get("method", "get").lower() == "post" and not is_shell
        names = {element.get("name") for element in form.iter("input")}
        if posts and form not in hidden and "csrf_token" not in names and form.get("action") not in WITHOUT_TOKEN:
            problems.append(f"the form to {form.get('action')} has no csrf_token")
        for element in form.iter():
            written = element.tag == "textarea" or (element.tag == "input" and element.get("type", "text") in WRITTEN)
            if written and element.get("autocomplete") is None:
                problems.append(f"the field {element.get('name')} needs autocomplete: browsers keep what is typed")
    return problems
