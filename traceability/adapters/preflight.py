"""Whether a label can be printed so that phones read it, asked before anything is drawn."""

import math
from collections.abc import Sequence
from typing import Final

from core import gs1
from core.qr import QUIET_MODULES
from traceability.adapters.outputs import DOTS_A_MM, FILE_FORMATS, SHEET_DPI, Output
from traceability.adapters.papers import (
    LEAST_FOR_SCRATCH_MM,
    PAPERS,
    Paper,
    with_scratch_strip,
)
from traceability.label_errors import CodeTooFine, LabelTooSmall, NoRoomForScratch, NotForThisPaper
from traceability.rules.serials import SERIAL_LENGTH
from traceability.rules.signatures import SIGNATURE_DIGITS, SIGNATURE_QUERY
from traceability.signature_errors import TooSmallForSignature

LEAST_MODULE_MM: Final = 0.33  # Finer modules are lost by many phones (GS1 General Specifications).
LEAST_DOTS: Final = 3  # With two, one dot more of heat is half a module.
# Bits of data that versions 1, 2, … hold at level M (ISO/IEC 18004, table 7).
_CAPACITIES: Final = (128, 224, 352, 512, 688, 864, 992, 1232, 1456, 1728)
_LONGER_COUNTS: Final = 10  # From this version on a segment's count of characters is longer.
_MODE_BITS: Final = 4


def check_labels(
    paper: str, output: Output, *, base_url: str, gtin14: str | None, has_scratch: bool = False
) -> None:
    """Refuse labels that would not be read.

    Raises:
        NotForThisPaper: commands of a label printer for a sheet.
        LabelTooSmall: another paper has room for these codes; the refusal names the smallest.
        TooSmallForSignature: the refusal names all papers of this kind that have room.
        CodeTooFine: the address is too long for every paper of this kind.
        NoRoomForScratch: its labels are too small for a number under a scratch layer.
    """
    chosen = paper_for(paper, has_scratch=has_scratch)
    if FILE_FORMATS[output.file_format].for_rolls_alone and not chosen.is_roll:
        raise NotForThisPaper(f"{output.file_format} on {paper}")
    address = gs1.stamp_uri(base_url, gtin14, "0" * SERIAL_LENGTH)
    modules = modules_of_address(address, signed=output.signed)
    dpi = dpi_of(chosen, output)
    if _can_bear(chosen, modules, dpi):
        return
    papers = (with_scratch_strip(each) if has_scratch else each for each in PAPERS.values())
    wider = [each for each in papers if each is not None and each.is_roll == chosen.is_roll]
    fitting = [each for each in wider if _can_bear(each, modules, dpi)]
    if not fitting:
        raise CodeTooFine(f"{modules} modules at {dpi} dpi on {paper}")
    raise _too_small(f"{modules} modules at {dpi} dpi on {paper}", chosen, fitting, output)


def paper_for(name: str, *, has_scratch: bool) -> Paper:
    """Give a paper, its code smaller where a scratch field takes a part of the label.

    Raises:
        NoRoomForScratch: its labels are too small for one.
    """
    chosen = PAPERS[name]
    if not has_scratch:
        return chosen
    found = with_scratch_strip(chosen)
    if found is None:
        raise NoRoomForScratch(f"scratch field on {name}", least=f"{LEAST_FOR_SCRATCH_MM:.0f}")
    return found


def modules_of_address(address: str, *, signed: bool = False) -> int:
    """Give the modules of a code on a side, quiet zone and all; `signed`: with 155 digits more.

    Raises:
        CodeTooFine: longer than a code of any use.
    """
    for version, capacity in enumerate(_CAPACITIES, 1):
        if _bits(len(address), version, signed=signed) <= capacity:
            return 17 + 4 * version + 2 * QUIET_MODULES
    raise CodeTooFine(f"an address of {len(address)} characters")


def _bits(characters: int, version: int, *, signed: bool) -> int:
    """Bits of an address in alphanumeric mode, and of its signature (ISO/IEC 18004, 7.4)."""
    longer = version >= _LONGER_COUNTS
    count = 11 if longer else 9
    bits = _MODE_BITS + count + 11 * (characters // 2) + 6 * (characters % 2)
    if not signed:
        return bits
    bits += _MODE_BITS + (16 if longer else 8) + 8 * len(SIGNATURE_QUERY)
    threes, left = divmod(SIGNATURE_DIGITS, 3)
    return bits + _MODE_BITS + (12 if longer else 10) + 10 * threes + (0, 4, 7)[left]


def _too_small(
    text: str, chosen: Paper, fitting: Sequence[Paper], output: Output
) -> LabelTooSmall | TooSmallForSignature:
    """The refusal that names what to take instead, the smallest first."""
    size, dpi = size_words(chosen), dpi_of(chosen, output)
    by_size = sorted(fitting, key=lambda each: each.height_mm * each.width_mm)
    sizes = [size_words(each) for each in by_size]
    if output.signed:
        return TooSmallForSignature(text, size=size, dpi=dpi, fitting=", ".join(sizes))
    return LabelTooSmall(text, size=size, dpi=dpi, instead=sizes[0])


def dpi_of(paper: Paper, output: Output) -> int:
    """Give the dots an inch that modules are snapped to: a sheet's are those of any office."""
    return output.dpi if paper.is_roll else SHEET_DPI


def module_dots(paper: Paper, modules: int, dpi: int) -> int:
    """Give the dots of a module of a code of so many modules: the most that the paper takes.

    Raises:
        CodeTooFine: fewer than a phone can read.
    """
    dots = int(paper.code_mm * DOTS_A_MM[dpi]) // modules
    if dots < least_dots(dpi):
        raise CodeTooFine(f"{modules} modules in {paper.code_mm} mm at {dpi} dpi")
    return dots


def least_dots(dpi: int) -> int:
    """Give the fewest dots of a module: 3 at 203 dpi, 4 at 300, 8 at 600."""
    return max(LEAST_DOTS, math.ceil(LEAST_MODULE_MM * DOTS_A_MM[dpi]))


def size_words(paper: Paper) -> str:
    """Give a label's size as a person says it: 20 × 20."""
    return f"{paper.width_mm:.0f} × {paper.height_mm:.0f}"


def _can_bear(paper: Paper, modules: int, dpi: int) -> bool:
    try:
        module_dots(paper, modules, dpi)
    except CodeTooFine:
        return False
    return True
