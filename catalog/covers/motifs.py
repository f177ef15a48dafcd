"""The motifs: what is drawn, in a box of 320 × 400 above the band, and the pigments that suit it.

The drawings stand in `motifs.json`, one SVG element a line. Marks in a drawing: $m main, $a accent,
$t tint, $i ink; `fill` and `stroke` begin as main and ink.
"""

import json
from pathlib import Path
from typing import NamedTuple


class Motif(NamedTuple):
    """One drawing and the names of the palettes it may wear."""

    drawing: str
    pigments: tuple[str, ...]


def _read() -> dict[str, Motif]:
    text = (Path(__file__).parent / "motifs.json").read_text(encoding="utf-8")
    return {
        name: Motif("".join(entry["drawing"]), tuple(entry["pigments"]))
        for name, entry in json.loads(text).items()
    }


MOTIFS = _read()
