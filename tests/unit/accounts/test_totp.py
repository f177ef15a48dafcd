from datetime import UTC, datetime, timedelta

import pytest

from accounts.recovery_codes import typed_code, written
from accounts.totp import grouped, matching_step, secret_of, setup_uri, step_at

SECRET = secret_of(b"12345678901234567890")  # The secret of RFC 6238's test vectors.
NOW = datetime(2005, 3, 18, 1, 58, 29, tzinfo=UTC)  # 1111111109


def test_the_codes_are_those_of_the_standard() -> None:
    assert matching_step(SECRET, "081804", NOW) == 1111111109 // 30


@pytest.mark.parametrize(("seconds", "taken"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_clock_half_a_minute_off_is_borne_and_no_more(seconds: int, *, taken: bool) -> None:
    found = matching_step(SECRET, "081804", NOW + timedelta(seconds=seconds))

    assert (found == step_at(NOW)) is taken


@pytest.mark.parametrize("typed", ["081805", "", "81804", "０８１８０４"])
def test_other_digits_are_of_no_half_minute(typed: str) -> None:
    assert matching_step(SECRET, typed, NOW) is None


def test_the_square_code_says_what_every_app_reads() -> None:
    uri = setup_uri(SECRET, name="+84912345678", host="goc.example")

    assert uri == (
        "otpauth://totp/G%E1%BB%91c:%2B84912345678%20%28goc.example%29"
        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=G%E1%BB%91c"
    )


def test_a_secret_is_typed_in_fours_and_a_recovery_code_too() -> None:
    assert grouped(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    assert written("0123456789AB") == "0123-4567-89AB"


def test_a_recovery_code_is_understood_however_it_was_copied() -> None:
    assert typed_code(" o123-4567 89ab ") == "0123456789AB"
    assert typed_code("0I23-4L67-89AB") == "0123416789AB"
