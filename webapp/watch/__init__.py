"""Whether this installation works: its signs, what they mean, and who is told."""
