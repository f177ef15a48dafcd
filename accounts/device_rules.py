"""Which devices and programs count as an enterprise's own, and what that decides. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.rules import Role

# Long enough for the others to hear of a stolen password before it can stick stamps on.
KNOWN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """Who asks with what: decided anew at each act."""

    role: Role
    is_known: bool  # The browser, or the program's token, has been here for a day.
    is_first_day: bool  # Nothing has been here for a day: an enterprise that has just begun.

    @property
    def acts_alone(self) -> bool:
        """Whether what proves goods is done at once; else a second member confirms it.

        A helper's device is not the enterprise's, however often they came with it. Practice
        reaches nobody.
        """
        if self.role is Role.LEARNER or self.is_first_day:
            return True
        return self.is_known and self.role is not Role.HELPER


def counts_from(since_at: datetime) -> datetime:
    """The moment from which a browser or token first seen at `since_at` counts as used before."""
    return since_at + KNOWN_AFTER
