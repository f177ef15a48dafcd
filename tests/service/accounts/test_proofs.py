import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.codes import Purpose
from accounts.errors import ProofUsed, TooManyCodes
from accounts.models import Proof
from accounts.service import Tried, Try, ask_code, proved_otherwise, try_code, use_proof
from core.dispatch.models import Dispatch
from core.work import Work
from tests.makers import make_person

PHONE = "+84912345678"
ENTER = Purpose.ENTER


def asked(work: Work, *, purpose: Purpose = ENTER, target: str = PHONE) -> tuple[str, str]:
    """A browser's token and the code its number got."""
    token = ask_code(work, purpose=purpose, target=target)
    words = work.session.scalars(select(Dispatch.words).order_by(Dispatch.id.desc())).first()
    found = re.search(r"\d{6}", words or "")
    assert found is not None
    return token, found[0]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_the_code_sent_proves_the_number_to_the_browser_that_asked(work: Work) -> None:
    token, code = asked(work)

    assert try_code(work, token=token, purpose=ENTER, code=code) == Tried(Try.RIGHT, 5, PHONE)
    assert use_proof(work, token=token, purpose=ENTER) == PHONE


def test_a_code_is_kept_as_a_hash_and_its_browser_too(work: Work) -> None:
    token, code = asked(work)

    [proof] = work.session.scalars(select(Proof))
    kept = f"{proof.token_hash} {proof.code_hash}"
    assert token not in kept
    assert code not in kept


def test_a_known_and_an_unknown_number_are_sent_the_same(work: Work) -> None:
    make_person(work, sign_in=PHONE)

    asked(work)
    asked(work, target="+84987654321")

    sent = [
        re.sub(r"\d{6}", "#", one) for one in work.session.scalars(select(Dispatch.words)) if one
    ]
    assert len(sent) == 2
    assert sent[0] == sent[1]


def test_another_browser_and_another_purpose_cannot_use_a_code(work: Work) -> None:
    token, code = asked(work)
    other, _ = asked(work, target="+84987654321")

    assert try_code(work, token="nobody's", purpose=ENTER, code=code).outcome is Try.DEAD
    assert try_code(work, token=token, purpose=Purpose.RESET, code=code).outcome is Try.DEAD
    assert try_code(work, token=other, purpose=ENTER, code=code).outcome is Try.WRONG
    assert try_code(work, token=token, purpose=ENTER, code=code).outcome is Try.RIGHT


def test_five_wrong_tries_lock_the_code_and_a_new_one_works(work: Work) -> None:
    token, code = asked(work)

    tries = [try_code(work, token=token, purpose=ENTER, code=wrong(code)) for _ in range(5)]

    assert tries == [Tried(Try.WRONG, left) for left in (4, 3, 2, 1, 0)]
    assert try_code(work, token=token, purpose=ENTER, code=code).outcome is Try.DEAD
    with pytest.raises(ProofUsed):
        use_proof(work, token=token, purpose=ENTER)
    token, code = asked(work)
    assert try_code(work, token=token, purpose=ENTER, code=code).outcome is Try.RIGHT


def test_the_right_code_passes_at_the_fifth_try(work: Work) -> None:
    token, code = asked(work)
    for _ in range(4):
        try_code(work, token=token, purpose=ENTER, code=wrong(code))

    assert try_code(work, token=token, purpose=ENTER, code=code).outcome is Try.RIGHT


def test_a_code_lasts_ten_minutes_and_is_typed_right_once(work: Work) -> None:
    token, code = asked(work)
    late, late_code = asked(work)

    work.now += timedelta(minutes=10) - timedelta(seconds=1)
    assert try_code(work, token=token, purpose=ENTER, code=code).outcome is Try.RIGHT
    assert try_code(work, token=token, purpose=ENTER, code=code).outcome is Try.DEAD
    work.now += timedelta(seconds=1)
    assert try_code(work, token=late, purpose=ENTER, code=late_code).outcome is Try.DEAD


def test_a_proof_takes_effect_once_within_half_an_hour(work: Work) -> None:
    token, code = asked(work)
    with pytest.raises(ProofUsed):  # Not typed yet.
        use_proof(work, token=token, purpose=ENTER)
    try_code(work, token=token, purpose=ENTER, code=code)
    with pytest.raises(ProofUsed):
        use_proof(work, token=token, purpose=Purpose.RESET)

    assert use_proof(work, token=token, purpose=ENTER) == PHONE

    with pytest.raises(ProofUsed):
        use_proof(work, token=token, purpose=ENTER)
    late = proved_otherwise(work, purpose=ENTER, target=PHONE)
    work.now += timedelta(minutes=30)
    with pytest.raises(ProofUsed):
        use_proof(work, token=late, purpose=ENTER)


def test_a_number_gets_five_codes_an_hour_and_ten_a_day(work: Work) -> None:
    for _ in range(5):
        asked(work)
    with pytest.raises(TooManyCodes) as refusal:
        asked(work)
    assert refusal.value.values == {"hours": 1}
    asked(work, target="+84987654321")

    work.now += timedelta(hours=1)
    for _ in range(5):
        asked(work)
    work.now += timedelta(hours=1)
    with pytest.raises(TooManyCodes) as refusal:
        asked(work)
    assert refusal.value.values == {"hours": 24}

    work.now += timedelta(hours=22)
    asked(work)


def test_signing_in_by_password_takes_no_code_away(work: Work) -> None:
    for _ in range(6):
        proved_otherwise(work, purpose=ENTER, target=PHONE)

    asked(work)


def test_a_proof_uses_up_no_other(work: Work) -> None:
    one, other = (proved_otherwise(work, purpose=ENTER, target=f"+8491234567{n}") for n in (1, 2))

    assert use_proof(work, token=other, purpose=ENTER) == "+84912345672"
    assert use_proof(work, token=one, purpose=ENTER) == "+84912345671"
