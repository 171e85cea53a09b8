"""The blueprint."""

from flask import Blueprint

room = Blueprint("journal", __name__)
