"""What a coordinator may count over many pairs, as docs/figures.md defines it: facts, never anybody's answers."""
