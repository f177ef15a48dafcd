"""Ten thousand proofs, in each part of each a bit changed: none may be accepted.

    python -m bench.flipped_bits [COUNT]

Two minutes on an idle core. `tests/unit/traceability/log/test_flipped_bits.py` tries some.
"""

import random
import sys

from tests.unit.traceability.log.flipping import PARTS, changed, proof_text
from tests.unit.traceability.log.stamps import POLICY
from traceability.log.checking import Outcome, check_stamp
from traceability.log.proofs import parse_stamp_proof

COUNT = 10_000
SEED = 20261122


def main(count: int) -> int:
    """Try them all and say how many of each part were accepted; 0 when none was."""
    draw = random.Random(SEED)  # noqa: S311  # Nobody guards anything with it.
    accepted = dict.fromkeys(PARTS, 0)
    for number in range(count):
        proof = parse_stamp_proof(proof_text(number))
        assert check_stamp(proof, POLICY).outcome is Outcome.PROVED, number
        for part in PARTS:
            wrong = changed(proof, part, draw)
            if wrong is not None:
                accepted[part] += check_stamp(wrong, POLICY).outcome is Outcome.PROVED
    for part, times in accepted.items():
        print(f"{part}: {times} of {count} accepted")
    return 1 if any(accepted.values()) else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT))
