"""No bit of a proof may be changed: not in leaf, index, size, path, root or signature.

`python -m bench.flipped_bits` tries ten thousand proofs; here are some.
"""

import random

import pytest

from tests.unit.traceability.log.flipping import (
    PARTS,
    accepted,
    bits_of,
    changed,
    proof_text,
)
from tests.unit.traceability.log.stamps import POLICY
from traceability.log.checking import Outcome, check_stamp
from traceability.log.proofs import parse_stamp_proof

TRIED = 100


def test_the_proofs_to_be_changed_are_good_ones() -> None:
    for number in range(20):
        assert check_stamp(parse_stamp_proof(proof_text(number)), POLICY).outcome is Outcome.PROVED


def test_every_byte_of_a_proof_counts() -> None:
    text = proof_text(0)

    assert [bit for bit in bits_of(text)[::7] if accepted(text, bit, POLICY)] == []


@pytest.mark.parametrize("part", PARTS)
def test_no_part_of_many_proofs_can_be_changed(part: str) -> None:
    draw = random.Random(part)  # noqa: S311  # Nobody guards anything with it.
    wrong = [changed(parse_stamp_proof(proof_text(number)), part, draw) for number in range(TRIED)]
    tried = [proof for proof in wrong if proof is not None]

    assert len(tried) > TRIED * 0.9
    assert [one for one in tried if check_stamp(one, POLICY).outcome is Outcome.PROVED] == []


def test_no_bit_of_many_files_can_be_changed() -> None:
    draw = random.Random(20261122)  # noqa: S311  # Nobody guards anything with it.
    texts = [proof_text(number) for number in range(TRIED)]

    tried = [(text, draw.choice(bits_of(text))) for text in texts for _ in range(5)]

    assert [bit for text, bit in tried if accepted(text, bit, POLICY)] == []
