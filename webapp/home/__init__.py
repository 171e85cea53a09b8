"""Today: the first page of everybody who is signed in, put together from the rooms below; it keeps nothing itself."""
