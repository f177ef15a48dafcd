"""Proofs of stamps for tests: a batch in a small log that two witnesses cosigned."""

from collections.abc import Sequence
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.unit.traceability.log.books import KEY, ORIGIN, signed
from traceability.log.canonical import canonical_text
from traceability.log.checkpoints import Checkpoint
from traceability.log.cosignatures import cosign
from traceability.log.encoding import base64_text
from traceability.log.makers import key_name, signed_part
from traceability.log.merkle import inclusion_path, leaf_hash, root_of
from traceability.log.notes import SigningKey, add_lines
from traceability.log.policy import Policy, parse_policy, policy_text
from traceability.log.proofs import LoggedEntry, StampProof, stamp_leaf

AT = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)
WITNESSES = {
    name: SigningKey.generate(f"{name}.example") for name in ("province", "university", "union")
}
POLICY_TEXT = policy_text(
    KEY.verifying_key, {name: key.witness_key for name, key in WITNESSES.items()}, 2
)
POLICY: Policy = parse_policy(POLICY_TEXT)
COUNT = 5
MAKER = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
MAKER_KEY = key_name(MAKER.public_key().public_bytes_raw())


def uri_of(index: int) -> str:
    return f"HTTPS://GOC.EXAMPLE/01/09521234543213/21/7K3MQ9T2XB4{index:02}"


def blinding_of(index: int) -> bytes:
    return bytes([index]) * 16


def batch_entry(**other: object) -> bytes:
    leaves = [leaf_hash(stamp_leaf(uri_of(one), blinding_of(one))) for one in range(COUNT)]
    fields = {
        "v": 1,
        "kind": "batch",
        "at": "2026-11-22T03:04:05Z",
        "batch": "B7K3MQ9T2X",
        "product_name": "Trà Shan tuyết",
        "lot": "L2611A",
        "count": COUNT,
        "root": root_of(leaves).hex(),
        "enterprise": "E7K3MQ9T2X",
        "enterprise_name": "Mẫu – HTX Chè Suối Giàng",
        "key": MAKER_KEY,
        **other,
    }
    signature = base64_text(MAKER.sign(signed_part(fields)))
    return canonical_text({"signature": signature, **fields, **other}).encode()


def key_entry(state: str = "valid", **other: object) -> bytes:
    public = base64_text(MAKER.public_key().public_bytes_raw()) if state == "valid" else None
    fields = {
        "v": 1,
        "kind": "key",
        "at": "2026-11-22T03:04:04Z",
        "enterprise": "E7K3MQ9T2X",
        "key": MAKER_KEY,
        "public": public,
        "state": state,
    }
    return canonical_text({**fields, **other}).encode()


def act_entry(kind: str = "void", /, **other: object) -> bytes:
    fields = {"v": 1, "kind": kind, "at": "2026-11-23T00:00:00Z", "batch": "B7K3MQ9T2X"}
    return canonical_text({**fields, **other}).encode()


def cosigned(checkpoint: Checkpoint, names: Sequence[str] = ("province", "university")) -> str:
    lines = [cosign(checkpoint.text(), WITNESSES[name], AT) for name in names]
    return add_lines(signed(checkpoint), lines)


def stamp_proof(
    index: int = 3,
    *,
    entry: bytes | None = None,
    acts: Sequence[bytes] = (),
    names: Sequence[str] = ("province", "university"),
    uri: str | None = None,
) -> StampProof:
    """The proof of one stamp of the batch: its key at 2, it at 7 of a log of 12 or more."""
    leaves = [leaf_hash(stamp_leaf(uri_of(one), blinding_of(one))) for one in range(COUNT)]
    entries = [act_entry(batch=f"OTHER{number}") for number in range(12)]
    entries[2] = key_entry()
    entries[7] = entry or batch_entry()
    entries += acts
    hashes = [leaf_hash(one) for one in entries]

    def logged(place: int) -> LoggedEntry:
        return LoggedEntry(entries[place], place, tuple(inclusion_path(place, hashes)))

    return StampProof(
        uri=uri or uri_of(index),
        blinding=blinding_of(index),
        index=index,
        path=tuple(inclusion_path(index, leaves)),
        entry=logged(7),
        checkpoint=cosigned(Checkpoint(ORIGIN, len(entries), root_of(hashes)), names),
        later=tuple(logged(12 + number) for number in range(len(acts))),
        keys=(logged(2),),
    )
