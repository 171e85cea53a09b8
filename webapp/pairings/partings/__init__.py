"""A pause, a change without fault, and the end of a pair, after which the two may stay in touch."""
