"""What a mentee wants to reach or to learn, with steps and confidence; her mentor reads it, and nobody else does."""
