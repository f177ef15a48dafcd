from datetime import UTC, datetime

from accounts.challenges import CHANCE_BYTES, LASTS, new_challenge, until
from core.sealing import Sealer

KEY = Sealer("a key of thirty-two letters or so")
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def test_a_challenge_is_answered_for_what_and_where_it_was_asked_alone() -> None:
    asked = new_challenge(KEY, about="second step a", now=NOW, chance=bytes(CHANCE_BYTES))

    assert until(KEY, asked, about="second step a") == NOW + LASTS
    assert until(KEY, asked, about="second step b") is None
    assert until(KEY, asked, about="confirm a") is None


def test_nobody_makes_or_lengthens_a_challenge_of_ours() -> None:
    asked = new_challenge(KEY, about="confirm a", now=NOW, chance=bytes(CHANCE_BYTES))
    later = (int.from_bytes(asked[:8], "big") + 60).to_bytes(8, "big") + asked[8:]

    assert until(KEY, later, about="confirm a") is None
    assert until(Sealer("another key of thirty-two letters"), asked, about="confirm a") is None
    assert until(KEY, b"", about="confirm a") is None
