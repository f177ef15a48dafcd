"""Files that labels are made as, and the printers they are made for: data."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A kind of file with labels."""

    suffix: str
    content_type: str
    most_labels: int  # In one file.
    for_rolls_alone: bool = False


@dataclass(frozen=True, slots=True)
class Output:
    """What is to be made: a key of FILE_FORMATS, for a printer of so many dots an inch."""

    file_format: str = "pdf"
    dpi: int = 300
    signed: bool = False  # Codes carry their own signature, to be checked without a network.


MOST_LABELS: Final = 10_000  # Some 150 sheets: what a printer's tray and a phone's viewer bear.
MOST_OF_A_ROLL: Final = 2_000  # What a core bears; some 20 MB of commands.
MOST_PICTURES: Final = 2_000  # A folder of more files is slow to open on an old machine.
FILE_FORMATS: Final[Mapping[str, FileFormat]] = MappingProxyType(
    {
        "pdf": FileFormat("pdf", "application/pdf", MOST_LABELS),
        "zpl": FileFormat("zpl", "text/plain", MOST_OF_A_ROLL, for_rolls_alone=True),
        "png": FileFormat("zip", "application/zip", MOST_PICTURES),
    }
)

# Dots a millimetre of label printers: their print heads are made so. 203 dpi is exactly 8; 300 and
# 600 dpi are 11.8 and 23.6 (Zebra, ZPL II Programming Guide, ^PW and ^JM). Offices print at 300
# dpi or its multiples.
DOTS_A_MM: Final[Mapping[int, float]] = MappingProxyType(
    {203: 8.0, 300: 300 / 25.4, 600: 600 / 25.4}
)
SHEET_DPI: Final = 300
DEFAULT_OUTPUT: Final = Output()
