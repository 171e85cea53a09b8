"""What earlier releases left on phones and asked of the server, recorded by those releases and kept for ever."""
