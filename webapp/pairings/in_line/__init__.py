"""A pair in which one came above the other at work: nothing more is shared until both say that they go on."""
