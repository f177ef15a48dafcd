"""SMS that ask for a stamp: its number sent to ours is answered with what the record says."""

import re
from datetime import date, datetime

from accounts import queries as accounts
from catalog.rules import EATEN
from core import display
from core.clock import day_of
from core.inbound import Incoming
from core.limits import Limit, TooManyTries, misses
from core.work import Work
from traceability import queries, rules, service
from traceability.errors import MalformedSerial
from traceability.keyed_marks import keyed_mark
from traceability.rules import Visit
from traceability.rules.recalls import Advice
from traceability.rules.serials import SERIAL_LENGTH
from traceability.rules.sms_answers import (
    MALFORMED,
    SEVERAL,
    TOO_MANY,
    Spoken,
    sms_answer,
)
from traceability.service.checking import Visitor
from traceability.service.reading import Reading

MISSES = Limit("sms_stamp", ("6/hour", "20/day"))  # Numbers that are none, of one telephone.
_KEYWORD = re.compile(r"\A\s*(?:goc|tem|kiem)(?:\s+tem)?\s*[:,.]?\s+", re.IGNORECASE)
_PARTED, _GAPS = re.compile(r"[,;\n]+"), re.compile(r"[\s.\-\u2011]+")
_LEAST, _MOST = 10, 16  # Letters of what is meant as a serial, some lost or doubled.


def read_sms(work: Work, incoming: Incoming) -> str | None:
    """Answer what a stamp's number says. It counts as a check, which keeps no telephone's number.

    None: no number of a stamp stands in it.
    """
    meant = _meant(incoming.words)
    if not meant:
        return None
    if len(meant) > 1:
        return SEVERAL
    try:
        serial = rules.parse_serial(_GAPS.sub("", meant[0]))
    except MalformedSerial:
        return _missed(incoming, MALFORMED)
    check = service.record_check(work, serial=serial, visitor=_visitor(work, incoming, serial))
    found = service.read_check(work.session, check, language="vi")
    answer = sms_answer(found.judgement, _spoken(found))
    return answer if check.stamp is not None else _missed(incoming, answer)


def _meant(words: str) -> list[str]:
    """What looks like serials in an SMS: one in any gaps, or several parted by commas and lines."""
    text = _KEYWORD.sub("", f"{words} ", count=1)
    parts = _PARTED.split(text)
    like = [part for part in parts if _is_like("".join(part.split()))]
    like = like or [word for word in text.split() if _is_like(word)]
    if len(like) > 1:
        return like
    return [end for part in parts if (end := _end(part))] or like


def _end(part: str) -> str:
    """The serial that a part ends with, whatever words stand before it: "so 7K3M …"; else empty."""
    words = part.split()[-SERIAL_LENGTH:]
    ends = (_GAPS.sub("", "".join(words[at:])) for at in range(len(words)))
    return next((end for end in ends if _is_mixed(end) and _is_serial(end)), "")


def _is_like(text: str) -> bool:
    """A serial mixes letters and digits: a sentence has no digits, a telephone's number no letters.

    Some letters may be lost or doubled: whoever meant a serial is told so.
    """
    letters = _GAPS.sub("", text)
    is_long = letters.isascii() and letters.isalnum() and _LEAST <= len(letters) <= _MOST
    return is_long and (_is_mixed(letters) or _is_serial(letters))


def _is_mixed(letters: str) -> bool:
    return any(map(str.isdigit, letters)) and any(map(str.isalpha, letters))


def _is_serial(letters: str) -> bool:
    """One serial in a hundred has no digit, or digits alone: its check symbol tells."""
    try:
        rules.parse_serial(letters)
    except MalformedSerial:
        return False
    return True


def _missed(incoming: Incoming, answer: str) -> str:
    """The answer, while this telephone has not asked for too many numbers that are none."""
    try:
        misses().take(MISSES, keyed_mark(0, incoming.sender))
    except TooManyTries:
        return TOO_MANY
    return answer


def _visitor(work: Work, incoming: Incoming, serial: int) -> Visitor:
    """The telephone as counting must know it: keyed by the stamp, so it joins nothing.

    It bears the three marks of a browser: a check does not tell that it was asked for by SMS.
    """
    someone = accounts.who_named(work.session, incoming.sender, now=work.now)
    members = someone.memberships if someone else ()
    return Visitor(
        visit=Visit.PERSON,
        device_hash=keyed_mark(serial, f"device by sms\n{incoming.sender}"),
        network_hash=keyed_mark(serial, f"network by sms\n{incoming.sender}"),
        browser_hash=keyed_mark(serial, f"browser by sms\n{incoming.sender}"),
        is_officer=bool(someone and someone.offices),
        enterprise_ids=frozenset(one.enterprise_id for one in members),
        dealer_ids=queries.dealings_by_phone(work.session, incoming.sender, serial=serial),
    )


def _spoken(found: Reading) -> Spoken:
    check, lot, maker, recall = found.check, found.lot, found.maker, found.recall
    serial = rules.grouped(rules.serial_text(check.serial))
    if check.stamp is None or maker is None:
        return Spoken(serial=serial)
    return Spoken(
        serial=serial,
        maker=maker.name,
        phone=display.phone(maker.phone) if maker.phone else "",
        lot=lot.code if lot else "",
        since=_day(check.stamp.from_at),
        printed=_day(check.stamp.issued_at),
        first=_day(check.checks.first_at),
        last=_day(check.checks.last_at),
        best_before=_written(lot.best_before_on if lot else None),
        code_used=_moment(check.stamp.code_confirmed_at),
        claimed=_day(found.claim.at if found.claim else None),
        advice=Advice(recall.advice) if recall else None,
        recall_phone=display.phone(recall.phone) if recall and recall.phone else "",
        is_eaten=bool(lot and lot.group in EATEN),
    )


def _day(at: datetime | None) -> str:
    return _written(day_of(at)) if at else ""


def _moment(at: datetime | None) -> str:
    return f"{display.clock(at, 'vi')} {_day(at)}" if at else ""


def _written(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
