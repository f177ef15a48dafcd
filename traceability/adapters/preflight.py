"""Whether a label can be printed so that phones read it, asked before anything is drawn."""

import math
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
from traceability.errors import CodeTooFine, LabelTooSmall, NoRoomForScratch, NotForThisPaper
from traceability.rules.serials import SERIAL_LENGTH

LEAST_MODULE_MM: Final = 0.33  # Finer modules are lost by many phones (GS1 General Specifications).
LEAST_DOTS: Final = 3  # With two, one dot more of heat is half a module.
# Characters that versions 1, 2, … hold at level M in alphanumeric mode (ISO/IEC 18004, table 7).
_CAPACITIES: Final = (20, 38, 61, 90, 122, 154, 178, 221, 262, 311)


def check_labels(
    paper: str, output: Output, *, base_url: str, gtin14: str | None, has_scratch: bool = False
) -> None:
    """Refuse labels that would not be read.

    Raises:
        NotForThisPaper: commands of a label printer for a sheet.
        LabelTooSmall: another paper has room for these codes; the refusal names the smallest.
        CodeTooFine: the address is too long for every paper of this kind.
        NoRoomForScratch: its labels are too small for a number under a scratch layer.
    """
    chosen = paper_for(paper, has_scratch=has_scratch)
    if FILE_FORMATS[output.file_format].for_rolls_alone and not chosen.is_roll:
        raise NotForThisPaper(f"{output.file_format} on {paper}")
    modules = modules_of_address(gs1.stamp_uri(base_url, gtin14, "0" * SERIAL_LENGTH))
    dpi = dpi_of(chosen, output)
    if _can_bear(chosen, modules, dpi):
        return
    papers = (with_scratch_strip(each) if has_scratch else each for each in PAPERS.values())
    wider = [each for each in papers if each is not None and each.is_roll == chosen.is_roll]
    fitting = [each for each in wider if _can_bear(each, modules, dpi)]
    if not fitting:
        raise CodeTooFine(f"{modules} modules at {dpi} dpi on {paper}")
    instead = min(fitting, key=lambda each: each.height_mm * each.width_mm)
    raise LabelTooSmall(
        f"{modules} modules at {dpi} dpi on {paper}",
        size=size_words(chosen),
        dpi=dpi,
        instead=size_words(instead),
    )


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


def modules_of_address(address: str) -> int:
    """Give the modules of a code on a side, quiet zone and all.

    Raises:
        CodeTooFine: longer than a code of any use.
    """
    for version, capacity in enumerate(_CAPACITIES, 1):
        if len(address) <= capacity:
            return 17 + 4 * version + 2 * QUIET_MODULES
    raise CodeTooFine(f"an address of {len(address)} characters")


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
