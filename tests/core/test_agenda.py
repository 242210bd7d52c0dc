"""What a room may know of its agenda."""

from bot.core.agenda import AgendaItem, Tally, tally_of


def test_the_room_knows_what_is_on_what_comes_then_and_how_much_more_waits():
    items = [AgendaItem("planning"), AgendaItem("urge", "Ann"), AgendaItem("other")]
    assert tally_of(5, None, items) == Tally(5, None, AgendaItem("planning"), 2)
    assert tally_of(5, AgendaItem("urge"), ()) == Tally(5, AgendaItem("urge"))
