"""Invitations by SMS or mail, sent alike whether a person or a program invites."""

from datetime import timedelta

from accounts.invitation_links import link_of, team_link_of
from accounts.invitation_words import invitation_words, team_invitation_words
from accounts.web import signed_in
from core.dispatch import Letter, has_carrier, send_out
from core.language import gettext
from core.work import Work

SENT_FOR = timedelta(days=2)  # A carrier away for longer: the link is sent by chat.


def send_invitation(work: Work, public_id: str, target: str | None) -> None:
    """Tell whoever was invited by number or address, where anything can be sent there."""
    acting_for = signed_in().acting
    if target is None or acting_for is None or not has_carrier(target):
        return
    words = invitation_words(
        enterprise=acting_for.enterprise_name, link=link_of(public_id), by_mail="@" in target
    )
    _send(work, target, words, once_key=f"invitation:{public_id}")


def send_team_invitation(work: Work, public_id: str, target: str | None, *, team: str) -> None:
    """Tell whoever was asked into a team by number or address, where anything can be sent there."""
    if target is None or not has_carrier(target):
        return
    words = team_invitation_words(team=team, link=team_link_of(public_id), by_mail="@" in target)
    _send(work, target, words, once_key=f"team_invitation:{public_id}")


def _send(work: Work, target: str, words: str, *, once_key: str) -> None:
    letter = Letter(target, words, subject=gettext("Lời mời trên Gốc"), useful=SENT_FOR)
    send_out(work, letter, once_key=once_key)
