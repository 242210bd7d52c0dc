"""How long before, as somebody chooses it."""

from datetime import UTC, datetime

from tests.handlers.announcements.house import House
from tests.handlers.screens import labels_of, press_of

START = datetime(2026, 12, 2, 18, tzinfo=UTC)  # Wednesday 19:00 in Berlin; it is Tuesday, 19:00 there


async def chosen(house: House, who: str, *leads: str) -> None:
    """Somebody has exactly these lead times."""
    shown = await house.press(who, press_of(await house.type(who, "/remind"), "Gambling"), private=True)
    wanted = {"A day before", "An hour before", "15 minutes before"} - set(leads)
    for label in leads:
        if f"✓ {label}" not in labels_of(shown):
            shown = await house.press(who, press_of(shown, label), private=True)
    for label in wanted:
        if f"✓ {label}" in labels_of(shown):
            shown = await house.press(who, press_of(shown, label), private=True)
    await house.work_off()
