"""The pages of this room, by what one comes for."""

from flask.blueprints import BlueprintSetupState

from webapp.people.sessions import SHARED_IDLE
from webapp.people.views import (
    desk,
    invitations,
    join,
    on_my_phone,
    places,
    reset,
    second_door,
    second_step,
    second_step_desk,
    settings,
    sign_in,
)
from webapp.people.views.room import room

__all__ = [
    "desk",
    "invitations",
    "join",
    "on_my_phone",
    "places",
    "reset",
    "room",
    "second_door",
    "second_step",
    "second_step_desk",
    "settings",
    "sign_in",
]


@room.app_context_processor
def _said_on_every_page() -> dict[str, object]:
    return {"idle_minutes": int(SHARED_IDLE.total_seconds() // 60)}


@room.record_once
def _ask_with_our_page(state: BlueprintSetupState) -> None:
    state.app.extensions["ask_to_sign_in"] = sign_in.ask_to_sign_in
