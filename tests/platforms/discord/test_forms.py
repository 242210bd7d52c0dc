"""Forms are modals; they work after a restart, and where a modal can be no answer any more."""

import asyncio

from bot.core.calls import Incoming, Kind
from bot.core.replies import Choice, Field, FieldKind, Form, Press, Reply
from bot.core.richtext import Paragraph, Text
from tests.platforms.discord.conftest import Running, said

FORM = Form(
    Press("meetings", "made", "room1"),
    "A new meeting",
    (
        Field("title", "Title", hint="What people will read", value="Tuesday"),
        Field("note", "Note", FieldKind.LONG, required=False, longest=5000),
        Field("day", "Weekday", FieldKind.CHOICE, choices=(Choice("mo", "Monday"), Choice("tu", "Tuesday"))),
    ),
)
ASK = Reply(form=FORM)


def saved(act: Incoming) -> Reply:
    return said(f"Saved {act.arguments}", "Edit") if act.kind is Kind.FORM else ASK


async def test_a_form_opens_at_once_and_comes_back_with_its_answers(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = saved
    await bot.driver.command(ann, "/urge", "room")
    modal = bot.driver.modal(ann)
    assert modal is not None
    assert (modal.title, modal.fields) == ("A new meeting", {"title": "Title", "note": "Note", "day": "Weekday"})
    await bot.driver.fill(ann, {"Title": "Wednesday", "day": "tu"})
    act = bot.house.taken[-1]
    assert (act.kind, act.press, act.name) == (Kind.FORM, FORM.press, "meetings.made")
    assert act.arguments == {"title": "Wednesday", "note": "", "day": "tu"}
    assert len(bot.driver.screen(ann, "room")) == 1


async def test_a_form_filled_in_across_a_restart_is_not_lost(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = saved
    await bot.driver.command(ann, "/urge")
    await bot.restart()
    await bot.driver.fill(ann, {"note": "kept", "day": "mo"})
    assert bot.house.taken[-1].arguments == {"title": "Tuesday", "note": "kept", "day": "mo"}


async def test_a_form_from_a_button_makes_the_buttons_message_the_answer(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: said("Edited") if act.kind is Kind.FORM else ASK if act.press else said("One", "Edit")
    await bot.driver.command(ann, "/urge")
    await bot.driver.press(ann, "Edit")
    assert bot.driver.screen(ann) == ["One"]
    await bot.driver.fill(ann, {"day": "mo"})
    assert bot.driver.screen(ann) == ["Edited"]


async def test_words_that_come_with_a_form_stand_above_its_fields(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: Reply((Paragraph((Text("Only you see this."),)),), form=FORM)
    await bot.driver.command(ann, "/urge")
    modal, _ = bot.server.world.modals[ann]
    assert modal["components"][0] == {"type": 10, "content": "Only you see this."}


async def test_a_form_that_is_ready_too_late_waits_behind_a_button(bot: Running):
    ann = bot.driver.person("ann")
    await bot.restart(defer_after=0.01)
    waited = asyncio.Event()

    async def slowly(act: Incoming) -> Reply:
        if act.kind is Kind.COMMAND:
            await waited.wait()
        return saved(act)

    bot.house.decide = slowly
    asking = asyncio.create_task(bot.driver.command(ann, "/urge", "room"))
    await bot.server.until(lambda: any(act.answer == 5 for act in bot.server.world.acts.values()))
    waited.set()
    await asking
    assert bot.driver.screen(ann, "room") == ["The form is ready."]
    await bot.driver.press(ann, "Open the form", "room")
    assert bot.driver.modal(ann) is not None
    assert len(bot.house.taken) == 1  # the button is the adapter's own
    await bot.driver.fill(ann, {"day": "mo"})
    assert bot.driver.screen(ann, "room")[-1].startswith("Saved")


async def test_a_form_asked_again_after_a_mistake_waits_behind_a_button_with_the_words(bot: Running):
    ann = bot.driver.person("ann")
    again = Reply((Paragraph((Text("That is no title."),)),), form=FORM)
    bot.house.decide = lambda act: again if act.kind is Kind.FORM else ASK
    await bot.driver.command(ann, "/urge")
    await bot.driver.fill(ann, {"day": "mo"})
    assert bot.driver.screen(ann) == ["That is no title."]
    await bot.driver.press(ann, "Open the form")
    assert bot.driver.modal(ann) is not None


async def test_a_waiting_form_that_a_restart_forgot_is_said_kindly(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: ASK
    await bot.driver.command(ann, "/urge")
    await bot.driver.fill(ann, {"day": "mo"})
    await bot.restart()
    await bot.driver.press(ann, "Open the form")
    assert bot.driver.screen(ann) == ["This form is no longer open. Please start again where you found it."]


async def test_a_waiting_form_of_a_press_that_a_restart_forgot_is_asked_of_the_house_again(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: ASK if act.press else said("One", "Edit")
    await bot.driver.command(ann, "/urge")
    waited = asyncio.Event()
    await bot.restart(defer_after=0.01)

    async def slowly(act: Incoming) -> Reply:
        await waited.wait()
        return ASK

    bot.house.decide = slowly
    pressing = asyncio.create_task(bot.driver.press(ann, "Edit"))
    await bot.server.until(lambda: any(act.answer == 6 for act in bot.server.world.acts.values()))
    waited.set()
    await pressing
    await bot.server.until(lambda: bot.driver.buttons(ann) == ["Open the form"])
    await bot.restart()
    await bot.driver.press(ann, "Open the form")
    assert bot.house.taken[-1].press == Press("urge", "edit")
    assert bot.driver.modal(ann) is not None


async def test_a_form_whose_button_had_to_wait_is_behind_a_new_button(bot: Running):
    """The person's act before took so long that Discord was told to wait: a modal can be no answer any more."""
    ann = bot.driver.person("ann")
    await bot.restart(defer_after=0.15)
    again = Reply((Paragraph((Text("That is no title."),)),), form=FORM)
    bot.house.decide = lambda act: again if act.kind is Kind.FORM else ASK
    await bot.driver.command(ann, "/urge")
    await bot.driver.fill(ann, {"day": "mo"})
    go_on = asyncio.Event()

    async def slowly(act: Incoming) -> Reply:
        await go_on.wait()
        return said("Done")

    bot.house.decide = slowly
    before = asyncio.create_task(bot.driver.command(ann, "/urge"))
    await bot.server.until(lambda: len(bot.house.taken) == 3)
    opening = asyncio.create_task(bot.driver.press(ann, "Open the form"))
    await bot.server.until(lambda: any(act.answer == 6 for act in bot.server.world.acts.values()))
    go_on.set()
    await asyncio.gather(before, opening)
    await bot.server.until(lambda: bot.driver.screen(ann)[-1] == "The form is ready.")
    await bot.driver.press(ann, "Open the form")
    assert bot.driver.modal(ann) is not None
