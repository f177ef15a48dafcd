import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from traceability.rules import (
    FREE_TRIES,
    draw_serials,
    is_scratch_code,
    locked_until,
    scratch_codes,
    serial_text,
    serial_texts,
)

SECRET = bytes(range(32))
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def test_a_code_is_the_keyed_hash_of_the_serial_cut_to_six_digits() -> None:
    text = serial_text(0)
    drawn = hmac.new(SECRET, b"goc scratch code 1\n" + text.encode(), hashlib.sha256).digest()

    assert scratch_codes(SECRET, [text]) == [f"{int.from_bytes(drawn[:8], 'big') % 1_000_000:06}"]


def test_codes_differ_by_stamp_and_by_secret_and_keep_their_zeros() -> None:
    texts = serial_texts(draw_serials(500, _drawn_from(b"a")))
    codes = scratch_codes(SECRET, texts)

    assert {len(code) for code in codes} == {6}
    assert any(code.startswith("0") for code in codes)
    assert len(set(codes)) > 495
    assert scratch_codes(bytes(32), texts) != codes


def test_a_stamp_is_confirmed_by_its_own_digits_alone() -> None:
    first, second = draw_serials(2, _drawn_from(b"b"))
    (code,) = scratch_codes(SECRET, [serial_text(first)])

    assert is_scratch_code(SECRET, first, code)
    assert not is_scratch_code(SECRET, second, code)
    assert not is_scratch_code(bytes(32), first, code)
    assert not is_scratch_code(SECRET, first, code[:-1])
    assert not is_scratch_code(SECRET, first, "")


@pytest.mark.parametrize(
    ("wrong", "hours"), [(1, None), (4, None), (5, 1), (6, 4), (7, 24), (8, 24), (400, 24)]
)
def test_each_wrong_number_beyond_the_free_ones_locks_for_longer(
    wrong: int, hours: int | None
) -> None:
    until = None if hours is None else NOW + timedelta(hours=hours)

    assert locked_until(wrong, NOW) == until


def test_a_year_of_trying_is_a_chance_of_less_than_one_in_two_thousand_five_hundred() -> None:
    at, tries = NOW, 0
    while at < NOW + timedelta(days=365):
        tries += 1
        at = locked_until(tries, at) or at

    assert FREE_TRIES < tries <= 373
    assert tries / 1_000_000 < 1 / 2_500


def _drawn_from(seed: bytes) -> Callable[[int], bytes]:
    """The same bytes at each run."""
    stream = count()
    return lambda size: hashlib.shake_256(seed + bytes([next(stream)])).digest(size)
