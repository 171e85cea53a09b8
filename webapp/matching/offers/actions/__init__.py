"""The verbs of this room: offering, answering, letting go, trying the next one, asking oneself."""
