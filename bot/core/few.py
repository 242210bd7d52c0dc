"""The rule of five: a number of people that is smaller is not told, since it could be known who they are."""

FIVE = 5


def told(count: int) -> int:
    """Return a number of people that may be told, or 0 for "fewer than five"."""
    return count if count >= FIVE else 0
