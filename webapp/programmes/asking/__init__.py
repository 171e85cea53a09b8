"""Asking to take part in a programme from a poster, and the coordinator's answer: nobody is added before it."""
