import secrets

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from traceability.rules.signatures import (
    SIGNATURE_DIGITS,
    canonical_address,
    signature_bytes,
    signature_digits,
    signed_message,
)

SITE, GTIN, SERIAL = "https://goc.example", "09521234543213", "7K3MQ9T2XB40G"
# By the private key 00 01 … 1f, whose public key is 03a107bf…31b8.
SIGNED_WITH_GTIN = (
    "08997833083049921003682587528944145163027519698501203162668136901518490524411222"
    "682703495983443036616553911086754175436688343852361320863857756235889235981"
)
SIGNED_WITHOUT = (
    "05945634855088815189873507575732868869852624032593359305216585485161134650118761"
    "031516726187572203916767684763538690907397516910179330021721520003504059917"
)
LARGEST = (
    "13407807929942597099574024998205846127479365820592393377723561443721764030073546"
    "976801874298166903427690031858186486050853753882811946569946433649006084095"
)


@pytest.mark.parametrize(("gtin", "digits"), [(GTIN, SIGNED_WITH_GTIN), (None, SIGNED_WITHOUT)])
def test_the_same_key_writes_the_same_digits_for_ever(gtin: str | None, digits: str) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

    assert signature_digits(key.sign(signed_message(SITE, gtin, SERIAL))) == digits


def test_what_is_signed_is_the_canonical_address_without_query() -> None:
    assert signed_message(SITE, GTIN, SERIAL) == (
        b"goc-stamp-v1\nhttps://id.gs1.org/01/09521234543213/21/7K3MQ9T2XB40G"
    )
    assert signed_message(SITE, None, SERIAL) == (
        b"goc-stamp-v1\nhttps://goc.example/s/7K3MQ9T2XB40G"
    )


def test_a_signature_with_a_gtin_outlives_the_sites_name_and_one_without_its_case() -> None:
    assert canonical_address("https://elsewhere.example", GTIN, SERIAL) == canonical_address(
        SITE, GTIN, SERIAL
    )
    assert canonical_address("HTTPS://GOC.EXAMPLE", None, SERIAL) == canonical_address(
        SITE, None, SERIAL
    )


@pytest.mark.parametrize(
    "signature",
    [bytes(64), bytes(63) + b"\1", b"\1" + bytes(63), b"\xff" * 64],
    ids=["zero", "one", "high", "largest"],
)
def test_64_bytes_come_back_from_155_digits(signature: bytes) -> None:
    digits = signature_digits(signature)

    assert len(digits) == SIGNATURE_DIGITS
    assert signature_bytes(digits) == signature


def test_any_64_bytes_come_back() -> None:
    for _ in range(300):
        signature = secrets.token_bytes(64)
        assert signature_bytes(signature_digits(signature)) == signature


@pytest.mark.parametrize(
    "text",
    ["", "0" * 154, "0" * 156, "9" * 155, str(int(LARGEST) + 1), "0" * 154 + "x", "٣" * 155],
    ids=["empty", "short", "long", "nines", "one too many", "letter", "other digits"],
)
def test_other_digits_are_no_signature(text: str) -> None:
    assert signature_bytes(text) is None
    assert signature_bytes(LARGEST) == b"\xff" * 64
