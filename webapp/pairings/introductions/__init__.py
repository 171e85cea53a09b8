"""A mentor introduces the mentee to somebody who is open to it: both are asked alone, and only two yeses show names."""
