"""Tokens of programs: whose they are, and the list of one's own."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import ApiToken, Enterprise, Person
from accounts.queries.acting import memberships
from accounts.rules import Role, Who
from accounts.token_scopes import TokenScope


@dataclass(frozen=True)
class Bearer:
    """A living token and whoever it acts as, with the role they have there today."""

    token_id: int
    token_public_id: str
    name: str  # What its person calls it.
    scopes: frozenset[TokenScope]
    last_used_on: date | None
    created_at: datetime
    who: Who


@dataclass(frozen=True)
class OwnToken:
    """A token of one's own; what it opens with is not known any more."""

    public_id: str
    name: str
    enterprise_name: str
    scopes: tuple[TokenScope, ...]
    expires_at: datetime
    last_used_on: date | None
    created_at: datetime

    def is_over(self, now: datetime) -> bool:
        """Whether it has run out."""
        return self.expires_at <= now


def bearer(session: Session, *, token_hash: str, now: datetime) -> Bearer | None:
    """Whom a token acts as; None where it ended, ran out, or its person left. Two statements."""
    row = session.execute(
        select(
            ApiToken.id,
            ApiToken.public_id,
            ApiToken.name.label("token_name"),
            ApiToken.scopes,
            ApiToken.last_used_on,
            ApiToken.created_at,
            ApiToken.enterprise_id,
            ApiToken.person_id,
            Person.name,
        )
        .join(Person, Person.id == ApiToken.person_id)
        .where(ApiToken.token_hash == token_hash)
        .where(ApiToken.ended_at.is_(None), ApiToken.expires_at > now)
    ).one_or_none()
    if row is None:
        return None
    there = [
        one
        for one in memberships(session, row.person_id, now=now)
        if one.enterprise_id == row.enterprise_id and one.role is not Role.HELPER
    ]
    if not there:
        return None
    who = Who(row.person_id, row.name, acting=there[0], memberships=tuple(there))
    scopes = frozenset(TokenScope(scope) for scope in row.scopes)
    used_on, made_at = row.last_used_on, row.created_at
    return Bearer(row.id, row.public_id, row.token_name, scopes, used_on, made_at, who)


def own_tokens(session: Session, person_id: int) -> list[OwnToken]:
    """The person's tokens that were not ended, the newest first. One statement."""
    rows = session.execute(
        select(
            ApiToken.public_id,
            ApiToken.name,
            Enterprise.name.label("enterprise_name"),
            ApiToken.scopes,
            ApiToken.expires_at,
            ApiToken.last_used_on,
            ApiToken.created_at,
        )
        .join(Enterprise, Enterprise.id == ApiToken.enterprise_id)
        .where(ApiToken.person_id == person_id, ApiToken.ended_at.is_(None))
        .order_by(ApiToken.id.desc())
    )
    return [
        OwnToken(**{**row._asdict(), "scopes": tuple(TokenScope(one) for one in row.scopes)})
        for row in rows
    ]
