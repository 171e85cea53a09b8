"""Setting a programme up, its people, its objectives and its start kit. Its pairs are in the rooms above."""

from webapp.programmes.asking import views as asking
from webapp.programmes.views import kit, objectives, people, setting_up
from webapp.programmes.views.room import room

__all__ = ["asking", "kit", "objectives", "people", "room", "setting_up"]
