"""Files that labels are made as, and the printers they are made for: data."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A kind of file with labels."""

    suffix: str
    most_labels: int  # In one file.
    for_rolls_alone: bool = False
    is_one_a_page: bool = False  # Of several pages the file is a ZIP.


@dataclass(frozen=True, slots=True)
class Output:
    """What is to be made: a key of FILE_FORMATS, for a printer of so many dots an inch."""

    file_format: str = "pdf"
    dpi: int = 300
    signed: bool = False  # Codes carry their own signature, to be checked without a network.
    has_logo: bool = False  # The maker's, beside the code.


MOST_LABELS: Final = 10_000  # Some 150 sheets: what a printer's tray and a phone's viewer bear.
MOST_OF_A_ROLL: Final = 2_000  # What a core bears; some 20 MB of commands.
MOST_PICTURES: Final = 2_000  # A folder of more files is slow to open on an old machine.
FILE_FORMATS: Final[Mapping[str, FileFormat]] = MappingProxyType(
    {
        "pdf": FileFormat("pdf", MOST_LABELS),
        "svg": FileFormat("svg", MOST_PICTURES, is_one_a_page=True),
        "zpl": FileFormat("zpl", MOST_OF_A_ROLL, for_rolls_alone=True),
        "png": FileFormat("zip", MOST_PICTURES),
    }
)
CONTENT_TYPES: Final[Mapping[str, str]] = MappingProxyType(  # By suffix.
    {
        "pdf": "application/pdf",
        "svg": "image/svg+xml",
        "zpl": "text/plain",
        "zip": "application/zip",
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


def suffix_of(file_format: str, pages: int) -> str:
    """Give how the name of a file of so many pages ends."""
    chosen = FILE_FORMATS[file_format]
    return "zip" if chosen.is_one_a_page and pages > 1 else chosen.suffix


def kind_of(file: str) -> tuple[str, str]:
    """Give the suffix and the content type of a file that was drawn, by its name."""
    suffix = file.rpartition(".")[2]
    return suffix, CONTENT_TYPES[suffix]
