"""Askings and consents, as helpers and producers see them."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from accounts.consent_rules import ASKING_LIVES
from accounts.hashing import hash_of_secret
from accounts.models import (
    Consent,
    ConsentAsking,
    Enterprise,
    Membership,
    Person,
    SignIn,
    TeamMember,
)
from accounts.names import sign_in_name
from accounts.queries.acting import is_living, teams_of
from accounts.queries.consent_lines import (
    ASKINGS,
    CONSENTS,
    Asking,
    Given,
    askings_in,
    givens_in,
    one_asking,
)
from accounts.queries.enterprises import maker_by_slug_key
from accounts.rules import Role
from core.ids import SLUG_KEY_LENGTH
from core.photos.models import Photo

_PAGE = re.compile(r"/producers/([\w-]+)")
_IS_DIRECTOR = (Membership.role == Role.DIRECTOR.value, Membership.ended_at.is_(None))


@dataclass(frozen=True)
class Asked:
    """Of whom a helper asks: the words typed, whose they are, and who is told by SMS."""

    words: str
    enterprise_id: int | None = None
    sent_to_id: int | None = None


def asked_producer(session: Session, typed: str) -> Asked | None:
    """Whom the words name: a telephone number, an e-mail address, or the address of a page.

    A number nobody has is an answer too (no enterprise); None means that it is none of these, or
    a page there is not: pages are public.
    """
    page = _PAGE.search(typed)
    if page is not None:
        maker = maker_by_slug_key(session, page[1][-SLUG_KEY_LENGTH:].upper())
        if maker is None or maker.is_closed:
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
    return one_asking(session, ASKINGS.where(ConsentAsking.public_id == public_id))


def asking_by_link(session: Session, token: str) -> Asking | None:
    """The asking a link opens, while the person it was sent to leads the enterprise."""
    return one_asking(
        session,
        ASKINGS.join(Membership, Membership.enterprise_id == ConsentAsking.enterprise_id)
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
    asked = CONSENTS.join(ConsentAsking, ConsentAsking.consent_id == Consent.id)
    found = givens_in(session, asked.where(ConsentAsking.id == asking_id))
    return found[0] if found else None


def paper_of_consent(session: Session, consent_id: int) -> Photo | None:
    """The photo of the paper by which a consent was given."""
    return session.scalars(
        select(Photo).join(Consent, Consent.paper_id == Photo.id).where(Consent.id == consent_id)
    ).one_or_none()


def askings_by_phone(session: Session, number: str, *, now: datetime) -> list[Asking]:
    """What waits for whoever signs in by this number, where they lead, the newest first."""
    receiver = aliased(Person)
    return askings_in(
        session,
        ASKINGS.join(receiver, receiver.id == ConsentAsking.sent_to_id)
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
    found = givens_in(session, CONSENTS.where(Consent.enterprise_id.in_(leader_of), *living))
    return [(leader_of[one.enterprise_id], one) for one in found]


def askings_by_id(session: Session, ids: Collection[int]) -> dict[int, Asking]:
    """Askings by their database ids, for messages about them."""
    found = askings_in(session, ASKINGS.where(ConsentAsking.id.in_(ids)))
    return {each.id: each for each in found}


def askings_of(session: Session, helper_id: int) -> list[Asking]:
    """What a helper asked, the newest first."""
    return askings_in(session, ASKINGS.where(ConsentAsking.helper_id == helper_id))


def askings_to(session: Session, enterprise_id: int) -> list[Asking]:
    """What was asked of a producer, the newest first."""
    return askings_in(session, ASKINGS.where(ConsentAsking.enterprise_id == enterprise_id))


def consent(session: Session, public_id: str) -> Given | None:
    """The consent of this id, living or over."""
    found = givens_in(session, CONSENTS.where(Consent.public_id == public_id))
    return found[0] if found else None


def consents_of(session: Session, enterprise_id: int) -> list[Given]:
    """What a producer let helpers do, the newest first; what is over too."""
    return givens_in(session, CONSENTS.where(Consent.enterprise_id == enterprise_id))


def consents_held(session: Session, helper_id: int, *, now: datetime) -> list[Given]:
    """By what a helper may act at this moment, given to them alone."""
    own = (Consent.helper_id == helper_id, Consent.team_id.is_(None))
    return givens_in(session, CONSENTS.where(*own, *is_living(now)))


def consents_of_teams(session: Session, person_id: int, *, now: datetime) -> list[Given]:
    """By what somebody may act in the name of a team of theirs at this moment."""
    theirs = Consent.team_id.in_(teams_of(person_id))
    return givens_in(session, CONSENTS.where(theirs, *is_living(now)))


def last_consent(session: Session, *, helper_id: int, key_hash: str) -> Given | None:
    """The last consent of a helper, or of a team they were in, where a sign-in still acts."""
    was_in = select(TeamMember.team_id).where(TeamMember.person_id == helper_id)
    own = and_(Consent.helper_id == helper_id, Consent.team_id.is_(None))
    ours = CONSENTS.join(SignIn, SignIn.enterprise_id == Consent.enterprise_id).where(
        SignIn.key_hash == key_hash, or_(own, Consent.team_id.in_(was_in))
    )
    found = givens_in(session, ours)
    return found[0] if found else None


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
