"""Keys, and what they seal: text at rest in the database, and the phones' sealed envelopes.

The keys live in the data folder, beside the database and never in it. Every sealed thing carries the id of its key,
so that a new key can take over while the old one still opens what it sealed.
"""

from webapp.sealing.anew import left_under_older_keys, seal_anew
from webapp.sealing.envelopes import (
    CannotOpen,
    Header,
    from_base64url,
    open_op,
    public_sealing_key,
    same_secret,
    seal_op,
    to_base64url,
    writer_secret,
)
from webapp.sealing.keys import (
    PAIR_KINDS,
    SECRET_KINDS,
    KeyRing,
    add_key,
    current_keys,
    drop_retired,
    find_pair,
    find_secret,
    load_keys,
    look_again,
    made_at,
    make_missing_keys,
)
from webapp.sealing.rest import open_text, seal_text

__all__ = [
    "PAIR_KINDS",
    "SECRET_KINDS",
    "CannotOpen",
    "Header",
    "KeyRing",
    "add_key",
    "current_keys",
    "drop_retired",
    "find_pair",
    "find_secret",
    "from_base64url",
    "left_under_older_keys",
    "load_keys",
    "look_again",
    "made_at",
    "make_missing_keys",
    "open_op",
    "open_text",
    "public_sealing_key",
    "same_secret",
    "seal_anew",
    "seal_op",
    "seal_text",
    "to_base64url",
    "writer_secret",
]
