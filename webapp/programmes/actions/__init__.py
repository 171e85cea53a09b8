"""What is done to a programme, its people, its objectives and its agreement. All of it inside a write transaction."""
