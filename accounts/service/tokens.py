"""Tokens of programs: made, used, ended by their person or with what they stand on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, or_, select, update

from accounts.errors import NotAMember
from accounts.hashing import hash_of_secret
from accounts.models import ApiToken, Enterprise, Membership
from accounts.token_errors import TokenGone, TooManyTokens
from accounts.token_scopes import TokenScope
from core import audit
from core.database import lock_words
from core.work import Work, not_before

BEARER_BEGINS = "goc_"  # By this, searchers of leaked secrets know one of ours.
MOST_TOKENS = 20  # Alive, of one person: each program has one.


@dataclass(frozen=True)
class NewToken:
    """What a token is for; `days` is how long it lives."""

    name: str
    scopes: Sequence[TokenScope]
    days: int


def make_token(work: Work, *, enterprise_id: int, new: NewToken) -> str:
    """Make a token of whoever asks, for an enterprise they belong to; it is never shown again.

    Raises:
        NotAMember: they do not belong there (helpers act by themselves, no program of theirs does).
        TooManyTokens: the person has as many as anybody needs.
    """
    person_id = work.by.person_id
    assert person_id is not None, "only people have tokens"
    lock_words(work.session, f"tokens of {person_id}")
    _refuse_stranger(work, enterprise_id, person_id)
    if _alive_count(work, person_id) >= MOST_TOKENS:
        raise TooManyTokens("tokens", most=MOST_TOKENS)
    secret = BEARER_BEGINS + work.new_token()
    token = ApiToken(
        public_id=work.new_public_id(),
        token_hash=hash_of_secret(secret),
        person_id=person_id,
        enterprise_id=enterprise_id,
        name=new.name,
        scopes=[str(scope) for scope in new.scopes],
        created_at=work.now,
        expires_at=work.now + timedelta(days=new.days),
    )
    work.session.add(token)
    work.session.flush()
    _record(work, "make_token", token)
    return secret


def end_token(work: Work, *, public_id: str) -> None:
    """End a token of one's own, from the very next request on.

    Raises:
        TokenGone: it ended before, or is another's.
    """
    ended = work.session.scalars(
        update(ApiToken)
        .where(ApiToken.public_id == public_id, ApiToken.person_id == work.by.person_id)
        .where(ApiToken.ended_at.is_(None))
        .values(ended_at=not_before(ApiToken.created_at, work.now))
        .returning(ApiToken)
    ).one_or_none()
    if ended is None:
        raise TokenGone("token ended, or another's")
    _record(work, "end_token", ended)


def end_tokens(work: Work, *, person_id: int, enterprise_id: int | None = None) -> None:
    """End all tokens of somebody: those for one enterprise, or every one."""
    here = [] if enterprise_id is None else [ApiToken.enterprise_id == enterprise_id]
    work.session.execute(
        update(ApiToken)
        .where(ApiToken.person_id == person_id, ApiToken.ended_at.is_(None), *here)
        .values(ended_at=not_before(ApiToken.created_at, work.now))
    )


def note_token_use(work: Work, *, token_id: int) -> None:
    """Keep the day on which a token was last used; on the same day nothing is written."""
    is_earlier = or_(ApiToken.last_used_on.is_(None), ApiToken.last_used_on < work.today)
    work.session.execute(
        update(ApiToken).where(ApiToken.id == token_id, is_earlier).values(last_used_on=work.today)
    )


def _refuse_stranger(work: Work, enterprise_id: int, person_id: int) -> None:
    # The enterprise before the membership: so does whoever takes a member out, and the row of the
    # token will point to it. The other way round both would wait for each other on PostgreSQL.
    work.session.execute(
        select(Enterprise.id)
        .where(Enterprise.id == enterprise_id)
        .with_for_update(read=True, key_share=True)
    )
    belongs = work.session.scalar(
        select(Membership.id)
        .where(Membership.enterprise_id == enterprise_id, Membership.person_id == person_id)
        .where(Membership.ended_at.is_(None))
        .with_for_update()
    )
    if belongs is None:
        raise NotAMember("a token for an enterprise one does not belong to")


def _alive_count(work: Work, person_id: int) -> int:
    counted = select(func.count()).select_from(ApiToken)
    alive = counted.where(ApiToken.person_id == person_id, ApiToken.ended_at.is_(None))
    return work.session.scalar(alive.where(ApiToken.expires_at > work.now)) or 0


def _record(work: Work, act: str, token: ApiToken) -> None:
    audit.record(
        work,
        act=act,
        object_kind="api_token",
        object_id=token.id,
        enterprise_id=token.enterprise_id,
        scopes=token.scopes,
    )
