"""Stamps of the tea checked unusually often, and a box that somebody scanned at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.demo.checks import only_batch, visitor_of
from app.demo.stamps import ACTIVE_LOT
from catalog import queries as catalog
from catalog.queries import StampableLot
from core.clock import beginning_of
from core.work import VISITOR, By, Work
from traceability import queries, rules, service
from traceability.models import StampBurst
from traceability.rules import Mark

SHOPPED_LOT = "26-09B"
# Days ago on which somebody new looked at one stamp: sold in the maker's shops, or on copies.
SHOWN, SHOWN_DAYS = 12, (34, 29, 25, 12, 5)
DOUBTFUL, DOUBTFUL_DAYS = 13, (6, 3, 2, 1)
ANSWERED_DAYS = 24  # The day after the first of them rang.
BOX, BOX_SECONDS = range(201, 215), 40
BOX_HOUR, NOON_HOUR = 9, 12


def check_copies(work: Work, lot_ids: Sequence[int]) -> None:
    """Let two stamps ring their alarms and a shop scan a whole box of the new lots of tea."""
    for lot in catalog.stampable_lots_by_id(work.session, lot_ids).values():
        if lot.code == SHOPPED_LOT:
            _look_often(work, lot)
        if lot.code == ACTIVE_LOT:
            _scan_box(work, lot)


def answer_first_alarm(work: Work, *, person_id: int, enterprise_id: int) -> None:
    """Answer the alarm that rang first: these goods are sold in the maker's own shops."""
    lines = queries.alarms_of(work.session, enterprise_id=enterprise_id)
    by = By("person", person_id, enterprise_id)
    then = replace(work, now=work.now - timedelta(days=ANSWERED_DAYS), by=by)
    for line in lines[-1:]:  # None: people alone, without the demo's goods.
        service.answer_alarm(then, alarm_id=line.alarm.id, answer=service.OURS)


def _look_often(work: Work, lot: StampableLot) -> None:
    serials = queries.serials_at(work.session, only_batch(work, lot).id, [SHOWN, DOUBTFUL])
    for ordinal, days in ((SHOWN, SHOWN_DAYS), (DOUBTFUL, DOUBTFUL_DAYS)):
        for household, days_ago in enumerate(days, start=1):
            then = _visiting(work, _hour(work, days_ago, NOON_HOUR))
            visitor = visitor_of(serials[ordinal], household=household)
            service.record_check(then, serial=serials[ordinal], visitor=visitor)


def _scan_box(work: Work, lot: StampableLot) -> None:
    """One after another, yesterday morning: from the twelfth on they are told to be a burst."""
    batch = only_batch(work, lot)
    marks: list[Mark] = []
    burst: StampBurst | None = None
    began_at = _hour(work, 1, BOX_HOUR)
    for serial in queries.serials_at(work.session, batch.id, BOX).values():
        then = _visiting(work, began_at + timedelta(seconds=BOX_SECONDS * len(marks)))
        visitor = visitor_of(serial, household=1)
        bursts = {batch.id: burst.id} if burst else {}
        check = service.record_check(then, serial=serial, visitor=replace(visitor, bursts=bursts))
        assert check.token is not None, check
        marks.append(Mark(check.token, is_new=True))
        if burst is None and rules.is_burst(marks):
            burst = service.set_aside(then, check=check, marks=marks)


def _hour(work: Work, days_ago: int, hour: int) -> datetime:
    return beginning_of(work.today - timedelta(days=days_ago)) + timedelta(hours=hour)


def _visiting(work: Work, at: datetime) -> Work:
    return replace(work, now=at, by=VISITOR)
