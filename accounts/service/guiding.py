"""Guiding: asked for by the producer, paired by two digits, ended at once by either."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select, update

from accounts.consent_rules import three_pairs
from accounts.errors import GuidingOneself, GuidingOver
from accounts.models import Guiding, Person
from accounts.names import sign_in_name
from core.database import lock_words
from core.periods import GUIDINGS
from core.work import Work, not_before

GUIDING_LASTS = timedelta(minutes=30)  # Then one asks anew: nobody is looked at by forgetting.
PIECE = 500


def ask_guiding(work: Work, *, enterprise_id: int, helper: str) -> None:
    """Ask whoever signs in by these words to guide; an earlier guiding of one's own ends.

    Whether anybody signs in so is not told: such an asking simply waits.

    Raises:
        GuidingOneself: the words are one's own.
    """
    producer_id = work.by.person_id
    assert producer_id is not None, "only people are guided"
    name = sign_in_name(helper)
    named = select(Person.id).where(Person.sign_in == name)
    helper_id = work.session.scalar(named) if name else None
    if helper_id == producer_id:
        raise GuidingOneself("a person asks themselves")
    lock_words(work.session, f"guiding of {producer_id}")
    end_guiding(work)
    work.session.add(
        Guiding(
            public_id=work.new_public_id(),
            enterprise_id=enterprise_id,
            producer_id=producer_id,
            helper_id=helper_id,
            pairs=three_pairs(work.new_digits),
            asked_at=work.now,
            until_at=work.now + GUIDING_LASTS,
        )
    )
    work.session.flush()


def choose_pair(work: Work, *, pair: str) -> str:
    """Begin to be guided where the pair is the one on the helper's screen; its public id.

    A wrong one ends it: nobody tries three times. Empty: it ended so.

    Raises:
        GuidingOver: nothing of one's own waits for a pair.
    """
    row = work.session.scalar(
        select(Guiding)
        .where(Guiding.producer_id == work.by.person_id, Guiding.on_at.is_(None))
        .where(Guiding.ended_at.is_(None), Guiding.until_at > work.now)
        .with_for_update()
    )
    if row is None:
        raise GuidingOver("no guiding waits for a pair")
    if row.helper_id is None or pair != row.pairs[0]:
        row.ended_at = work.now
        work.session.flush()
        return ""
    row.on_at, row.until_at = work.now, work.now + GUIDING_LASTS
    work.session.flush()
    return row.public_id


def end_guiding(work: Work) -> None:
    """End one's own guiding, asked for or on: the helper sees nothing more from now on."""
    _end(work, Guiding.producer_id == work.by.person_id)


def leave_guiding(work: Work, *, public_id: str) -> None:
    """Stop guiding, as the helper."""
    _end(work, Guiding.helper_id == work.by.person_id, Guiding.public_id == public_id)


def note_place(work: Work, *, public_id: str, place: str, field: str) -> None:
    """Say on which page and in which field the producer is; once it is over nothing is kept."""
    work.session.execute(
        update(Guiding)
        .where(Guiding.producer_id == work.by.person_id, *_is_on(work, public_id))
        .values(place=place, field=field, placed_at=work.now)
    )


def say_to_guided(work: Work, *, public_id: str, words: str, field: str) -> None:
    """Send the producer a sentence, or point at a field; it takes the place of the last one.

    Raises:
        GuidingOver: the producer ended it, or its half hour is over.
    """
    said = work.session.scalar(
        update(Guiding)
        .where(Guiding.helper_id == work.by.person_id, *_is_on(work, public_id))
        .values(note=words, note_field=field, notes=Guiding.notes + 1)
        .returning(Guiding.id)
    )
    if said is None:
        raise GuidingOver(f"guiding {public_id}")


def forget_guidings(work: Work) -> bool:
    """Delete some guidings of yesterday; whether there may be more."""
    old = select(Guiding.id).where(Guiding.asked_at < work.now - GUIDINGS.kept)
    some = work.session.scalars(old.limit(PIECE)).all()
    work.session.execute(delete(Guiding).where(Guiding.id.in_(some)))
    return len(some) == PIECE


def _is_on(work: Work, public_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        Guiding.public_id == public_id,
        Guiding.on_at.is_not(None),
        Guiding.ended_at.is_(None),
        Guiding.until_at > work.now,
    )


def _end(work: Work, *which: ColumnElement[bool]) -> None:
    work.session.execute(
        update(Guiding)
        .where(Guiding.ended_at.is_(None), *which)
        .values(ended_at=not_before(Guiding.asked_at, work.now))
    )
