"""Loading offers, requests and the directory."""
