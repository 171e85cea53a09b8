"""E-mail: neutral letters, kept as rows by the transaction that causes them, and posted by the worker afterwards."""

from webapp.mail.delivery import deliver_due, drop_unposted, how_many_wait, waiting_since, was_posted_since
from webapp.mail.letters import Letter, can_post, post_at_once, post_later, write_letter
from webapp.mail.models import OutgoingMail
from webapp.mail.post import MemoryPost, Post, SmtpPost, Unposted

__all__ = [
    "Letter",
    "MemoryPost",
    "OutgoingMail",
    "Post",
    "SmtpPost",
    "Unposted",
    "can_post",
    "deliver_due",
    "drop_unposted",
    "how_many_wait",
    "post_at_once",
    "post_later",
    "waiting_since",
    "was_posted_since",
    "write_letter",
]
