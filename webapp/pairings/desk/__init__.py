"""What a coordinator sees of many pairs and does for them: a list of facts, narrowed and ordered, and nudges."""
