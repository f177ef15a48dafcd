"""Activations from a device the maker never used: asked for, then answered by a second member."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, delete, or_, select, update

from accounts.service import end_browser
from core import audit, periods
from core.outbox import announce
from core.work import By, Work, not_before, trial
from traceability.asking_errors import ActivationAskedBefore, AskedDifferently, AskingOver
from traceability.events import ActivationAsked
from traceability.models import ActivationAsking, ActivationAskingRange, StampAct
from traceability.queries import ActCard, act_of, acts_together
from traceability.rules import ASKING_LASTS, AskingState
from traceability.service.range_store import hold_batch
from traceability.service.ranges import activate_stamps, stick_stamps

PIECE = 500  # Old askings thrown away in one transaction.
Stick = Callable[[Work], StampAct]


@dataclass(frozen=True)
class AskedWith:
    """With what somebody asks: a browser's words and hash, or nothing of a program."""

    device: str = ""
    browser_hash: str | None = None


def ask_activation(
    work: Work, stick: Stick, *, binds: bool, asked_with: AskedWith
) -> ActivationAsking:
    """Keep the wish to do `stick`, which is tried and taken back: what it refuses is refused now.

    `binds`: it binds stamps of a roll too. The same person who asks for the same stamps again has
    the asking that stands.

    Raises:
        ActivationAskedBefore: some of these stamps stand in another asking.
        What `stick` raises.
    """
    expire_askings(work)
    parts = _tried(work, stick)
    for batch_id in sorted({part.batch_id for part in parts}):
        hold_batch(work, batch_id)  # The trial's hold went with it: askings of one batch queue.
    standing = _standing(work, parts)
    if standing is not None:
        return standing
    asking = _open(work, parts, binds=binds, asked_with=asked_with)
    announce(work, ActivationAsked(asking.id, asking.enterprise_id))
    _record(work, "ask_activation", asking)
    return asking


def confirm_activation(work: Work, *, asking_id: int) -> StampAct:
    """Do what was asked for, with all its checks, as whoever asked; the audit has both people.

    Raises:
        AskingOver: it was answered, taken back or has run out; of two answers one wins.
        AskedDifferently: the stamps are of another lot by now.
        What activating raises: then the asking stands as before.
    """
    parts = _parts(work, asking_id)
    # Before the asking, as every act does that closes askings whose stamps it takes.
    for batch_id in sorted({part.batch_id for part in parts}):
        hold_batch(work, batch_id)
    asking = _leave_open(work, asking_id, AskingState.CONFIRMED, decided_by_id=work.by.person_id)
    asker = By(
        "person", asking.asked_by_id, asking.enterprise_id, asking.consent_id, asking.program
    )
    asked = replace(work, by=asker)
    acts = [_stick(asked, part, binds=asking.binds) for part in parts]
    asking.act_id = acts[0].id
    work.session.flush()
    _record(work, "confirm_activation", asking)
    return acts[0]


def refuse_activation(work: Work, *, asking_id: int) -> None:
    """Let nothing come of it; the device it was asked from counts no more.

    Raises:
        AskingOver: as `confirm_activation`.
    """
    asking = _leave_open(work, asking_id, AskingState.REFUSED, decided_by_id=work.by.person_id)
    if asking.browser_hash is not None:
        end_browser(work, enterprise_id=asking.enterprise_id, browser_hash=asking.browser_hash)
    _record(work, "refuse_activation", asking)


def withdraw_activation(work: Work, *, asking_id: int) -> None:
    """Take one's own asking back.

    Raises:
        AskingOver: as `confirm_activation`, or it is another's.
    """
    mine = ActivationAsking.asked_by_id == work.by.person_id
    asking = _leave_open(work, asking_id, AskingState.WITHDRAWN, mine)
    _record(work, "withdraw_activation", asking)


def expire_askings(work: Work) -> None:
    """End the askings nobody answered in time: their stamps can be asked for again."""
    over = (ActivationAsking.state == AskingState.OPEN, ActivationAsking.expires_at <= work.now)
    ended = work.session.scalars(
        update(ActivationAsking)
        .where(*over)
        .values(state=AskingState.EXPIRED, ended_at=ActivationAsking.expires_at)
        .returning(ActivationAsking.id)
    ).all()
    _close_ranges(work, ended)


def forget_askings(work: Work) -> bool:
    """Delete some askings that ended long ago; whether there may be more."""
    old = ActivationAsking.ended_at < work.now - periods.ACTIVATION_ASKINGS.kept
    some = work.session.scalars(
        select(ActivationAsking.id).where(old).order_by(ActivationAsking.id).limit(PIECE)
    ).all()
    of_some = ActivationAskingRange.asking_id.in_(some)
    work.session.execute(delete(ActivationAskingRange).where(of_some))
    work.session.execute(delete(ActivationAsking).where(ActivationAsking.id.in_(some)))
    return len(some) == PIECE


