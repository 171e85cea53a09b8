"""The verbs of this room: making and ending a pair, contact and talks, notes."""
