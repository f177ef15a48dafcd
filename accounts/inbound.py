"""SMS about helpers: a producer without a smartphone agrees, refuses or ends it by answering."""

from collections.abc import Sequence
from dataclasses import replace

from accounts import queries, service
from accounts.consent_words import (
    Reply,
    Said,
    answered_words,
    ended_words,
    given_words,
    refused_words,
    reply_of,
    several_words,
)
from accounts.errors import AskingClosed
from accounts.queries import Asking
from core import display
from core.inbound import Incoming
from core.work import By, Work


def read_sms(work: Work, incoming: Incoming) -> str | None:
    """Answer what was asked of whoever has this number, or end what they gave.

    None: it says nothing of the kind, or nothing waits for them. Wrong digits are the answer no
    to all who ask: none of them has these on the screen.
    """
    reply = reply_of(incoming.words)
    if reply is None:
        return None
    if reply.said is Said.END:
        return _end(work, incoming.sender)
    waiting = queries.askings_by_phone(work.session, incoming.sender, now=work.now)
    try:
        return _answer(work, waiting, reply) if waiting else None
    except AskingClosed:  # Answered on the page at the same moment.
        return answered_words()


def _answer(work: Work, waiting: Sequence[Asking], reply: Reply) -> str:
    right = [one for one in waiting if one.pair == reply.pair]
    if len(right) > 1:
        return several_words()
    if right:
        [one] = right
        service.answer_asking(_as(work, one), public_id=one.public_id, pair=reply.pair)
        until = display.moment_day(one.until_at, "vi")
        return given_words(helper=one.helper, team=one.team, scopes=one.scopes, until=until)
    pair = reply.pair or None
    for one in waiting:
        service.answer_asking(_as(work, one), public_id=one.public_id, pair=pair)
    return refused_words(helper=waiting[0].team or waiting[0].helper, wrong_pair=pair is not None)


def _as(work: Work, asking: Asking) -> Work:
    """The same work, done by whom the asking was sent to."""
    return replace(work, by=By("person", asking.sent_to_id, enterprise_id=asking.enterprise_id))


def _end(work: Work, number: str) -> str | None:
    given = queries.consents_by_phone(work.session, number, now=work.now)
    for director_id, one in given:
        by = By("person", director_id, enterprise_id=one.enterprise_id)
        service.end_consent(replace(work, by=by), public_id=one.public_id)
    return ended_words([one.team or one.helper for _, one in given]) if given else None
