"""A batch counts as its maker's only where the log told the key before, and not its end."""

from collections.abc import Sequence

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.unit.traceability.log.stamps import MAKER_KEY, batch_entry, key_entry
from traceability.log.canonical import canonical_text
from traceability.log.encoding import base64_text
from traceability.log.entries import read_entry
from traceability.log.errors import (
    MakerKeyEnded,
    MakerKeyForeign,
    MakerKeyRefused,
    MakerKeyRevoked,
    MakerKeyUnknown,
    MakerRefused,
    MakerSignatureWrong,
)
from traceability.log.makers import MakerKeys, key_name

KEY, BATCH = key_entry(), batch_entry()
ENDED, REVOKED = key_entry("ended"), key_entry("revoked")
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()


def taken(entries: Sequence[bytes]) -> None:
    keys = MakerKeys()
    for entry in entries:
        keys.take(entry)


def changed(entry: bytes, **fields: object) -> bytes:
    """The entry saying something else under the signature it had."""
    return canonical_text({**read_entry(entry), **fields}).encode()


@pytest.mark.parametrize(
    "entries",
    [
        [KEY, BATCH],
        [KEY, BATCH, batch_entry(batch="ANOTHER000")],
        [KEY, BATCH, ENDED],
        [KEY, BATCH, REVOKED],
        [KEY, BATCH, ENDED, REVOKED],
        [KEY, changed(BATCH, at="2026-11-20T03:04:05Z"), ENDED],  # Our clock was two days late,
        [KEY, changed(BATCH, at="2026-11-24T03:04:05Z"), ENDED],  # or early: the order decides.
        [KEY, changed(ENDED, kind="void"), BATCH],  # Of another kind: passed over.
    ],
    ids=[
        "signed",
        "twice",
        "ended later",
        "revoked later",
        "ended, then revoked",
        "two days late",
        "two days early",
        "another kind",
    ],
)
def test_what_a_living_key_signed_is_its_makers(entries: Sequence[bytes]) -> None:
    taken(entries)


@pytest.mark.parametrize(
    ("entries", "refused"),
    [
        ([BATCH], MakerKeyUnknown),
        ([BATCH, KEY], MakerKeyUnknown),
        ([KEY, ENDED, BATCH], MakerKeyEnded),
        ([KEY, ENDED, changed(BATCH, at="2026-11-20T03:04:05Z")], MakerKeyEnded),
        ([KEY, REVOKED, BATCH], MakerKeyRevoked),
        ([KEY, REVOKED, changed(BATCH, at="2026-11-20T03:04:05Z")], MakerKeyRevoked),
        ([KEY, ENDED, REVOKED, BATCH], MakerKeyRevoked),
        ([KEY, batch_entry(enterprise="SOMEBODY00")], MakerKeyForeign),
        ([KEY, changed(BATCH, count=6)], MakerSignatureWrong),
        ([KEY, changed(BATCH, lot=None)], MakerSignatureWrong),
        ([KEY, changed(BATCH, signature="A" * 86 + "==")], MakerSignatureWrong),
        ([KEY, changed(BATCH, signature="?")], MakerSignatureWrong),
        ([KEY, changed(BATCH, signature=None)], MakerSignatureWrong),
        ([KEY, changed(BATCH, signature=5)], MakerSignatureWrong),
        ([KEY, changed(BATCH, key=None)], MakerKeyUnknown),
        ([KEY, KEY], MakerKeyRefused),
        ([KEY, REVOKED, KEY], MakerKeyRefused),
        ([KEY, REVOKED, ENDED], MakerKeyRefused),
        ([ENDED], MakerKeyRefused),
        ([KEY, key_entry("lost")], MakerKeyRefused),
        ([KEY, key_entry("ended", enterprise="SOMEBODY00")], MakerKeyRefused),
        ([key_entry(public=base64_text(OTHER))], MakerKeyRefused),
        ([key_entry(public="?")], MakerKeyRefused),
        ([key_entry(public=None)], MakerKeyRefused),
        ([key_entry(public="AAAA", key=key_name(bytes(3)))], MakerKeyRefused),
    ],
)
def test_what_no_living_key_of_its_maker_signed_is_refused_by_name(
    entries: Sequence[bytes], refused: type[MakerRefused]
) -> None:
    with pytest.raises(MakerRefused) as error:
        taken(entries)

    assert type(error.value) is refused
    assert str(error.value).startswith(f"{refused.__name__}: ")


def test_a_key_that_signs_stamps_signs_no_batch_of_nobodys() -> None:
    fields = {name: value for name, value in read_entry(KEY).items() if name != "enterprise"}
    stamping = canonical_text({**fields, "use": "stamps"}).encode()

    with pytest.raises(MakerKeyForeign):
        taken([stamping, batch_entry(enterprise=None)])


def test_a_key_is_named_after_its_hash() -> None:
    assert key_name(bytes(32)) == "66687aadf862bd77"  # SHA-256 of 32 zero bytes.
    assert len(MAKER_KEY) == 16
