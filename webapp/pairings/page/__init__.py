"""The page of a pair for its two people: when they meet next, how they reach each other, what both may see."""
