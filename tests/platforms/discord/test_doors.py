"""Which door an answer leaves through."""

import pytest

from bot.core.calls import Kind
from bot.core.replies import NOTHING, Form, Press, Reply, To
from bot.core.richtext import Paragraph, Text
from bot.platforms.discord.doors import Deferred, Door, choose
from bot.platforms.discord.interactions import Setting

BLOCKS = (Paragraph((Text("Words"),)),)
FORM = Form(Press("a", "b"), "Title", ())


@pytest.mark.parametrize(
    ("to", "setting", "pressed_only_you", "door"),
    [
        (To.ONLY_YOU, Setting.ROOM, None, Door.ONLY_YOU),
        (To.ONLY_YOU, Setting.ROOM, True, Door.EDIT),
        (To.ONLY_YOU, Setting.ROOM, False, Door.ONLY_YOU),  # the room's message stays
        (To.ROOM, Setting.ROOM, None, Door.HERE),
        (To.ROOM, Setting.ROOM, True, Door.HERE),  # an only-you message is never shown to the room
        (To.ROOM, Setting.ROOM, False, Door.EDIT),
        (To.PRIVATE, Setting.ROOM, None, Door.DIRECT),
        (To.PRIVATE, Setting.ROOM, True, Door.DIRECT),
        (To.ONLY_YOU, Setting.DIRECT, None, Door.HERE),
        (To.ONLY_YOU, Setting.DIRECT, False, Door.EDIT),
        (To.ROOM, Setting.DIRECT, False, Door.EDIT),
        (To.PRIVATE, Setting.DIRECT, False, Door.EDIT),
        (To.ONLY_YOU, Setting.ABROAD, None, Door.ONLY_YOU),
        (To.ROOM, Setting.ABROAD, None, Door.ONLY_YOU),  # a server that did not install the bot sees nothing of it
        (To.PRIVATE, Setting.ABROAD, True, Door.EDIT),
        (To.ROOM, Setting.ABROAD, False, Door.ONLY_YOU),
    ],
)
def test_doors(to: To, setting: Setting, pressed_only_you: bool | None, door: Door):
    kind = Kind.COMMAND if pressed_only_you is None else Kind.PRESS
    assert choose(Reply(BLOCKS, to), setting, kind, pressed_only_you, Deferred.NO) is door


def test_a_reply_that_does_not_replace_is_always_new():
    new = Reply(BLOCKS, replace=False)
    assert choose(new, Setting.DIRECT, Kind.PRESS, False, Deferred.NO) is Door.HERE
    assert choose(new, Setting.ROOM, Kind.PRESS, True, Deferred.NO) is Door.ONLY_YOU


def test_nothing_is_nothing_everywhere():
    assert {choose(NOTHING, setting, Kind.PRESS, True, Deferred.NO) for setting in Setting} == {Door.NOTHING}


def test_a_form_is_a_modal_as_a_first_answer_only_and_never_to_a_form():
    asking = Reply(BLOCKS, form=FORM)
    assert choose(asking, Setting.ROOM, Kind.COMMAND, None, Deferred.NO) is Door.MODAL
    assert choose(asking, Setting.ROOM, Kind.COMMAND, None, Deferred.THINKING) is Door.ONLY_YOU
    assert choose(asking, Setting.ROOM, Kind.FORM, None, Deferred.NO) is Door.ONLY_YOU
    assert choose(asking, Setting.DIRECT, Kind.PRESS, False, Deferred.QUIETLY) is Door.EDIT
