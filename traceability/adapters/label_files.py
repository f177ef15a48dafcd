"""Files of labels: written in the format asked for, and counted once they are whole."""

import re
import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import BinaryIO, Final

from traceability.adapters.label_pictures import count_pictures, write_png
from traceability.adapters.label_plan import LabelPlan, plan_labels
from traceability.adapters.label_words import Batch
from traceability.adapters.outputs import Output
from traceability.adapters.sheets import OnPage, write_pdf
from traceability.adapters.svg_pages import count_svg, write_svg
from traceability.adapters.zpl import count_zpl, write_zpl

_STREAM: Final = re.compile(rb"/FlateDecode/Length (\d+)>>stream\n")
_CODE: Final = re.compile(rb"Tm\([\x80-\xff]+\)'")  # A code's first row; nothing else is shown so.


def write_labels(
    target: BinaryIO, batch: Batch, paper: str, output: Output, *, on_page: OnPage
) -> None:
    """Write the labels of a batch; what is drawn leaves memory as it goes.

    Raises:
        CodeTooFine: the address is too long for a code that can be printed on this paper.
    """
    plan: LabelPlan = plan_labels(batch, paper, output)
    writers = {"pdf": write_pdf, "zpl": write_zpl, "png": write_png, "svg": write_svg}
    writers[output.file_format](target, plan, on_page=on_page)


def count_labels(stream: BinaryIO, file_format: str) -> int:
    """Count the labels that a finished file holds, by reading it again."""
    return _COUNTS[file_format](stream)


def _count_pdf(stream: BinaryIO) -> int:
    """The square codes shown on its pages."""
    content = stream.read()
    counted = 0
    for found in _STREAM.finditer(content):
        packed = content[found.end() : found.end() + int(found[1])]
        counted += len(_CODE.findall(zlib.decompress(packed)))
    return counted


_COUNTS: Final[Mapping[str, Callable[[BinaryIO], int]]] = MappingProxyType(
    {"pdf": _count_pdf, "zpl": count_zpl, "png": count_pictures, "svg": count_svg}
)
