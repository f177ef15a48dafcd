"""A case on paper: plain sections of facts, photos, and a code that leads to the proof."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Image, KeepTogether, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus.tables import Table

from core import qr
from traceability.adapters.lettering import BOLD, REGULAR, plain, register_fonts

MARGIN: Final = 18 * mm
TERM_WIDTH: Final = 48 * mm
PHOTO_WIDTH: Final = 82 * mm
PHOTO_HEIGHT: Final = 100 * mm
CODE_WIDTH: Final = 32 * mm


@dataclass(frozen=True)
class Section:
    """A heading, lines of term and value, and whole sentences below them."""

    heading: str
    facts: Sequence[tuple[str, str]] = ()
    sentences: Sequence[str] = ()


@dataclass(frozen=True)
class Paper:
    """What a case's paper says, from top to bottom."""

    title: str
    lead: str
    sections: Sequence[Section]
    proof: Section
    proof_url: str  # Empty: there is no proof to lead to.
    photos_heading: str
    photos: Sequence[bytes]  # JPEG.


def draw_paper(paper: Paper) -> bytes:
    """Give a case as PDF: A4, its letters embedded, found again when copied."""
    register_fonts()
    story: list[Flowable] = [_line(paper.title, _TITLE), _line(paper.lead, _PLAIN)]
    story += [KeepTogether(_drawn(section)) for section in paper.sections]
    code = [_code(paper.proof_url)] if paper.proof_url else []
    story.append(KeepTogether([*_drawn(paper.proof), *code]))
    if paper.photos:
        photos = [_photo(content) for content in paper.photos]
        story += [_line(paper.photos_heading, _HEADING), _side_by_side(photos)]
    target = BytesIO()
    SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=plain(paper.title),
    ).build(story)
    return target.getvalue()


def _drawn(section: Section) -> list[Flowable]:
    drawn: list[Flowable] = [_line(section.heading, _HEADING)]
    rows = [[_line(term, _TERM), _line(value, _PLAIN)] for term, value in section.facts if value]
    if rows:
        room = A4[0] - 2 * MARGIN - TERM_WIDTH
        drawn.append(Table(rows, colWidths=[TERM_WIDTH, room], style=_TABLE, hAlign="LEFT"))
    drawn += [_line(sentence, _PLAIN) for sentence in section.sentences]
    return drawn


def _line(text: str, style: ParagraphStyle) -> Paragraph:
    # A paragraph reads markup: what people typed is letters alone.
    return Paragraph(escape(plain(text)), style)


def _photo(content: bytes) -> Image:
    """A photo within its half of the page, its shape kept."""
    width, height = ImageReader(BytesIO(content)).getSize()
    scale = min(PHOTO_WIDTH / width, PHOTO_HEIGHT / height)
    return Image(BytesIO(content), width=width * scale, height=height * scale)


def _side_by_side(photos: Sequence[Image]) -> Table:
    rows = [
        [*photos[at : at + 2], *[""] * (2 - len(photos[at : at + 2]))]
        for at in range(0, len(photos), 2)
    ]
    return Table(rows, colWidths=[PHOTO_WIDTH + 4 * mm] * 2, style=_TABLE, hAlign="LEFT")


def _code(url: str) -> Flowable:
    code = Image(BytesIO(qr.png(url)), width=CODE_WIDTH, height=CODE_WIDTH, hAlign="LEFT")
    return KeepTogether([Spacer(1, 2 * mm), code])


_PLAIN: Final = ParagraphStyle(
    "plain", fontName=REGULAR, fontSize=10, leading=14, alignment=TA_LEFT, splitLongWords=1
)
_TERM: Final = ParagraphStyle("term", parent=_PLAIN, fontName=BOLD)
_HEADING: Final = ParagraphStyle(
    "heading",
    parent=_PLAIN,
    fontName=BOLD,
    fontSize=12,
    leading=16,
    spaceBefore=10,
    spaceAfter=3,
    keepWithNext=1,
)
_TITLE: Final = ParagraphStyle(
    "title", parent=_PLAIN, fontName=BOLD, fontSize=17, leading=23, spaceAfter=4
)
_TABLE: Final = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
]
