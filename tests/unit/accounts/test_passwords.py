import unicodedata

import pytest

from accounts import passwords
from core import turns
from core.errors import Busy


def test_a_password_is_hashed_at_the_minimum_of_owasp() -> None:
    stored = passwords.hash_of("demo-goc")

    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.is_right("demo-goc", stored)
    assert not passwords.is_right("demo-gốc", stored)


def test_nobodys_password_is_never_right_and_costs_the_same_work() -> None:
    assert passwords._NOBODYS.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not passwords.is_right("anything", None)


def test_a_broken_hash_opens_nothing() -> None:
    assert not passwords.is_right("demo-goc", "not a hash")


def test_letters_typed_on_another_keyboard_are_the_same_password() -> None:
    stored = passwords.hash_of(unicodedata.normalize("NFD", "mật khẩu"))

    assert passwords.is_right(unicodedata.normalize("NFC", "mật khẩu"), stored)


def test_whoever_waits_too_long_for_the_one_hash_is_told_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "LONGEST_WAIT_SECONDS", 0.01)

    with passwords._TURNS, pytest.raises(Busy):
        passwords.is_right("demo-goc", None)
    assert not passwords.is_right("demo-goc", None)
