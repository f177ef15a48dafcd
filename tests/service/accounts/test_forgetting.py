from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.codes import Purpose
from accounts.models import ApiToken, PasswordLink, Proof, SignIn
from accounts.service import forgetting, proved_otherwise
from accounts.service.forgetting import (
    forget_password_links,
    forget_proofs,
    forget_sign_ins,
    forget_tokens,
)
from core.work import Work
from tests.makers import make_enterprise, make_person


@pytest.fixture(autouse=True)
def _pieces_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "PIECE", 2)


def until_nothing_is_left(forget_some: Callable[[Work], bool], work: Work) -> None:
    while forget_some(work):
        pass


def test_sign_ins_go_ninety_days_after_they_ended_or_ran_out(work: Work) -> None:
    person = make_person(work)
    limit = work.now - timedelta(days=90)
    long_ago = limit - timedelta(seconds=1)
    for key, expires_at, ended_at in (
        ("living", work.now, None),
        ("ended", work.now, limit),
        ("run out", limit, None),
        ("ended long ago", work.now, long_ago),
        ("run out long ago", long_ago, None),
        ("both", long_ago, long_ago),
    ):
        work.session.add(
            SignIn(
                key_hash=key,
                person_id=person.id,
                created_at=long_ago,
                expires_at=expires_at,
                ended_at=ended_at,
            )
        )
    work.session.flush()

    until_nothing_is_left(forget_sign_ins, work)

    kept = set(work.session.scalars(select(SignIn.key_hash)))
    assert kept == {"living", "ended", "run out"}


def test_links_go_once_they_open_nothing(work: Work) -> None:
    person = make_person(work)
    ahead = work.now + timedelta(days=1)
    for token_hash, expires_at, used_at in (
        ("living", ahead, None),
        ("used", ahead, work.now),
        ("run out", work.now, None),
        ("both", work.now, work.now),
    ):
        work.session.add(
            PasswordLink(
                token_hash=token_hash, person_id=person.id, expires_at=expires_at, used_at=used_at
            )
        )
    work.session.flush()

    until_nothing_is_left(forget_password_links, work)

    assert work.session.scalars(select(PasswordLink.token_hash)).all() == ["living"]


def test_codes_go_a_day_after_they_were_asked_for(work: Work) -> None:
    now = work.now
    for hours in (30, 29, 28, 25, 24):
        work.now = now - timedelta(hours=hours)
        proved_otherwise(work, purpose=Purpose.ENTER, target="+84912345678")
    work.now = now

    assert forget_proofs(work)
    assert forget_proofs(work)
    assert not forget_proofs(work)

    kept = work.session.scalars(select(Proof.asked_at)).all()
    assert kept == [now - timedelta(hours=24)]


def test_tokens_go_ninety_days_after_they_ended_or_ran_out(work: Work) -> None:
    person, enterprise = make_person(work), make_enterprise(work)
    limit = work.now - timedelta(days=90)
    long_ago = limit - timedelta(seconds=1)
    for name, expires_at, ended_at in (
        ("living", work.now, None),
        ("ended", work.now, limit),
        ("run out", limit, None),
        ("ended long ago", work.now, long_ago),
        ("run out long ago", long_ago, None),
        ("both", long_ago, long_ago),
    ):
        work.session.add(
            ApiToken(
                public_id=name,
                token_hash=name,
                person_id=person.id,
                enterprise_id=enterprise.id,
                name=name,
                scopes=[],
                created_at=long_ago - timedelta(days=1),
                expires_at=expires_at,
                ended_at=ended_at,
            )
        )
    work.session.flush()

    until_nothing_is_left(forget_tokens, work)

    left = select(ApiToken.name).order_by(ApiToken.name)
    assert work.session.scalars(left).all() == ["ended", "living", "run out"]
