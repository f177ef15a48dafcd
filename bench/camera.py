"""What a telephone's camera reads of printed labels, at each size and printer: a table.

`python -m bench.camera [LABELS]` (1,000 a size). The model of the camera and what it assumes:
tests/unit/traceability/camera.py.
"""

import secrets
import sys
from dataclasses import replace
from functools import partial

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.unit.traceability.camera import judge
from tests.unit.traceability.printed import printed_labels
from traceability import rules
from traceability.adapters.label_plan import plan_labels
from traceability.adapters.label_words import Batch
from traceability.adapters.outputs import DOTS_A_MM, Output
from traceability.adapters.papers import PAPERS
from traceability.rules.signatures import signature_digits, signed_message

SIZES = (
    ("a4-15", 300),
    ("a4-20", 300),
    ("a4-25", 300),
    ("a4-30", 300),
    ("a4-65", 300),
    ("roll-20", 203),
    ("roll-25", 203),
    ("roll-30", 203),
    ("roll-50x30", 203),
    ("roll-15", 300),
    ("roll-20", 300),
    ("roll-15", 600),
    ("roll-20", 600),
)
# Of signed stamps: every paper with room for 53 modules (45 and the quiet zone).
SIGNED_SIZES = (
    ("a4-25", 300),
    ("a4-30", 300),
    ("a4-48", 300),
    ("roll-25", 600),
    ("roll-30", 203),
    ("roll-50x30", 203),
)
LABELS = 1_000
SEED = 2026
SITE = "https://goc.example"
GTIN = "09521234543213"


def main(labels: int) -> None:
    """Print a line for each size: its labels, the scans and the single frames that were read."""
    print("| Label | Printer | Module | Scans read | Single frames read |\n|---|---|---|---|---|")
    for paper, dpi in SIZES:
        _measure(_batch(labels), paper, dpi)
    key = Ed25519PrivateKey.generate()
    print("\nSigned:\n")
    for paper, dpi in SIGNED_SIZES:
        _measure(replace(_batch(labels), sign=partial(_signature, key)), paper, dpi)


def _measure(batch: Batch, paper: str, dpi: int) -> None:
    tally = judge(printed_labels(batch, paper, dpi), dots_a_mm=DOTS_A_MM[dpi], seed=SEED)
    size = f"{PAPERS[paper].width_mm:.0f} × {PAPERS[paper].height_mm:.0f} mm"
    module = _module_mm(batch, paper, dpi)
    scans, frames = tally.read / tally.shown, tally.at_once / tally.shown
    print(f"| {size} | {dpi} dpi | {module:.2f} mm | {scans:.2%} | {frames:.2%} |", flush=True)


def _batch(labels: int) -> Batch:
    return Batch(
        serials=rules.draw_serials(labels, secrets.token_bytes),
        base_url=SITE,
        gtin14=GTIN,
        name="Chè Shan tuyết",
        lot="26-11A",
    )


def _signature(key: Ed25519PrivateKey, text: str) -> str:
    return signature_digits(key.sign(signed_message(SITE, GTIN, text)))


def _module_mm(batch: Batch, paper: str, dpi: int) -> float:
    return plan_labels(batch, paper, Output(dpi=dpi)).module / DOTS_A_MM[dpi]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LABELS)
