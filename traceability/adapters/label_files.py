"""Files of labels: written in the format asked for, and counted once they are whole."""

import re
import zlib
from typing import BinaryIO, Final

from traceability.adapters.label_words import Batch
from traceability.adapters.outputs import Output
from traceability.adapters.sheets import OnPage, write_sheets

_STREAM: Final = re.compile(rb"/FlateDecode/Length (\d+)>>stream\n")
_CODE: Final = re.compile(rb"Tm\([\x80-\xff]+\)'")  # A code's first row; nothing else is shown so.


def write_labels(
    target: BinaryIO, batch: Batch, paper: str, output: Output, *, on_page: OnPage
) -> None:
    """Write the labels of a batch; what is drawn leaves memory as it goes.

    Raises:
        CodeTooFine: the address is too long for a code that can be printed on this paper.
    """
    assert output.file_format == "pdf"
    write_sheets(target, batch, paper=paper, output=output, on_page=on_page)


def count_labels(stream: BinaryIO, file_format: str) -> int:
    """Count the labels that a finished file holds, by reading it again."""
    assert file_format == "pdf"
    return _count_pdf(stream.read())


def _count_pdf(content: bytes) -> int:
    """The square codes shown on its pages."""
    counted = 0
    for found in _STREAM.finditer(content):
        packed = content[found.end() : found.end() + int(found[1])]
        counted += len(_CODE.findall(zlib.decompress(packed)))
    return counted
