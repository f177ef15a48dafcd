"""What a telephone's camera reads of printed labels, at each size and printer: a table.

`python -m bench.camera [LABELS]` (1,000 a size). The model of the camera and what it assumes:
tests/unit/traceability/camera.py.
"""

import secrets
import sys

from tests.unit.traceability.camera import judge
from tests.unit.traceability.printed import printed_labels
from traceability import rules
from traceability.adapters.label_plan import plan_labels
from traceability.adapters.label_words import Batch
from traceability.adapters.outputs import DOTS_A_MM, Output
from traceability.adapters.papers import PAPERS

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
LABELS = 1_000
SEED = 2026


def main(labels: int) -> None:
    """Print a line for each size: its labels, the scans and the single frames that were read."""
    print("| Label | Printer | Module | Scans read | Single frames read |\n|---|---|---|---|---|")
    for paper, dpi in SIZES:
        batch = Batch(
            serials=rules.draw_serials(labels, secrets.token_bytes),
            base_url="https://goc.example",
            gtin14="09521234543213",
            name="Chè Shan tuyết",
            lot="26-11A",
        )
        tally = judge(printed_labels(batch, paper, dpi), dots_a_mm=DOTS_A_MM[dpi], seed=SEED)
        size = f"{PAPERS[paper].width_mm:.0f} × {PAPERS[paper].height_mm:.0f} mm"
        module = _module_mm(batch, paper, dpi)
        scans, frames = tally.read / tally.shown, tally.at_once / tally.shown
        print(f"| {size} | {dpi} dpi | {module:.2f} mm | {scans:.2%} | {frames:.2%} |", flush=True)


def _module_mm(batch: Batch, paper: str, dpi: int) -> float:
    return plan_labels(batch, paper, Output(dpi=dpi)).module / DOTS_A_MM[dpi]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LABELS)
