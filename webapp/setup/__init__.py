"""The first start: whoever reads the terminal makes the organisation, its first administrator and first programme."""

from webapp.setup.actions import is_needed
from webapp.setup.code import fresh_code

__all__ = ["fresh_code", "is_needed"]
