"""Where the phones' outbox meets the rooms' actions: each op once, in order, acknowledged one by one; and the feed.

Nothing that a phone sends is dropped: it is done, or kept under its author with a reason, or kept as ciphertext.
"""

from webapp.sync.deciding import how_many_wait
from webapp.sync.drop_box import look_through
from webapp.sync.held import discard_held, held_of
from webapp.sync.models import HeldOp
from webapp.sync.tidying import forget_old
from webapp.sync.views import room

__all__ = ["HeldOp", "discard_held", "forget_old", "held_of", "how_many_wait", "look_through", "room"]
