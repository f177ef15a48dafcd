"""Whether the chain is whole: every number once, every hash true, every kept head in its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.audit import AuditEntry
from core.audit_chain.digest import BEFORE_FIRST, Proof, proof_of
from core.audit_chain.heads import Head

PIECE = 1_000


@dataclass
class Report:
    """What a check of the chain found."""

    sealed: int = 0
    waiting: int = 0  # Written, not sealed yet: the chain says nothing of them.
    head: Head | None = None
    heads_compared: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def is_true(self) -> bool:
        """Whether nothing is at fault."""
        return not self.faults


def check(session: Session, heads: Iterable[Head]) -> Report:
    """Walk the chain from its first entry and compare it with the heads kept elsewhere."""
    kept: dict[int, set[str]] = {}
    for head in heads:
        kept.setdefault(head.number, set()).add(head.hash)
    report = Report(heads_compared=len(kept))
    for entry in _chain(session):
        _look_at(report, entry)
        known = kept.pop(report.head.number, None) if report.head else None
        if report.head and known is not None and known != {report.head.hash}:
            report.faults.append(f"Entry {entry.number} is not the one kept as a head.")
    for number in sorted(kept):
        report.faults.append(
            f"Entry {number}, kept as a head, is not in the chain: its end was cut off."
        )
    report.waiting = (
        session.scalar(
            select(func.count()).select_from(AuditEntry).where(AuditEntry.number.is_(None))
        )
        or 0
    )
    return report


def _chain(session: Session) -> Iterator[AuditEntry]:
    last: int | None = None
    while True:
        asked = select(AuditEntry).where(AuditEntry.number.is_not(None))
        if last is not None:
            asked = asked.where(AuditEntry.number > last)
        some = session.scalars(asked.order_by(AuditEntry.number).limit(PIECE)).all()
        yield from some
        if len(some) < PIECE:
            return
        last = some[-1].number
        session.expunge_all()  # A chain of years is walked in the memory of one piece.


def _look_at(report: Report, entry: AuditEntry) -> None:
    assert entry.number is not None
    assert entry.hash is not None
    before = report.head or Head(0, BEFORE_FIRST)
    if entry.number != before.number + 1:
        report.faults.append(_gap(before.number + 1, entry.number - 1))
    elif entry.hash_before != before.hash:
        report.faults.append(f"Entry {entry.number} does not follow entry {before.number}.")
    if proof_of(entry) is not Proof.HOLDS:
        report.faults.append(f"Entry {entry.number} ({entry.public_id}) was changed.")
    report.sealed += 1
    report.head = Head(entry.number, entry.hash)


def _gap(first: int, last: int) -> str:
    if first == last:
        return f"Entry {first} is missing."
    return f"Entries {first} to {last} are missing."
