"""Telling people at a decent hour: whose browser may be sent a push, what waits to be told, and quiet hours.

A room says `tell(person, Message(...))` inside its own transaction; a worker sends it later. The words are neutral,
a message goes out once, and nobody is woken.
"""

from webapp.push.badges import badge
from webapp.push.courier import Courier, deliver_now
from webapp.push.figures import Figures, figures
from webapp.push.messages import Message, away_and_back, away_until, quiet_for, take_back, tell, tell_later, told_at
from webapp.push.office import init_app, post_office, public_key
from webapp.push.origins import TroubledService, ask_again, due_since, stopped_origins, troubled_services
from webapp.push.quiet import Quiet, next_decent_moment
from webapp.push.release import release_due
from webapp.push.subscriptions import end_for_person, end_for_sign_in, states_of
from webapp.push.sweep import forget_old

__all__ = [
    "Courier",
    "Figures",
    "Message",
    "Quiet",
    "TroubledService",
    "ask_again",
    "away_and_back",
    "away_until",
    "badge",
    "deliver_now",
    "due_since",
    "end_for_person",
    "end_for_sign_in",
    "figures",
    "forget_old",
    "init_app",
    "next_decent_moment",
    "post_office",
    "public_key",
    "quiet_for",
    "release_due",
    "states_of",
    "stopped_origins",
    "take_back",
    "tell",
    "tell_later",
    "told_at",
    "troubled_services",
]
