"""What traceability tells makers. Sentences: templates/traceability/slots/*message.html."""

from core import messages
from core.work import Work
from traceability import rules
from traceability.models import LotRecall, PrintCode, StampCase, StampDelivery
from traceability.queries import StampRow
from traceability.rules.cases import Side

UNACTIVATED_STAMP_CHECKED = "unactivated_stamp_checked"
BATCH_NOT_ASKED_FOR = "batch_not_asked_for"
COPIES_ALARM = "copies_alarm"
SHEETS_FETCHED, PRINT_ANSWERED = "sheets_fetched", "print_answered"
DELIVERY_ANSWERED = "delivery_answered"
ACTIVATION_ASKED = "activation_asked"
RECALLED_BY_OFFICE, LIFTED_BY_OFFICE = "recalled_by_office", "lifted_by_office"
CASE_OPENED, CASE_ENDED = "case_opened", "case_ended"


def unactivated_stamp_checked(work: Work, stamp: StampRow) -> bool:
    """Tell the maker that a stamp not yet active was checked; say whether a message was queued.

    At most one in each hour of the clock for a lot, or for a roll bound to none: a shop trying a
    whole box is one piece of news.
    """
    loose = stamp.lot_id is None
    about = {"batch_id": stamp.batch_id} if loose else {"lot_id": stamp.lot_id}
    box = f"batch {stamp.batch_id}" if loose else f"{stamp.lot_id}"
    return messages.send(
        work,
        enterprise_id=stamp.enterprise_id,
        kind=UNACTIVATED_STAMP_CHECKED,
        values=about | {"serial": rules.serial_text(stamp.serial)},
        once_key=f"unactivated_stamp_checked:{box}:{work.now:%Y%m%d%H}",
    )


def copies_alarm(work: Work, stamp: StampRow) -> bool:
    """Tell the maker that a stamp's checks are unusual; at most one in each hour for a lot."""
    return messages.send(
        work,
        enterprise_id=stamp.enterprise_id,
        kind=COPIES_ALARM,
        values={"lot_id": stamp.lot_id, "serial": rules.serial_text(stamp.serial)},
        once_key=f"{COPIES_ALARM}:{stamp.lot_id}:{work.now:%Y%m%d%H}",
    )


def sheets_fetched(work: Work, code: PrintCode) -> bool:
    """Tell the maker that a clerk has downloaded the sheets of a print code."""
    return _of_print_code(work, code, SHEETS_FETCHED)


def print_answered(work: Work, code: PrintCode) -> bool:
    """Tell the maker how a clerk says the print came out."""
    return _of_print_code(work, code, PRINT_ANSWERED)


def delivery_answered(work: Work, delivery: StampDelivery) -> bool:
    """Tell the maker that a dealer has, or has not, the stamps handed over."""
    return messages.send(
        work,
        enterprise_id=delivery.enterprise_id,
        kind=DELIVERY_ANSWERED,
        values={"delivery": delivery.id},
        once_key=f"{DELIVERY_ANSWERED}:{delivery.id}",
    )


def activation_asked(work: Work, *, enterprise_id: int, asking_id: int) -> bool:
    """Tell an enterprise, once, that an activation waits for a second member."""
    return messages.send(
        work,
        enterprise_id=enterprise_id,
        kind=ACTIVATION_ASKED,
        values={"asking": asking_id},
        once_key=f"{ACTIVATION_ASKED}:{asking_id}",
    )


def case_opened(work: Work, case: StampCase, *, side: Side) -> None:
    """Tell the maker that an office has opened a case about one of its stamps."""
    _of_case(work, case, CASE_OPENED, side, once_key=f"{CASE_OPENED}:{case.id}")


def case_ended(work: Work, case: StampCase, *, side: Side) -> None:
    """Tell the maker how an office has concluded a case."""
    _of_case(
        work, case, CASE_ENDED, side, once_key=f"{CASE_ENDED}:{case.id}:{work.now.timestamp()}"
    )


def _of_case(work: Work, case: StampCase, kind: str, side: Side, *, once_key: str) -> None:
    if side is Side.OFFICE and case.enterprise_id is not None:
        messages.send(
            work,
            enterprise_id=case.enterprise_id,
            kind=kind,
            values={"case": case.id, "state": case.state},
            once_key=once_key,
        )


def recalled_by_office(work: Work, recall: LotRecall) -> bool:
    """Tell the maker that an authority calls one of its lots back."""
    return _of_recall(work, recall, RECALLED_BY_OFFICE)


def lifted_by_office(work: Work, recall: LotRecall) -> bool:
    """Tell the maker that an office has ended the recall of one of its lots."""
    return _of_recall(work, recall, LIFTED_BY_OFFICE)


def _of_recall(work: Work, recall: LotRecall, kind: str) -> bool:
    return messages.send(
        work,
        enterprise_id=recall.enterprise_id,
        kind=kind,
        values={"recall": recall.id},
        once_key=f"{kind}:{recall.id}",
    )


def batch_not_asked_for(work: Work, *, enterprise_id: int, batch: str, gtin: str) -> bool:
    """Tell the owner of a GTIN, once, that the log has a batch under it which is not theirs."""
    return messages.send(
        work,
        enterprise_id=enterprise_id,
        kind=BATCH_NOT_ASKED_FOR,
        values={"batch": batch, "gtin": gtin},
        once_key=f"{BATCH_NOT_ASKED_FOR}:{enterprise_id}:{batch}",
    )


def _of_print_code(work: Work, code: PrintCode, kind: str) -> bool:
    return messages.send(
        work,
        enterprise_id=code.enterprise_id,
        kind=kind,
        values={"print_code": code.id},
        once_key=f"{kind}:{code.id}",
    )
