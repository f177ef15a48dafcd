"""Askings and consents, as helpers and producers see them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from accounts.consent_rules import ASKING_LIVES, PAPER_LIVES, shown_pairs
from accounts.hashing import hash_of_secret
from accounts.models import Consent, ConsentAsking, Enterprise, Membership, Person, SignIn
from accounts.names import sign_in_name
from accounts.queries.acting import is_living
from accounts.queries.enterprises import maker_by_slug_key
from accounts.rules import Role, Scope
from core.ids import SLUG_KEY_LENGTH
from core.photos.models import Photo

SHOWN = 50  # Of what is over: the rest stands in the history of acts.
_PAGE = re.compile(r"/producers/([\w-]+)")
_IS_DIRECTOR = (Membership.role == Role.DIRECTOR.value, Membership.ended_at.is_(None))


@dataclass(frozen=True)
class Asked:
    """Of whom a helper asks: the words typed, whose they are, and who is told by SMS."""

    words: str
    enterprise_id: int | None = None
    sent_to_id: int | None = None


@dataclass(frozen=True)
class Asking:
    """An asking with the names both sides read."""

    id: int
    public_id: str
    helper_id: int
    helper: str
    helper_sign_in: str
    asked_of: str
    enterprise_id: int | None
    enterprise: str
    sent_to_id: int | None
    scopes: tuple[Scope, ...]
    pair: str
    pairs: tuple[str, ...]
    state: str
    asked_at: datetime
    until_at: datetime
    decided_at: datetime | None
    printed_at: datetime | None

    def waits(self, now: datetime) -> bool:
        """Whether it can still be answered."""
        return self.state == "asked" and self.asked_at > now - ASKING_LIVES

    def waits_on_paper(self, now: datetime) -> bool:
        """Whether it can be answered by a paper an officer sees."""
        is_fresh = self.printed_at is not None and self.printed_at > now - PAPER_LIVES
        return self.state == "asked" and is_fresh and self.until_at > now


@dataclass(frozen=True)
class Given:
    """A consent with the names both sides read."""

    id: int
    public_id: str
    enterprise_id: int
    enterprise_public_id: str
    enterprise: str
    helper_id: int
    helper: str
    scopes: tuple[Scope, ...]
    since_at: datetime
    until_at: datetime
    ended_at: datetime | None
    ended_by: str
    witness: str  # The officer who saw the paper signed; empty without a paper.

    def lives(self, now: datetime) -> bool:
        """Whether the helper may act by it at this moment."""
        return self.ended_at is None and self.until_at > now


def asked_producer(session: Session, typed: str) -> Asked | None:
    """Whom the words name: a telephone number, an e-mail address, or the address of a page.

    A number nobody has is an answer too (no enterprise); None means that it is none of these, or
    a page there is not: pages are public.
    """
    page = _PAGE.search(typed)
    if page is not None:
        maker = maker_by_slug_key(session, page[1][-SLUG_KEY_LENGTH:].upper())
        if maker is None:
            return None
        return Asked(maker.name, maker.id, _director_with_phone(session, maker.id))
    name = sign_in_name(typed)
    if name is None:
        return None
    row = session.execute(
        select(Membership.enterprise_id, Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Person.sign_in == name, *_IS_DIRECTOR)
        .order_by(Membership.since_at, Membership.id)
        .limit(1)
    ).one_or_none()
    if row is not None:
        return Asked(typed.strip(), row.enterprise_id, None if "@" in name else row.person_id)
    enterprise_id = _reached_by(session, name)
    if enterprise_id is None:
        return Asked(typed.strip())
    return Asked(typed.strip(), enterprise_id, _director_with_phone(session, enterprise_id))


def askable(
    session: Session, enterprise_ids: Collection[int], *, helper_id: int, now: datetime
) -> dict[int, Asked]:
    """How to ask enterprises by their names; one whose answer the helper waits for is not in it."""
    waiting = select(ConsentAsking.enterprise_id).where(
        ConsentAsking.helper_id == helper_id,
        ConsentAsking.state == "asked",
        ConsentAsking.asked_at > now - ASKING_LIVES,
        ConsentAsking.enterprise_id.is_not(None),
    )
    phones = (
        select(Membership.enterprise_id, func.min(Membership.person_id).label("person_id"))
        .join(Person, Person.id == Membership.person_id)
        .where(*_IS_DIRECTOR, Person.sign_in.startswith("+"))
        .group_by(Membership.enterprise_id)
        .subquery()
    )
    rows = session.execute(
        select(Enterprise.id, Enterprise.name, phones.c.person_id)
        .outerjoin(phones, phones.c.enterprise_id == Enterprise.id)
        .where(Enterprise.id.in_(enterprise_ids), Enterprise.id.not_in(waiting))
    )
    return {id_: Asked(name, id_, person_id) for id_, name, person_id in rows}


def asking(session: Session, public_id: str) -> Asking | None:
    """The asking of this id."""
    return _one(session, _ASKINGS.where(ConsentAsking.public_id == public_id))


def asking_by_link(session: Session, token: str) -> Asking | None:
    """The asking a link opens, while the person it was sent to leads the enterprise."""
    return _one(
        session,
        _ASKINGS.join(Membership, Membership.enterprise_id == ConsentAsking.enterprise_id)
        .where(Membership.person_id == ConsentAsking.sent_to_id, *_IS_DIRECTOR)
        .where(ConsentAsking.token_hash == hash_of_secret(token)),
    )


def consent_paper(session: Session, *, asking_id: int) -> Photo | None:
    """The photo of the paper by which an asking was answered; None where there is none."""
    return session.scalars(
        select(Photo)
        .join(Consent, Consent.paper_id == Photo.id)
        .join(ConsentAsking, ConsentAsking.consent_id == Consent.id)
        .where(ConsentAsking.id == asking_id)
    ).one_or_none()


def consent_of_asking(session: Session, *, asking_id: int) -> Given | None:
    """What was given by an asking; None where nothing was."""
    asked = _CONSENTS.join(ConsentAsking, ConsentAsking.consent_id == Consent.id)
    found = _givens(session, asked.where(ConsentAsking.id == asking_id))
    return found[0] if found else None


def paper_of_consent(session: Session, consent_id: int) -> Photo | None:
    """The photo of the paper by which a consent was given."""
    return session.scalars(
        select(Photo).join(Consent, Consent.paper_id == Photo.id).where(Consent.id == consent_id)
    ).one_or_none()


def askings_by_phone(session: Session, number: str, *, now: datetime) -> list[Asking]:
    """What waits for whoever signs in by this number, where they lead, the newest first."""
    receiver = aliased(Person)
    return _askings(
        session,
        _ASKINGS.join(receiver, receiver.id == ConsentAsking.sent_to_id)
        .join(
            Membership,
            and_(
                Membership.enterprise_id == ConsentAsking.enterprise_id,
                Membership.person_id == receiver.id,
            ),
        )
        .where(receiver.sign_in == number, *_IS_DIRECTOR)
        .where(ConsentAsking.state == "asked", ConsentAsking.asked_at > now - ASKING_LIVES),
    )


def consents_by_phone(session: Session, number: str, *, now: datetime) -> list[tuple[int, Given]]:
    """By what helpers may act where whoever signs in by this number leads, each with the leader."""
    leads = (
        select(Membership.enterprise_id, Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Person.sign_in == number, *_IS_DIRECTOR)
    )
    leader_of = {row.enterprise_id: row.person_id for row in session.execute(leads)}
    living = is_living(now)
    found = _givens(session, _CONSENTS.where(Consent.enterprise_id.in_(leader_of), *living))
    return [(leader_of[one.enterprise_id], one) for one in found]


def askings_by_id(session: Session, ids: Collection[int]) -> dict[int, Asking]:
    """Askings by their database ids, for messages about them."""
    found = _askings(session, _ASKINGS.where(ConsentAsking.id.in_(ids)))
    return {each.id: each for each in found}


def askings_of(session: Session, helper_id: int) -> list[Asking]:
    """What a helper asked, the newest first."""
    return _askings(session, _ASKINGS.where(ConsentAsking.helper_id == helper_id))


def askings_to(session: Session, enterprise_id: int) -> list[Asking]:
    """What was asked of a producer, the newest first."""
    return _askings(session, _ASKINGS.where(ConsentAsking.enterprise_id == enterprise_id))


def consent(session: Session, public_id: str) -> Given | None:
    """The consent of this id, living or over."""
    found = _givens(session, _CONSENTS.where(Consent.public_id == public_id))
    return found[0] if found else None


def consents_of(session: Session, enterprise_id: int) -> list[Given]:
    """What a producer let helpers do, the newest first; what is over too."""
    return _givens(session, _CONSENTS.where(Consent.enterprise_id == enterprise_id))


def consents_held(session: Session, helper_id: int, *, now: datetime) -> list[Given]:
    """By what a helper may act at this moment."""
    living = is_living(now)
    return _givens(session, _CONSENTS.where(Consent.helper_id == helper_id, *living))


def last_consent(session: Session, *, helper_id: int, key_hash: str) -> Given | None:
    """The last consent of a helper for the enterprise a sign-in still names."""
    ours = _CONSENTS.join(SignIn, SignIn.enterprise_id == Consent.enterprise_id).where(
        SignIn.key_hash == key_hash, Consent.helper_id == helper_id
    )
    found = _givens(session, ours)
    return found[0] if found else None


_ENDING, _WITNESS = aliased(Person), aliased(Person)
_ASKINGS = (
    select(
        *ConsentAsking.__table__.columns,
        Person.name.label("helper"),
        Person.sign_in.label("helper_sign_in"),
        Enterprise.name.label("enterprise"),
    )
    .join(Person, Person.id == ConsentAsking.helper_id)
    .outerjoin(Enterprise, Enterprise.id == ConsentAsking.enterprise_id)
)
_CONSENTS = (
    select(
        *Consent.__table__.columns,
        Person.name.label("helper"),
        Enterprise.name.label("enterprise"),
        Enterprise.public_id.label("enterprise_public_id"),
        _ENDING.name.label("ended_by"),
        _WITNESS.name.label("witness"),
    )
    .join(Person, Person.id == Consent.helper_id)
    .join(Enterprise, Enterprise.id == Consent.enterprise_id)
    .outerjoin(_ENDING, _ENDING.id == Consent.ended_by_id)
    .outerjoin(_WITNESS, _WITNESS.id == Consent.witness_id)
)


def _reached_by(session: Session, name: str) -> int | None:
    """The oldest enterprise that gives this number as its own."""
    if "@" in name:
        return None
    numbers = {name, name.replace("+84", "0", 1)}
    return session.scalar(
        select(Enterprise.id).where(Enterprise.phone.in_(numbers)).order_by(Enterprise.id).limit(1)
    )


def director_phone(session: Session, enterprise_id: int) -> str | None:
    """The number of whoever leads an enterprise and signs in by telephone."""
    person_id = _director_with_phone(session, enterprise_id)
    return session.scalar(select(Person.sign_in).where(Person.id == person_id))


def _director_with_phone(session: Session, enterprise_id: int) -> int | None:
    return session.scalar(
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.enterprise_id == enterprise_id, *_IS_DIRECTOR)
        .where(Person.sign_in.startswith("+"))
        .order_by(Membership.since_at, Membership.id)
        .limit(1)
    )


def _one(session: Session, statement: Select[Any]) -> Asking | None:
    row = session.execute(statement).one_or_none()
    return None if row is None else _asking(row)


def _askings(session: Session, statement: Select[Any]) -> list[Asking]:
    newest = statement.order_by(ConsentAsking.asked_at.desc(), ConsentAsking.id.desc())
    return [_asking(row) for row in session.execute(newest.limit(SHOWN))]


def _givens(session: Session, statement: Select[Any]) -> list[Given]:
    newest = statement.order_by(Consent.asked_at.desc(), Consent.id.desc())
    return [_given(row) for row in session.execute(newest.limit(SHOWN))]


def _asking(row: Row[Any]) -> Asking:
    return Asking(
        id=row.id,
        public_id=row.public_id,
        helper_id=row.helper_id,
        helper=row.helper,
        helper_sign_in=row.helper_sign_in or "",
        asked_of=row.asked_of,
        enterprise_id=row.enterprise_id,
        enterprise=row.enterprise or "",
        sent_to_id=row.sent_to_id,
        scopes=_scopes(row.scopes),
        pair=row.pairs[0],
        pairs=tuple(shown_pairs(row.pairs)),
        state=row.state,
        asked_at=row.asked_at,
        until_at=row.until_at,
        decided_at=row.decided_at,
        printed_at=row.printed_at,
    )


def _given(row: Row[Any]) -> Given:
    return Given(
        id=row.id,
        public_id=row.public_id,
        enterprise_id=row.enterprise_id,
        enterprise_public_id=row.enterprise_public_id,
        enterprise=row.enterprise,
        helper_id=row.helper_id,
        helper=row.helper,
        scopes=_scopes(row.scopes),
        since_at=row.decided_at,
        until_at=row.until_at,
        ended_at=row.ended_at,
        ended_by=row.ended_by or "",
        witness=row.witness or "",
    )


def _scopes(stored: Sequence[str]) -> tuple[Scope, ...]:
    """In the order of the rules: the same sentence on every page."""
    return tuple(one for one in Scope if one in stored)
