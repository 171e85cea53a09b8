"""What people say of a pairing: group answers that nobody sees one by one, and what somebody asked to be acted on."""
