"""The agreement of a programme as the two of a pair sign it: who, when, and which version."""
