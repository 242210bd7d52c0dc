"""The platform's side of a room, and what stands on a screen."""

from dataclasses import dataclass, field

from bot.core.deeds import CloseTopic, Deed, Door, OpenTopic, Stand, Standing
from bot.core.posts import Claimed


@dataclass
class PlatformRoom:
    """What the platform has of the room. `absent`: users whose state it cannot change; `broken`: it does nothing it is asked."""

    door: Door = field(default_factory=Door)
    stands: dict[str, Stand] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    broken: bool = False
    asked: list[tuple[str, Deed | None]] = field(default_factory=list)

    def do(self, claimed: Claimed) -> str:
        """Do a deed; return why not, or ""."""
        deed, user = claimed.post.deed, claimed.about.user if claimed.about else ""
        self.asked.append((user, deed))
        if self.broken:
            return "refused"
        match deed:
            case Stand(Standing.FREE):
                if user in self.absent:
                    return "away"
                self.stands.pop(user, None)
            case Stand():
                if user in self.absent and deed.standing is not Standing.OUT:
                    return "away"
                self.stands[user] = deed
            case Door():
                self.door = deed
            case OpenTopic(title):
                self.topics[claimed.post.slot] = title
            case CloseTopic():
                self.topics.pop(claimed.post.slot, None)
        return ""

    def stands_of(self, user: str) -> Standing:
        return self.stands[user].standing if user in self.stands else Standing.FREE
