"""The blueprint that the views of this room share."""

from flask import Blueprint

room = Blueprint("sync", __name__)
