import assert from "node:assert/strict";
import { test } from "node:test";

import { shellFor } from "../../service_worker/shells.js";

const SHELLS = { "/": "today", "/check-in": "check-in", "/journal": "journal", "/journal/*": "entry", "/journal/new": "new-entry" };

test("a page's address opens its shell", () => {
  assert.equal(shellFor(SHELLS, "/"), "today");
  assert.equal(shellFor(SHELLS, "/check-in"), "check-in");
  assert.equal(shellFor(SHELLS, "/check-in/"), "check-in");
});

test("an exact address comes before a pattern", () => {
  assert.equal(shellFor(SHELLS, "/journal/new"), "new-entry");
  assert.equal(shellFor(SHELLS, "/journal/018f"), "entry");
});

test("everything else opens the offline page", () => {
  for (const pathname of ["/people", "/journal/018f/show", "/check-in/x", "/constructor"]) {
    assert.equal(shellFor(SHELLS, pathname), "offline", pathname);
  }
});
