"""Print codes as makers and clerks see them, each with the label print it is for."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from accounts.queries import memberships
from accounts.rules import Act
from traceability.models import LabelPrint, PrintCode, SpoiledLabels
from traceability.rules import CodeFacts, CodeState


@dataclass(frozen=True)
class PrintCodeCard:
    """A print code and what it hands out: labels `first` to `last` of a batch on a paper."""

    id: int
    public_id: str
    enterprise_id: int
    state: str
    print_place: str
    sealed_code: str | None
    made_at: datetime
    by_person_id: int | None
    expires_at: datetime
    fetched_at: datetime | None
    token_hash: str | None
    ended_at: datetime | None
    answered_at: datetime | None
    spoiled_count: int | None
    settled_at: datetime | None
    label_print_id: int
    batch_id: int
    first: int
    last: int
    paper: str
    file_format: str
    counted: int | None
    job_id: int

    @property
    def facts(self) -> CodeFacts:
        """What the rules ask of it."""
        state = CodeState(self.state)
        return CodeFacts(state, self.expires_at, self.fetched_at, self.ended_at)

    @property
    def labels(self) -> int:
        """How many stamps its file was found to have; before it is drawn, how many were asked."""
        return self.counted if self.counted is not None else self.last - self.first + 1


def print_code_by_hash(session: Session, code_hash: str) -> PrintCodeCard | None:
    """The code whose letters have this keyed hash: one statement, whether there is one or not."""
    return next(iter(_cards(session, PrintCode.code_hash == code_hash)), None)


def print_code_of(session: Session, public_id: str) -> PrintCodeCard | None:
    """The code its maker's pages know by this id."""
    return next(iter(_cards(session, PrintCode.public_id == public_id)), None)


def print_codes_by_id(session: Session, ids: Collection[int]) -> dict[int, PrintCodeCard]:
    """The codes with these ids, as far as they are still kept."""
    return {card.id: card for card in _cards(session, PrintCode.id.in_(ids))}


def print_codes_of(
    session: Session, label_print_ids: Collection[int]
) -> dict[int, list[PrintCodeCard]]:
    """The codes of each of these label prints, the newest first."""
    found: dict[int, list[PrintCodeCard]] = {id_: [] for id_ in label_print_ids}
    for card in reversed(_cards(session, PrintCode.label_print_id.in_(label_print_ids))):
        found[card.label_print_id].append(card)
    return found


def open_print_code_cards(
    session: Session, *, enterprise_id: int, now: datetime
) -> Sequence[PrintCodeCard]:
    """The codes of an enterprise that can still be downloaded, the oldest first."""
    return _cards(
        session,
        PrintCode.enterprise_id == enterprise_id,
        PrintCode.state == CodeState.OPEN,
        PrintCode.expires_at > now,
    )


def abandoned_codes(session: Session, cards: Iterable[PrintCodeCard], *, now: datetime) -> set[int]:
    """The ids of open codes that hand out nothing: who made each may print for its maker no more.

    What a command made is nobody's, and stands.
    """
    printing: dict[int, set[int]] = {}
    gone = set()
    for card in cards:
        person_id = card.by_person_id
        if card.state != CodeState.OPEN or person_id is None:
            continue
        if person_id not in printing:
            printing[person_id] = _prints_for(session, person_id, now)
        if card.enterprise_id not in printing[person_id]:
            gone.add(card.id)
    return gone


def unsettled_print_codes(
    session: Session, enterprise_ids: Collection[int]
) -> Sequence[PrintCodeCard]:
    """Answers that tell of spoiled labels nobody has dealt with yet, the oldest first."""
    return _cards(
        session,
        PrintCode.enterprise_id.in_(enterprise_ids),
        PrintCode.state == CodeState.ANSWERED,
        PrintCode.spoiled_count > 0,
        PrintCode.settled_at.is_(None),
    )


def spoiled_labels(session: Session, print_code_id: int) -> list[tuple[int, int]]:
    """The ordinals the clerk named as spoiled, as ranges, ascending."""
    rows = session.execute(
        select(SpoiledLabels.first, SpoiledLabels.last)
        .where(SpoiledLabels.print_code_id == print_code_id)
        .order_by(SpoiledLabels.first)
    )
    return [(first, last) for first, last in rows]


def _prints_for(session: Session, person_id: int, now: datetime) -> set[int]:
    members = memberships(session, person_id, now=now)
    return {one.enterprise_id for one in members if Act.PRINT_LABELS in one.acts}


def _cards(session: Session, *which: ColumnElement[bool]) -> list[PrintCodeCard]:
    rows = session.execute(_CARDS.where(*which).order_by(PrintCode.id))
    return [PrintCodeCard(*row) for row in rows]


_CARDS: Select[*tuple[Any, ...]] = select(
    PrintCode.id,
    PrintCode.public_id,
    PrintCode.enterprise_id,
    PrintCode.state,
    PrintCode.print_place,
    PrintCode.sealed_code,
    PrintCode.made_at,
    PrintCode.by_person_id,
    PrintCode.expires_at,
    PrintCode.fetched_at,
    PrintCode.token_hash,
    PrintCode.ended_at,
    PrintCode.answered_at,
    PrintCode.spoiled_count,
    PrintCode.settled_at,
    PrintCode.label_print_id,
    LabelPrint.batch_id,
    LabelPrint.first,
    LabelPrint.last,
    LabelPrint.paper,
    LabelPrint.file_format,
    LabelPrint.counted,
    LabelPrint.job_id,
).join(LabelPrint, LabelPrint.id == PrintCode.label_print_id)
