"""No bit of a proof may be changed: not in leaf, index, size, path, root or signature."""

import random

from tests.unit.traceability.log.flipping import accepted, bits_of, proof_text
from tests.unit.traceability.log.stamps import POLICY
from traceability.log.checking import Outcome, check_stamp
from traceability.log.proofs import parse_stamp_proof

TRIED = 3_000


def test_the_proofs_to_be_changed_are_good_ones() -> None:
    for number in range(20):
        assert check_stamp(parse_stamp_proof(proof_text(number)), POLICY).outcome is Outcome.PROVED


def test_every_byte_of_a_proof_counts() -> None:
    text = proof_text(0)

    assert [bit for bit in bits_of(text)[::7] if accepted(text, bit, POLICY)] == []


def test_no_bit_of_many_proofs_can_be_changed() -> None:
    draw = random.Random(20261122)  # noqa: S311  # Nobody guards anything with it.
    texts = [proof_text(number) for number in range(200)]

    tried = [(number, draw.choice(bits_of(texts[number % 200]))) for number in range(TRIED)]

    assert [one for one in tried if accepted(texts[one[0] % 200], one[1], POLICY)] == []
