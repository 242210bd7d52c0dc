"""Who may move a meeting. Checked at the action, never at the button.

Platforms tell a person's roles only with an act in the room. So a facilitator's act in the room also leaves a grant, for one
subject and some hours, by which their panel works in a private chat. An act in the room without the role takes it back.
"""

from collections.abc import Callable
from datetime import datetime

from bot.core.calls import Call
from bot.core.errors import BadPress
from bot.core.ids import CommunityId
from bot.core.meetings import Hosts
from bot.core.ports import Unit


class Doors:
    def __init__(self, hosts: Callable[[Unit], Hosts]) -> None:
        self._hosts = hosts

    async def may(self, call: Call, unit: Unit, subject: str, community: CommunityId, until: datetime | None = None) -> bool:
        """Whether the caller may act as a facilitator on a subject of a community. With `until`, a role seen leaves a grant.

        False is an answer to be told, not raised: an error would undo taking the grant back. Raises BadPress for somebody of
        elsewhere: to them it is as if the subject were not there.
        """
        hosts = self._hosts(unit)
        here = call.community is not None and call.community.id == community and not call.place.private
        if here and call.is_facilitator:
            if until is not None:
                await hosts.grant(subject, call.who, until)
            return True
        if here:
            await hosts.drop(subject, call.who)
            return False
        if await hosts.may(subject, call.who, call.at):
            return True
        if call.community is None or call.community.id != community:
            raise BadPress(why="community")
        return False
