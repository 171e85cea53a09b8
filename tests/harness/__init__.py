"""Real servers, real browsers and real trouble for tests: nothing in here imitates our own code."""
