"""The part of matching that needs numpy and scipy: imported by whoever solves, never by a web process.

Everything here speaks of rows (mentees) and columns (mentors) by their number in the run's own order, `order.py`.
"""
