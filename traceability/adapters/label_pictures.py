"""Labels as single pictures in a ZIP, for programs that lay out packages, and a list of them."""

import csv
from io import BytesIO, StringIO
from typing import BinaryIO, Final
from zipfile import ZIP_STORED, ZipFile

import numpy as np
from PIL import Image

from traceability import rules
from traceability.adapters.archives import add_file
from traceability.adapters.label_plan import LabelPlan
from traceability.adapters.label_raster import Dots, LabelRaster
from traceability.adapters.sheets import OnPage

LIST_NAME: Final = "danh-sach.csv"
_PIECE: Final = 50  # Labels whose dots are in memory at once.
_MM_AN_INCH: Final = 25.4


def write_png(target: BinaryIO, plan: LabelPlan, *, on_page: OnPage) -> None:
    """Write a picture for each label, one pixel a dot, and the list of all."""
    raster = LabelRaster(plan)
    dpi = plan.dots_a_mm * _MM_AN_INCH
    whole = len(plan.batch.serials)
    names: list[tuple[str, str]] = []
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for first in range(0, whole, _PIECE):
            texts = rules.serial_texts(plan.batch.serials[first : first + _PIECE])
            for at, (text, label) in enumerate(zip(texts, raster.labels(texts), strict=True)):
                name = f"tem-{first + at + 1:05}-{text}.png"
                add_file(archive, name, png_of(label, dpi))
                names.append((name, text))
            on_page(min(first + _PIECE, whole), whole)
        add_file(archive, LIST_NAME, _listed(plan, names))


def count_pictures(stream: BinaryIO) -> int:
    """Count the pictures of a finished file; each is checked against its sum, as the list is."""
    with ZipFile(stream) as archive:
        if archive.testzip() is not None:
            return 0
        lines = archive.read(LIST_NAME).decode("utf-8-sig").splitlines()
        pictures = [name for name in archive.namelist() if name != LIST_NAME]
    return len(pictures) if len(pictures) == len(lines) - 1 else 0


def png_of(label: Dots, dpi: float) -> bytes:
    """Give a label as a picture, a pixel a dot."""
    written = BytesIO()
    picture = Image.fromarray(np.where(label, 0, 255).astype(np.uint8)).convert("1")
    picture.save(written, "PNG", dpi=(dpi, dpi))
    return written.getvalue()


def _listed(plan: LabelPlan, names: list[tuple[str, str]]) -> str:
    """Spreadsheets of Vietnamese offices open UTF-8 with its mark."""
    written = StringIO()
    lines = csv.writer(written)
    lines.writerow(["tep", "so_tem", "dia_chi"])
    addresses = plan.addresses([text for _, text in names])
    for (name, text), address in zip(names, addresses, strict=True):
        lines.writerow([name, rules.grouped(text), address])
    return f"\ufeff{written.getvalue()}"
