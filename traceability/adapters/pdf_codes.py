"""Square codes in a PDF as vector text: a font whose letters are seven modules of a row.

A code of 29 modules is 29 lines of five letters, a tenth of what as many rectangles take, and still
nothing but filled squares: whatever prints it draws the modules at its own dots. All codes of a
sheet have the same length in bytes, so numpy lays them out at once.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from traceability.adapters.pdf_file import PdfFile
from traceability.adapters.qr_many import Modules

_MODULES: Final = 7  # A letter's: 128 letters, none of them a sign that a string must escape.
_FIRST: Final = 128


def codes_font(file: PdfFile) -> int:
    """Write the font of modules; give its object's number. A unit is a module, y upwards."""
    letters = range(1 << _MODULES)
    drawn = [file.add_stream(_letter(pattern)) for pattern in letters]
    codes = [_FIRST + pattern for pattern in letters]
    procedures = "".join(f"/m{code} {at} 0 R" for code, at in zip(codes, drawn, strict=True))
    names = "".join(f"/m{code}" for code in codes)
    blank = file.add_stream(_to_blank())
    return file.add(
        f"<</Type/Font/Subtype/Type3/FontBBox[0 0 {_MODULES} 1]/FontMatrix[1 0 0 1 0 0]"
        f"/CharProcs<<{procedures}>>/Encoding<</Type/Encoding/Differences[{_FIRST}{names}]>>"
        f"/FirstChar {_FIRST}/LastChar {codes[-1]}/Widths[{' '.join([str(_MODULES)] * len(codes))}]"
        f"/ToUnicode {blank} 0 R/Resources<<>>>>"
    )


def drawn_codes(modules: Modules, places: NDArray[np.intp], unit: int) -> bytes:
    """Give what shows codes within a text object, their upper left modules at `places` (x, y).

    The font must be set at size 1 with a leading of 1; places and `unit`, the side of a module,
    are in the page's units.
    """
    count, size, _ = modules.shape
    letters = -(-size // _MODULES)
    bits = np.zeros((count, size, letters, 8), dtype=np.uint8)
    padded = np.pad(modules, ((0, 0), (0, 0), (0, letters * _MODULES - size)))
    bits[..., 0] = 1  # Letters begin at 128.
    bits[..., 1:] = padded.reshape(count, size, letters, _MODULES)
    rows = np.packbits(bits, axis=-1)[..., 0]
    lines = np.empty((count, size, letters + 3), dtype=np.uint8)
    lines[..., 0], lines[..., -2], lines[..., -1] = b"()'"
    lines[..., 1:-2] = rows
    return b"".join(
        b"%d 0 0 %d %d %d Tm%b\n" % (unit, unit, x, y, line.tobytes())
        for (x, y), line in zip(places.tolist(), lines, strict=True)
    )


def _letter(pattern: int) -> bytes:
    """Seven modules, the highest bit left, as filled rectangles, one a run of dark ones."""
    dark = f"{pattern:0{_MODULES}b}0"
    runs, start = [], None
    for at, module in enumerate(dark):
        if module == "1" and start is None:
            start = at
        elif module == "0" and start is not None:
            runs.append(f"{start} 0 {at - start} 1 re")
            start = None
    fill = f" {' '.join(runs)} f" if runs else ""
    return f"{_MODULES} 0 0 0 {_MODULES} 1 d1{fill}".encode("ascii")


def _to_blank() -> bytes:
    """Who copies a sheet's text gets blanks for the modules."""
    return (
        b"/CIDInit/ProcSet findresource begin 12 dict begin begincmap"
        b"/CIDSystemInfo<</Registry(Goc)/Ordering(Modules)/Supplement 0>>def"
        b"/CMapName/Goc-Modules def/CMapType 2 def\n"
        b"1 begincodespacerange<80><FF>endcodespacerange\n"
        + b"".join(
            b"%d beginbfchar\n%b\nendbfchar\n"
            % (64, b"\n".join(b"<%02X><0020>" % code for code in range(first, first + 64)))
            for first in (0x80, 0xC0)
        )
        + b"endcmap CMapName currentdict/CMap defineresource pop end end"
    )
