"""Where the phones' outbox meets the rooms' actions: each op once, in order, acknowledged one by one; and the feed.

Nothing that a phone sends is dropped: it is done, or kept under its author with a reason, or kept as ciphertext.
"""

from webapp.sync.held import discard_held, held_of
from webapp.sync.models import HeldOp
from webapp.sync.views import room

__all__ = ["HeldOp", "discard_held", "held_of", "room"]
