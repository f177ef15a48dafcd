"""Labels as vector PDF beside `qrcode` and reportlab, in processor time of one process.

The plain way draws each dark module as a rectangle and its words as text, a label at a time, as
most programs do. Both draw the same labels on the same paper.
"""

import secrets
import time
from functools import cache
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from bench.results import Result
from bench.servers import Bench
from core import gs1, qr
from traceability import rules
from traceability.adapters.label_words import Batch, lot_words
from traceability.adapters.lettering import REGULAR, register_fonts
from traceability.adapters.papers import DEFAULT_PAPER, PAPERS
from traceability.adapters.sheets import write_sheets

LABELS = 10_000  # What one file holds.
PLAINLY = 130  # Two sheets the plain way: as many seconds as all of ours.
ROUNDS = 3
REACH_RATIO, REACH_SPEED, REACH_BYTES = 40.0, 10_000.0, 300.0
SITE = "https://goc.example"
GTIN = "09521234543213"


def label_ratio(_bench: Bench) -> Result:
    """How many times as many labels a second as the plain way draws."""
    ratios = tuple(ours / plain for ours, plain, _ in _rounds())
    return Result("labels as PDF", "`qrcode` + reportlab", ratios, reach=REACH_RATIO)


def labels_a_second(_bench: Bench) -> Result:
    """Labels in a second of one processor."""
    speeds = tuple(ours for ours, _, _ in _rounds())
    return Result("labels as PDF", "a core", speeds, reach=REACH_SPEED, unit=" a second")


def bytes_a_label(_bench: Bench) -> Result:
    """What a label takes in a file of 10,000."""
    sizes = tuple(size for _, _, size in _rounds())
    work = f"PDF of {LABELS:,} labels"
    return Result(work, "a label", sizes, reach=REACH_BYTES, at_least=False, unit=" bytes")


@cache
def _rounds() -> list[tuple[float, float, float]]:
    """Of each round: labels a second, those of the plain way, bytes a label."""
    register_fonts()
    return [_round() for _ in range(ROUNDS)]


def _round() -> tuple[float, float, float]:
    batch = _batch(LABELS)
    written = BytesIO()
    began = time.process_time()
    write_sheets(written, batch, on_page=lambda _done, _whole: None)
    ours = time.process_time() - began
    began = time.process_time()
    _draw_plainly(_batch(PLAINLY))
    plain = time.process_time() - began
    return LABELS / ours, PLAINLY / plain, len(written.getvalue()) / LABELS


def _batch(count: int) -> Batch:
    return Batch(
        serials=rules.draw_serials(count, secrets.token_bytes),
        base_url=SITE,
        gtin14=GTIN,
        name="Chè Shan tuyết",
        lot="26-11A",
    )


def _draw_plainly(batch: Batch) -> bytes:
    paper = PAPERS[DEFAULT_PAPER]
    written = BytesIO()
    canvas = Canvas(written)
    for at, text in enumerate(rules.serial_texts(batch.serials)):
        row, column = divmod(at % paper.labels, paper.columns)
        x = (paper.left_mm + column * paper.pitch_x_mm) * mm
        y = (paper.page_mm[1] - paper.top_mm - row * paper.pitch_y_mm) * mm
        _draw_one(canvas, gs1.stamp_uri(SITE, GTIN, text), x, y)
        canvas.setFont(REGULAR, 6)
        for line, words in enumerate((batch.name, lot_words(batch.lot), rules.grouped(text))):
            canvas.drawString(x + 17 * mm, y - (5 + 4 * line) * mm, words)
        if at % paper.labels == paper.labels - 1:
            canvas.showPage()
    canvas.save()
    return written.getvalue()


def _draw_one(canvas: Canvas, address: str, x: float, y: float) -> None:
    unit = 0.42 * mm
    for row, modules in enumerate(qr.code(address).modules):
        for column, dark in enumerate(modules):
            if dark:
                left, foot = x + (4 + column) * unit, y - (5 + row) * unit
                canvas.rect(left, foot, unit, unit, stroke=0, fill=1)
