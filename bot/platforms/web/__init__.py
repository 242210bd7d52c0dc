"""The demo page: four made-up persons, one room, and a private chat for each."""
