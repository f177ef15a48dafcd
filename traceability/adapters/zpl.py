"""Labels as ZPL II, the language of Zebra's label printers and their likes: a picture a label.

Our own dots in `^GF` rather than the printer's `^BQ`: the code is the same matrix on every printer,
and Vietnamese letters need no font there. Source: Zebra, ZPL II Programming Guide, `^GF` and
"Alternative Data Compression Scheme".
"""

import re
from typing import BinaryIO, Final

import numpy as np

from traceability import rules
from traceability.adapters.label_plan import LabelPlan
from traceability.adapters.label_raster import Dots, LabelRaster
from traceability.adapters.sheets import OnPage

_RUNS: Final = re.compile(r"(.)\1+")
_UNITS: Final = "GHIJKLMNOPQRSTUVWXY"  # Repeat 1 to 19 times.
_TWENTIES: Final = "ghijklmnopqrstuvwxyz"  # Repeat 20, 40, … 400 times.
_PIECE: Final = 60  # Labels whose dots are in memory at once.
LABEL_END: Final = b"^XZ\n"


def write_zpl(target: BinaryIO, plan: LabelPlan, *, on_page: OnPage) -> None:
    """Write each row of labels across the roll as a format of its own.

    A format needs nothing of those before it: after a jam the clerk sends the rest again.
    """
    raster = LabelRaster(plan)
    columns, whole = plan.paper.columns, len(plan.batch.serials)
    width, height = (plan.dots(side) for side in plan.paper.page_mm)
    step = _PIECE // columns * columns
    for first in range(0, whole, step):
        texts = rules.serial_texts(plan.batch.serials[first : first + step])
        labels = raster.labels(texts)
        corners = plan.corners(columns).tolist()
        for at in range(0, len(labels), columns):
            row = b"".join(
                picture(label, x, y)
                for label, (x, y) in zip(labels[at : at + columns], corners, strict=False)
            )
            head = f"^XA^PW{width}^LL{height}^LH0,0^PQ1\n".encode("ascii")
            target.write(head + row + LABEL_END)
        on_page(min(first + step, whole), whole)


def count_zpl(stream: BinaryIO) -> int:
    """Count the labels of a file, a line at a time."""
    return sum(line.startswith(b"^FO") for line in stream)


def picture(label: Dots, x: int, y: int) -> bytes:
    """Give the command that burns dots at a place of a label."""
    packed = np.packbits(label, axis=1)
    width = packed.shape[1]
    rows = [row.tobytes().hex().upper() for row in packed]
    lines: list[str] = []
    for at, row in enumerate(rows):
        lines.append(":" if at and row == rows[at - 1] else _compressed(row))
    total = width * len(rows)
    data = "".join(lines)
    return f"^FO{x},{y}^GFA,{total},{total},{width},{data}^FS\n".encode("ascii")


def _compressed(row: str) -> str:
    """A row of hexadecimal digits; a comma stands for zeros up to its end."""
    kept = row.rstrip("0")
    fills = len(kept) < len(row)
    return _RUNS.sub(_run, kept) + ("," if fills else "")


def _run(found: re.Match[str]) -> str:
    count, digit = len(found[0]), found[1]
    words = ""
    while count >= 20:  # noqa: PLR2004 -- the scheme's larger unit.
        twenties = min(count // 20, len(_TWENTIES))
        words += _TWENTIES[twenties - 1]
        count -= 20 * twenties
    return words + (_UNITS[count - 1] if count else "") + digit
