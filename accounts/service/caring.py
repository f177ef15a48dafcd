"""What officers and helpers do for several makers at once: each maker alone, told who was left out.

Nobody is left out without a reason: the reasons' sentences stand in `accounts.care_words`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select, update

from accounts.errors import AlreadyBelongs, TooManyAskings
from accounts.models import AreaTarget, Caretaker, GroupAct, MakerReminder
from accounts.queries.care import CaredMaker
from accounts.queries.consent_lines import Given
from accounts.queries.consents import Asked
from accounts.service.consents import Wish, ask_consent, end_consent
from core import audit, messages
from core.database import dialect_of, lock_words, upsert
from core.work import Work, not_before

REMINDER = "maker_reminder"  # The kind of message.
REMIND_AGAIN_AFTER = timedelta(days=7)  # One a week to each maker, whoever sends it.


@dataclass
class Outcome:
    """To whom it went, and by maker the reason why it did not go to the others."""

    went: list[int] = field(default_factory=list)
    left_out: dict[int, str] = field(default_factory=dict)


def remind_makers(work: Work, *, makers: Sequence[CaredMaker], words: str) -> str:
    """Tell each maker the words, unless nobody there can read them or one was told this week.

    Gives the public id of what was done.
    """
    outcome = Outcome()
    for maker in _in_order(makers):
        if maker.readers == 0:
            outcome.left_out[maker.id] = "no_reader"
        elif not _take_reminder(work, maker.id):
            outcome.left_out[maker.id] = "reminded"
        else:
            _tell(work, maker.id, words)
            outcome.went.append(maker.id)
    return _keep(work, "remind", outcome)


def hand_over_makers(
    work: Work, *, makers: Sequence[CaredMaker], to: int, theirs: Sequence[int], note: str
) -> str:
    """Give makers into another officer's care; only those of the officer's own area (`theirs`).

    Gives the public id of what was done.
    """
    outcome = Outcome()
    for maker in _in_order(makers):
        if maker.id not in theirs:
            outcome.left_out[maker.id] = "not_their_area"
        elif not _hand_over(work, maker.id, to, note):
            outcome.left_out[maker.id] = "theirs_already"
        else:
            outcome.went.append(maker.id)
    return _keep(work, "hand_over", outcome)


def ask_for_longer(
    work: Work, *, held: Sequence[Given], askable: Mapping[int, Asked], days: int, site: str
) -> str:
    """Ask each producer to be let in for some days from today, for the same work as now.

    `askable` names whom to ask, by enterprise. Gives the public id of what was done.
    """
    outcome = Outcome()
    for one in sorted(held, key=lambda each: each.enterprise_id):
        asked = askable.get(one.enterprise_id)
        reason = "waits" if asked is None else _ask(work, asked, Wish(one.scopes, days), site)
        if reason:
            outcome.left_out[one.enterprise_id] = reason
        else:
            outcome.went.append(one.enterprise_id)
    return _keep(work, "extend", outcome)


def leave_makers(work: Work, *, held: Sequence[Given], words: str) -> str:
    """End a helper's consents and tell the producers whom they can ask now.

    Gives the public id of what was done.
    """
    outcome = Outcome()
    for one in sorted(held, key=lambda each: each.enterprise_id):
        end_consent(work, public_id=one.public_id)
        _tell(work, one.enterprise_id, words)
        outcome.went.append(one.enterprise_id)
    return _keep(work, "leave", outcome)


def set_targets(work: Work, *, area: str, year: int, targets: Mapping[str, int | None]) -> None:
    """Keep what an area wants to reach in a year; None takes a target away."""
    for figure, target in sorted(targets.items()):
        key = {"area": area, "year": year, "figure": figure}
        if target is None:
            _drop_target(work, key)
            continue
        said = {"wanted": target, "person_id": _person(work), "entered_at": work.now}
        work.session.execute(
            upsert(dialect_of(work.session), AreaTarget, {**key, **said}, changes=said)
        )
    audit.record(
        work,
        act="set_targets",
        object_kind="area",
        object_id=int(area or 0),
        enterprise_id=None,
        year=year,
        targets=dict(targets),
    )


def _in_order(makers: Sequence[CaredMaker]) -> list[CaredMaker]:
    """By id: two group acts at once meet the rows in one order."""
    return sorted(makers, key=lambda maker: maker.id)


def _take_reminder(work: Work, enterprise_id: int) -> bool:
    """Take the week's one reminder of a maker; False: somebody reminded it within a week."""
    said = {"reminded_at": work.now, "person_id": _person(work)}
    statement = upsert(
        dialect_of(work.session),
        MakerReminder,
        {"enterprise_id": enterprise_id, **said},
        changes=said,
        where=MakerReminder.reminded_at <= work.now - REMIND_AGAIN_AFTER,
    )
    taken = work.session.execute(statement.returning(MakerReminder.enterprise_id))
    return taken.one_or_none() is not None


def _tell(work: Work, enterprise_id: int, words: str) -> None:
    messages.send(
        work,
        enterprise_id=enterprise_id,
        kind=REMINDER,
        values={"person_id": _person(work), "words": words},
        once_key=f"{REMINDER}:{enterprise_id}:{work.new_public_id()}",
    )
    audit.record(
        work,
        act="remind_maker",
        object_kind="enterprise",
        object_id=enterprise_id,
        enterprise_id=enterprise_id,
    )


def _hand_over(work: Work, enterprise_id: int, to: int, note: str) -> bool:
    """Give a maker into somebody's care; False: it is there already, with the same note."""
    # One after another for a maker: of two who hand it over at once the later stands.
    lock_words(work.session, f"caretaker {enterprise_id}")
    is_open = (Caretaker.enterprise_id == enterprise_id, Caretaker.ended_at.is_(None))
    present = work.session.scalars(select(Caretaker).where(*is_open)).one_or_none()
    if present is not None and (present.person_id, present.note) == (to, note):
        return False
    work.session.execute(
        update(Caretaker).where(*is_open).values(ended_at=not_before(Caretaker.since_at, work.now))
    )
    work.session.add(
        Caretaker(
            enterprise_id=enterprise_id,
            person_id=to,
            given_by_id=_person(work),
            note=note,
            since_at=work.now,
        )
    )
    work.session.flush()
    audit.record(
        work,
        act="hand_over_maker",
        object_kind="enterprise",
        object_id=enterprise_id,
        enterprise_id=enterprise_id,
        helper_id=to,
    )
    return True


def _ask(work: Work, asked: Asked, wish: Wish, site: str) -> str:
    """Ask one producer; the reason why not, or nothing."""
    try:
        ask_consent(work, of=asked, wish=wish, site=site)
    except TooManyAskings:
        return "too_many"
    except AlreadyBelongs:
        return "belongs"
    return ""


def _drop_target(work: Work, key: Mapping[str, object]) -> None:
    target = work.session.get(AreaTarget, tuple(key.values()))
    if target is not None:
        work.session.delete(target)


def _keep(work: Work, act: str, outcome: Outcome) -> str:
    done = GroupAct(
        public_id=work.new_public_id(),
        person_id=_person(work),
        act=act,
        went=outcome.went,
        left_out={str(id_): reason for id_, reason in outcome.left_out.items()},
        at=work.now,
    )
    work.session.add(done)
    work.session.flush()
    return done.public_id


def _person(work: Work) -> int:
    assert work.by.person_id is not None, "only people care for makers"
    return work.by.person_id
