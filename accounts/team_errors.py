"""Refusals about teams and who is in them."""

from accounts.errors import ConsentOver
from core.errors import AppError, NotAllowed, sentence


class TeamOver(AppError):
    """A team ended meanwhile."""

    status = 409
    sentence = sentence("Đội này đã thôi. Xin tải lại trang.")


class AlreadyInTeam(AppError):
    """Whoever signs in so is in the team, or was asked into it."""

    sentence = sentence("Người này đã ở trong đội, hoặc đã được mời.")


class LeaderStays(NotAllowed):
    """A leader would take a leader out: only an officer does."""

    sentence = sentence("Đội trưởng thì chỉ cán bộ cho ra được.")


class NotInTeam(AppError):
    """Somebody asks in the name of a team they are not, or no longer, in."""

    sentence = sentence("Bạn không còn trong đội này. Xin chọn lại.")


class LeftTeam(ConsentOver):
    """The consent was given to a team its helper is in no longer."""

    sentence = sentence(
        "Bạn không còn trong đội %(team)s, nên không làm giúp %(enterprise)s được nữa."
    )