def _tried(work: Work, stick: Stick) -> list[ActCard]:
    """The reports as stuck on that `stick` would make, by batch; nothing of it stays."""
    with trial(work):
        card = act_of(work.session, stick(work).public_id)
        assert card is not None, "it was just done"
        together = acts_together(work.session, card)
    return [each for each in together if each.act == "activate"]


def _standing(work: Work, parts: Sequence[ActCard]) -> ActivationAsking | None:
    """The person's own asking for exactly these stamps; None where none of them is asked for.

    Raises:
        ActivationAskedBefore: some of them stand in another asking.
    """
    touched = [
        (ActivationAskingRange.batch_id == each.batch_id)
        & (ActivationAskingRange.first <= each.last)
        & (ActivationAskingRange.last >= each.first)
        for each in parts
    ]
    rows = work.session.scalars(
        select(ActivationAskingRange).where(ActivationAskingRange.is_open, or_(*touched))
    ).all()
    if not rows:
        return None
    ids = {row.asking_id for row in rows}
    same = {(one.batch_id, one.lot_id, one.first, one.last) for one in parts}
    asking = work.session.get_one(ActivationAsking, rows[0].asking_id)
    is_mine = len(ids) == 1 and asking.asked_by_id == work.by.person_id
    if not is_mine or {(r.batch_id, r.lot_id, r.first, r.last) for r in rows} != same:
        raise ActivationAskedBefore(f"askings {sorted(ids)}")
    return asking


def _open(
    work: Work, parts: Sequence[ActCard], *, binds: bool, asked_with: AskedWith
) -> ActivationAsking:
    assert work.by.person_id is not None, "people and their programs ask"
    asking = ActivationAsking(
        public_id=work.new_public_id(),
        enterprise_id=parts[0].enterprise_id,
        binds=binds,
        state=AskingState.OPEN,
        asked_by_id=work.by.person_id,
        consent_id=work.by.consent_id,
        program=work.by.token,
        device=asked_with.device,
        browser_hash=asked_with.browser_hash,
        asked_at=work.now,
        expires_at=work.now + ASKING_LASTS,
    )
    work.session.add(asking)
    work.session.flush()
    work.session.add_all(
        ActivationAskingRange(
            asking_id=asking.id,
            batch_id=each.batch_id,
            lot_id=each.lot_id,
            first=each.first,
            last=each.last,
        )
        for each in parts
    )
    work.session.flush()
    return asking


def _leave_open(
    work: Work,
    asking_id: int,
    state: AskingState,
    *which: ColumnElement[bool],
    decided_by_id: int | None = None,
) -> ActivationAsking:
    """End an open asking in one conditional UPDATE: of two who answer at once one wins."""
    asking = work.session.execute(
        update(ActivationAsking)
        .where(ActivationAsking.id == asking_id, ActivationAsking.state == AskingState.OPEN)
        .where(ActivationAsking.expires_at > work.now, *which)
        .values(
            state=state,
            ended_at=not_before(ActivationAsking.asked_at, work.now),
            decided_by_id=decided_by_id,
        )
        .returning(ActivationAsking)
    ).scalar_one_or_none()
    if asking is None:
        raise AskingOver(f"asking {asking_id}")
    _close_ranges(work, [asking_id])
    return asking


def _close_ranges(work: Work, asking_ids: Sequence[int]) -> None:
    work.session.execute(
        update(ActivationAskingRange)
        .where(ActivationAskingRange.asking_id.in_(asking_ids))
        .values(is_open=False)
    )


def _parts(work: Work, asking_id: int) -> Sequence[ActivationAskingRange]:
    """What was asked for; batches in the order in which every act holds them."""
    return work.session.scalars(
        select(ActivationAskingRange)
        .where(ActivationAskingRange.asking_id == asking_id)
        .order_by(ActivationAskingRange.batch_id, ActivationAskingRange.first)
    ).all()


def _stick(work: Work, part: ActivationAskingRange, *, binds: bool) -> StampAct:
    """Do one part of what was asked for, for the lot it was asked for.

    Raises:
        AskedDifferently: its stamps are of another lot by now.
    """
    which = {"batch_id": part.batch_id, "first": part.first, "last": part.last}
    if binds:
        return stick_stamps(work, lot_id=part.lot_id, **which)
    act = activate_stamps(work, **which)
    if (act.lot_id, act.last) != (part.lot_id, part.last):
        raise AskedDifferently(f"range {part.first} to {part.last} of batch {part.batch_id}")
    return act


def _record(work: Work, act: str, asking: ActivationAsking) -> None:
    audit.record(
        work,
        act=act,
        object_kind="activation_asking",
        object_id=asking.id,
        enterprise_id=asking.enterprise_id,
        asked_by=asking.asked_by_id,
    )
