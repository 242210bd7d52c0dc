"""Buttons under a message."""

from bot.core.replies import Button, Press, Style
from bot.platforms.telegram.keyboard import keyboard

HERE = Press("meetings", "here", "a" * 32)


def test_rows_are_kept_and_a_row_too_wide_goes_on_below():
    rows = [tuple(Button(str(number), Press("checkin", "rate", str(number))) for number in range(11)), (Button("Back", HERE),)]
    made = keyboard(rows, room=False, username="chair_bot")
    assert made is not None
    assert [[button.text for button in row] for row in made.inline_keyboard] == [list("01234567"), ["8", "9", "10"], ["Back"]]


def test_what_cannot_be_pressed_is_left_out():
    assert keyboard([(Button("Off", HERE, off=True), Button("Nothing"))], room=False, username="chair_bot") is None


def test_a_long_label_is_cut():
    made = keyboard([(Button("🙂" * 60, HERE),)], room=False, username="chair_bot")
    assert made is not None
    assert made.inline_keyboard[0][0].text == "🙂" * 31 + "…"


def test_private_buttons_are_links_in_rooms_only():
    button = Button("Check in", HERE, private=True, style=Style.MAIN)
    room, private = keyboard([(button,)], room=True, username="chair_bot"), keyboard([(button,)], room=False, username="chair_bot")
    assert room is not None
    assert private is not None
    assert room.inline_keyboard[0][0].url == f"https://t.me/chair_bot?start=meetings-here-{'a' * 32}"
    assert private.inline_keyboard[0][0].callback_data == f"meetings:here:{'a' * 32}"
    assert private.inline_keyboard[0][0].style == "primary"
