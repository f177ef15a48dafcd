"""An asking and a consent as a line that both sides read, and the statements that give them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session, aliased

from accounts.consent_rules import ASKING_LIVES, PAPER_LIVES, shown_pairs
from accounts.models import Consent, ConsentAsking, Enterprise, Person, Team
from accounts.queries.teams import team_named
from accounts.rules import Scope

SHOWN = 50  # Of what is over: the rest stands in the history of acts.


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
    team_id: int | None
    team: str  # In whose name; empty: in the helper's own.

    @property
    def named(self) -> str:
        """Who asks, for a sentence: a person, or a team and who asks in its name."""
        return f"{self.team} ({self.helper})" if self.team else self.helper

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
    team_id: int | None
    team: str  # To which team it was given; empty: to the helper.

    @property
    def named(self) -> str:
        """Whom it was given to, for a sentence: a person, or a team and who asked for it."""
        return f"{self.team} ({self.helper})" if self.team else self.helper

    def lives(self, now: datetime) -> bool:
        """Whether the helper may act by it at this moment."""
        return self.ended_at is None and self.until_at > now


_ENDING, _WITNESS = aliased(Person), aliased(Person)
_TEAM = (
    Team.name.label("team_name"),
    Team.province_code.label("team_province"),
    Team.commune_code.label("team_commune"),
)
ASKINGS = (
    select(
        *ConsentAsking.__table__.columns,
        Person.name.label("helper"),
        Person.sign_in.label("helper_sign_in"),
        Enterprise.name.label("enterprise"),
        *_TEAM,
    )
    .join(Person, Person.id == ConsentAsking.helper_id)
    .outerjoin(Team, Team.id == ConsentAsking.team_id)
    .outerjoin(Enterprise, Enterprise.id == ConsentAsking.enterprise_id)
)
CONSENTS = (
    select(
        *Consent.__table__.columns,
        Person.name.label("helper"),
        Enterprise.name.label("enterprise"),
        Enterprise.public_id.label("enterprise_public_id"),
        _ENDING.name.label("ended_by"),
        _WITNESS.name.label("witness"),
        *_TEAM,
    )
    .join(Person, Person.id == Consent.helper_id)
    .outerjoin(Team, Team.id == Consent.team_id)
    .join(Enterprise, Enterprise.id == Consent.enterprise_id)
    .outerjoin(_ENDING, _ENDING.id == Consent.ended_by_id)
    .outerjoin(_WITNESS, _WITNESS.id == Consent.witness_id)
)


def one_asking(session: Session, statement: Select[Any]) -> Asking | None:
    """The one asking a statement over `ASKINGS` finds."""
    row = session.execute(statement).one_or_none()
    return None if row is None else _asking(row)


def askings_in(session: Session, statement: Select[Any]) -> list[Asking]:
    """The askings a statement over `ASKINGS` finds, the newest first."""
    newest = statement.order_by(ConsentAsking.asked_at.desc(), ConsentAsking.id.desc())
    return [_asking(row) for row in session.execute(newest.limit(SHOWN))]


def givens_in(session: Session, statement: Select[Any]) -> list[Given]:
    """The consents a statement over `CONSENTS` finds, the newest first."""
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
        team_id=row.team_id,
        team=team_named(row.team_name, row.team_province, row.team_commune),
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
        team_id=row.team_id,
        team=team_named(row.team_name, row.team_province, row.team_commune),
    )


def _scopes(stored: Sequence[str]) -> tuple[Scope, ...]:
    """In the order of the rules: the same sentence on every page."""
    return tuple(one for one in Scope if one in stored)
