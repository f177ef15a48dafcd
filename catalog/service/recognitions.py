"""OCOP recognitions as makers enter them: no star before the province's officer confirms."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, update

from catalog.errors import (
    Beside,
    DecidedInFuture,
    DecidedTooEarly,
    NotWaiting,
    PaperChanged,
    ScoreTooLow,
)
from catalog.events import PapersChanged
from catalog.models import Product, Recognition
from catalog.rules import ClaimFault, claim_fault, stars_of_score, valid_until
from catalog.service.changes import mark_if_findable
from core import audit
from core.messages import send
from core.outbox import announce
from core.work import Work

_FAULTS: Mapping[ClaimFault, type[Beside]] = {
    ClaimFault.SCORE_TOO_LOW: ScoreTooLow,
    ClaimFault.DECIDED_IN_FUTURE: DecidedInFuture,
    ClaimFault.DECIDED_TOO_EARLY: DecidedTooEarly,
}


@dataclass(frozen=True)
class RecognitionEntry:
    """What stands on the decision."""

    stars: int
    score_hundredths: int | None
    decision: str
    decided_on: date
    authority: str


def add_recognition(
    work: Work,
    *,
    product_id: int,
    enterprise_id: int,
    entry: RecognitionEntry,
    photo_id: int | None = None,
) -> Recognition:
    """Keep what a maker says of a product's rank: unconfirmed, and shown as that.

    Raises:
        ScoreTooLow, DecidedInFuture, DecidedTooEarly: it cannot be so.
    """
    recognition = Recognition(
        public_id=work.new_public_id(),
        product_id=product_id,
        enterprise_id=enterprise_id,
        photo_id=photo_id,
        **_typed(work, entry),
    )
    work.session.add(recognition)
    work.session.flush()
    _record(work, recognition, "add_recognition")
    return recognition


def change_recognition(
    work: Work,
    *,
    recognition_id: int,
    version: int,
    entry: RecognitionEntry,
    photo_id: int | None = None,
) -> None:
    """Correct it: whatever an officer said before, it waits again.

    Raises:
        PaperChanged: it is not as it was on the screen.
        ScoreTooLow, DecidedInFuture, DecidedTooEarly: it cannot be so.
    """
    photo = {} if photo_id is None else {"photo_id": photo_id}
    unsaid = {"confirmed_at": None, "reviewed_by_id": None, "refusal": None}
    values = {**_typed(work, entry), **unsaid, **photo}
    recognition = _take(work, recognition_id, version, ("waiting", "confirmed", "refused"), values)
    if recognition is None:
        raise PaperChanged(f"recognition {recognition_id} is not at {version}")
    _record(work, recognition, "change_recognition")


def remove_recognition(work: Work, *, recognition_id: int, version: int) -> None:
    """Remove what a maker entered, with its star if it had one.

    Raises:
        PaperChanged: it is not as it was on the screen.
    """
    recognition = work.session.scalars(
        delete(Recognition)
        .where(Recognition.id == recognition_id, Recognition.version == version)
        .where(Recognition.review != "source")
        .returning(Recognition)
    ).one_or_none()
    if recognition is None:
        raise PaperChanged(f"recognition {recognition_id} is not at {version}")
    _record(work, recognition, "remove_recognition")


def confirm_recognition(work: Work, *, recognition_id: int, version: int) -> None:
    """Say for the province that the decision is there and names the product.

    Raises:
        NotWaiting: somebody else decided, or the maker changed it meanwhile.
    """
    _decide(work, recognition_id, version, {"review": "confirmed", "confirmed_at": work.now})


def refuse_recognition(work: Work, *, recognition_id: int, version: int, reason: str) -> None:
    """Say for the province that it is not so, and why.

    Raises:
        NotWaiting: somebody else decided, or the maker changed it meanwhile.
    """
    assert reason, "a refusal has a reason"
    _decide(work, recognition_id, version, {"review": "refused", "refusal": reason})


def _decide(work: Work, recognition_id: int, version: int, values: dict[str, Any]) -> None:
    """Of two officers who saw the same, the first decides; the maker is told once."""
    assert work.by.person_id is not None, "only people look"
    values |= {"reviewed_by_id": work.by.person_id}
    recognition = _take(work, recognition_id, version, ("waiting",), values)
    if recognition is None:
        raise NotWaiting(f"recognition {recognition_id} does not wait at {version}")
    _record(work, recognition, f"recognition_{recognition.review}")
    send(
        work,
        enterprise_id=recognition.enterprise_id,
        kind=f"recognition_{recognition.review}",
        values={"product_id": recognition.product_id},
        once_key=f"recognition:{recognition_id}:{version}",
    )


def _take(
    work: Work, id_: int, version: int, within: tuple[str, ...], values: dict[str, Any]
) -> Recognition | None:
    """The row as it now is; None where it is not as it was seen."""
    return work.session.scalars(
        update(Recognition)
        .where(Recognition.id == id_, Recognition.version == version)
        .where(Recognition.review.in_(within))
        .values(version=Recognition.version + 1, **values)
        .returning(Recognition),
        execution_options={"populate_existing": True},
    ).one_or_none()


def _typed(work: Work, entry: RecognitionEntry) -> dict[str, Any]:
    fault = claim_fault(
        stars=entry.stars,
        score_hundredths=entry.score_hundredths,
        decided_on=entry.decided_on,
        today=work.today,
    )
    if fault is not None:
        raise _FAULTS[fault](fault.value, most=stars_of_score(entry.score_hundredths or 0))
    return {
        **asdict(entry),
        "stage": "recognised",
        "decided_year": None,
        "valid_until": valid_until(entry.decided_on),
        "review": "waiting",
        "entered_at": work.now,
    }


def _record(work: Work, recognition: Recognition, act: str) -> None:
    """Who did it, and search is told: stars come and go with the row."""
    audit.record(
        work,
        act=act,
        object_kind="product",
        object_id=recognition.product_id,
        enterprise_id=recognition.enterprise_id,
        recognition_id=recognition.id,
    )
    announce(work, PapersChanged(recognition.product_id, recognition.enterprise_id))
    mark_if_findable(work, work.session.get_one(Product, recognition.product_id))
