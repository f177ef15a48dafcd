"""Where sellers that wait lie, in words: for the officers' lists and for their own home."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from accounts import queries
from accounts.queries import JudgedEnterprise, Move
from accounts.turn_words import Lying, lying


def sellers_lying(
    session: Session, sellers: Collection[JudgedEnterprise], *, now: datetime, language: str
) -> dict[int, Lying]:
    """Of those that were sent, the office each lies with and until when, by id."""
    sent = {one.id: one for one in sellers if one.submitted_at}
    turns = queries.turns(
        session,
        {id_: (id_, one.submitted_at) for id_, one in sent.items() if one.submitted_at},
        now=now,
    )
    return {
        id_: lying(
            turn,
            province_code=sent[id_].province_code,
            commune_code=sent[id_].commune_code,
            language=language,
        )
        for id_, turn in turns.items()
    }


def seller_lying(session: Session, public_id: str, *, now: datetime, language: str) -> Lying | None:
    """The office one seller's papers lie with and until when; None for one that was not sent."""
    sent = queries.judged_enterprise(session, public_id)
    if sent is None or sent.submitted_at is None:
        return None
    return sellers_lying(session, [sent], now=now, language=language)[sent.id]


def moves_lying(
    session: Session, moves: Collection[Move], *, now: datetime, language: str
) -> dict[int, Lying]:
    """Of moves, the office of the new place each lies with and until when, by id."""
    turns = queries.turns_of_moves(session, moves, now=now)
    return {
        one.id: lying(
            turns[one.id],
            province_code=one.province_code,
            commune_code=one.commune_code,
            language=language,
        )
        for one in moves
    }
