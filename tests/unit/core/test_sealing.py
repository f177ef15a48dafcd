import pytest

from core.sealing import SealBroken, Sealer

KEY = Sealer("a key of thirty-two letters or so")


def test_what_is_sealed_opens_as_what_it_is_and_nothing_else() -> None:
    sealed = KEY.seal("bí mật", about="totp of 7")

    assert "bí mật" not in sealed
    assert KEY.open(sealed, about="totp of 7") == "bí mật"
    with pytest.raises(SealBroken):
        KEY.open(sealed, about="totp of 8")


def test_the_same_words_are_sealed_differently_each_time() -> None:
    assert KEY.seal("a", about="x") != KEY.seal("a", about="x")


def test_another_installations_key_opens_nothing() -> None:
    sealed = KEY.seal("a", about="x")

    with pytest.raises(SealBroken):
        Sealer("another key of thirty-two letters").open(sealed, about="x")


@pytest.mark.parametrize("sealed", ["", "1.", "1.AAAA", "no base 64 ă", "1." + "A" * 60])
def test_what_was_never_sealed_does_not_open(sealed: str) -> None:
    with pytest.raises(SealBroken):
        KEY.open(sealed, about="x")


def test_a_digest_depends_on_the_key_the_words_and_what_they_are() -> None:
    digests = {
        KEY.digest("a", about="x"),
        KEY.digest("b", about="x"),
        KEY.digest("a", about="y"),
        Sealer("another").digest("a", about="x"),
    }

    assert len(digests) == 4
    assert KEY.digest("a", about="x") in digests
