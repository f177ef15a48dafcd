"""Calling a lot back, and lifting that: for its maker, an officer of the area, the operator."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from catalog import service as catalog
from core import audit, periods
from core.outbox import announce
from core.work import Work
from traceability.events import LotCalledBack, RecallLifted
from traceability.models import LotRecall
from traceability.recall_errors import (
    HigherRecalled,
    LotRecalled,
    OfficeRecalled,
    RecallOver,
    UntilPast,
)
from traceability.rules.cases import Side
from traceability.rules.recalls import (
    Advice,
    LiftReason,
    RecallReason,
    Remedy,
    may_lift_recall,
    rank_of,
)
from traceability.service.case_verdicts import Judge
from traceability.service.recall_entries import tell_lift, tell_recall


@dataclass(frozen=True)
class RecallNotice:
    """What whoever scans a stamp of the lot is told."""

    reason: RecallReason
    advice: Advice
    words: str = ""
    remedy: Remedy | None = None
    until_on: date | None = None
    phone: str = ""
    authority: str = ""  # Of an office's recall: whose decision it is.


@dataclass(frozen=True)
class Lift:
    """Why a recall ends; `words` are for the lot's page, never for the log."""

    because: LiftReason
    words: str


def recall_lot(
    work: Work, *, lot_id: int, version: int, judge: Judge, notice: RecallNotice
) -> LotRecall:
    """Call a lot back: every stamp of it says so from the commit on.

    Raises:
        Changed: the lot changed since `version`, by a recall too.
        UntilPast: the remedy would have ended before it begins.
    """
    if notice.until_on is not None and notice.until_on < work.today:
        raise UntilPast(f"until {notice.until_on}")
    lot = catalog.mark_recalled(work, lot_id=lot_id, version=version)
    recall = LotRecall(
        public_id=work.new_public_id(),
        lot_id=lot.id,
        enterprise_id=lot.enterprise_id,
        by_side=judge.side,
        by_role=judge.role,
        by_rank=rank_of(judge.role),
        authority=notice.authority if judge.side is Side.OFFICE else "",
        reason=notice.reason,
        words=notice.words,
        advice=notice.advice,
        remedy=notice.remedy,
        until_on=notice.until_on,
        phone=notice.phone,
        recalled_at=work.now,
        by_person_id=work.by.person_id,
    )
    work.session.add(recall)
    work.session.flush()
    tell_recall(work, recall, product_id=lot.product_id)
    announce(work, LotCalledBack(recall.id, recall.enterprise_id))
    _record(work, "recall_lot", recall)
    return recall


def lift_recall(work: Work, *, recall_id: int, judge: Judge, lift: Lift) -> LotRecall:
    """End a recall: stamps of the lot are judged by everything else again.

    The telephone is erased: nobody is to be called any more.

    Raises:
        HigherRecalled: an office cannot lift the recall of one above it.
        OfficeRecalled: the maker cannot lift an office's recall.
        RecallOver: somebody has lifted it meanwhile.
    """
    found = work.session.get_one(LotRecall, recall_id)
    if not may_lift_recall(judge.role, found.by_role):
        if judge.side is Side.OFFICE:
            raise HigherRecalled(f"recall {recall_id}", authority=found.authority)
        raise OfficeRecalled(f"recall {recall_id}")
    values = {
        "lifted_at": work.now,
        "lifted_by": judge.side,
        "lifted_role": judge.role,
        "lifted_rank": rank_of(judge.role),
        "lifted_because": lift.because,
        "lifted_why": lift.words,
        "lifted_by_person_id": work.by.person_id,
        "phone": "",
    }
    lot = catalog.mark_not_recalled(work, lot_id=found.lot_id)  # First: a new recall waits here.
    recall = work.session.execute(
        update(LotRecall)
        .where(LotRecall.id == recall_id, LotRecall.lifted_at.is_(None))
        .values(values)
        .returning(LotRecall)
    ).scalar_one_or_none()
    if recall is None:
        raise RecallOver(f"recall {recall_id}")
    tell_lift(work, recall, product_id=lot.product_id, because=lift.because, by=judge.role)
    announce(work, RecallLifted(recall.id, recall.enterprise_id))
    _record(work, "lift_recall", recall)
    return recall


def refuse_recalled(work: Work, lot_ids: Collection[int | None]) -> None:
    """Refuse what a recalled lot must not come to; until the commit none of them is recalled.

    Raises:
        LotRecalled: one of them is being recalled.
    """
    recalled = catalog.recalled_lots(work, lot_ids)
    if recalled:
        raise LotRecalled(f"lots {recalled}")


def forget_recall_words(work: Work) -> None:
    """Blank what people wrote about recalls that ended long ago: the reason of the list stays."""
    old = LotRecall.lifted_at < work.now - periods.RECALL_WORDS.kept
    work.session.execute(update(LotRecall).where(old, LotRecall.words != "").values(words=""))


def _record(work: Work, act: str, recall: LotRecall) -> None:
    audit.record(
        work,
        act=act,
        object_kind="lot",
        object_id=recall.lot_id,
        enterprise_id=recall.enterprise_id,
    )
