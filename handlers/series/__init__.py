"""Series: made, changed, moved, cancelled, paused; one evening of each is kept planned."""
