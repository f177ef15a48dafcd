"""What pages say of label papers, files and printers, and small drawings of papers."""

from dataclasses import dataclass

from core import clock, display
from core.language import current_language
from core.language import gettext as _
from traceability.adapters.outputs import DOTS_A_MM
from traceability.adapters.papers import A4_MM, PAPERS, Paper, PaperKind
from traceability.models import LabelPrint
from traceability.queries import Printings
from traceability.rules import ReprintReason

_ROLL_ROWS = 3  # Drawn of a roll.
_ROLL_EDGE_MM = 3  # Of its backing, on each side.


@dataclass(frozen=True)
class DrawnPaper:
    """A label paper to choose: its key, its words, and its labels as one SVG path."""

    key: str
    words: str
    labels: int
    width: int  # Of the drawing, in millimetres.
    height: int
    path: str


def papers() -> list[tuple[str, list[DrawnPaper]]]:
    """The papers to choose from by their kind, each with a small drawing."""
    return [(_kind_words(kind), _drawn(kind)) for kind in PaperKind]


def sheets() -> list[tuple[str, list[DrawnPaper]]]:
    """The papers that any printer of an office takes."""
    return [(_kind_words(kind), _drawn(kind)) for kind in PaperKind if kind != PaperKind.ROLL]


def paper_words(key: str) -> str:
    """A paper by the name shops know it by; a paper no longer known by its key."""
    paper = PAPERS.get(key)
    return _paper_name(paper) if paper else key


def print_words(wanted: LabelPrint) -> str:
    """The paper of a print and, once its file is there, how many labels were counted in it."""
    paper = paper_words(wanted.paper)
    if wanted.file_format != "pdf":
        paper = f"{paper} · {wanted.file_format.upper()}"
    if wanted.signed:
        signed = _("có chữ ký")
        paper = f"{paper} · {signed}"
    if wanted.logo_id is not None:
        logo = _("có logo")
        paper = f"{paper} · {logo}"
    if wanted.counted is None:
        return paper
    count = display.number(wanted.counted, current_language())
    return _("%(paper)s · đã đếm: %(count)s tem, đủ", paper=paper, count=count)


def reprint_words(reason: ReprintReason) -> str:
    """Why labels are printed again, in a few words."""
    return {
        ReprintReason.JAM: _("kẹt giấy"),
        ReprintReason.LOST: _("mất tờ tem chưa dán"),
        ReprintReason.BAD_PRINT: _("in mờ, lệch hay sai cỡ"),
        ReprintReason.OTHER: _("lý do khác"),
    }[reason]


def reprint_reasons() -> list[tuple[str, str]]:
    """Why labels are printed again, to choose from; the first: they never were."""
    first = ("", _("Chưa in lần nào"))
    whys = [(why.value, reprint_words(why).capitalize()) for why in ReprintReason]
    return [first, *whys]


def handed_out(wanted: LabelPrint) -> str:
    """When a file left, and why its labels were printed again; "" where it did neither."""
    said = []
    if wanted.reprint_reason is not None:
        why = reprint_words(ReprintReason(wanted.reprint_reason))
        own = f": {wanted.reprint_words}" if wanted.reprint_words else ""
        said.append(_("in lại vì %(why)s", why=f"{why}{own}"))
    if wanted.fetched_at is not None:
        at = display.recent(wanted.fetched_at, clock.now(), current_language())
        said.append(_("tải để in lúc %(at)s", at=at))
    return ", ".join(said)


def printings_words(told: Printings) -> str:
    """How often files of a batch left to be printed, and why again."""
    locale = current_language()
    if not told.times:
        return _("Chưa tải tờ nào để in.")
    times = display.number(told.times, locale)
    if not told.again:
        return _("Đã tải để in %(times)s lần, chưa in lại lần nào.", times=times)
    whys = ", ".join(
        f"{reprint_words(why)} ({display.number(count, locale)})"
        for why, count in told.again.items()
    )
    again = display.number(sum(told.again.values()), locale)
    return _(
        "Đã tải để in %(times)s lần, trong đó in lại %(again)s lần: %(whys)s.",
        times=times,
        again=again,
        whys=whys,
    )


def dpis() -> list[tuple[str, str]]:
    """The dots of label printers to choose from: value and words."""
    return [(str(dpi), _("%(dpi)s dpi", dpi=dpi)) for dpi in DOTS_A_MM]


def file_formats() -> list[tuple[str, str]]:
    """The files to choose from: value and words."""
    return [
        ("pdf", _("PDF: in bằng máy in nào cũng được")),
        ("svg", _("SVG: nét vẽ, mở bằng Inkscape hay trình duyệt; nhiều tờ thì là một tệp ZIP")),
        ("zpl", _("ZPL: lệnh cho máy in tem cuộn (Zebra và máy tương tự)")),
        ("png", _("ZIP các ảnh PNG, mỗi tem một ảnh: để ghép vào mẫu bao bì")),
    ]


def _kind_words(kind: PaperKind) -> str:
    return {
        PaperKind.DIE_CUT: _("Giấy tem A4 cắt sẵn, bóc ra dán"),
        PaperKind.TO_CUT: _("Decal A4 nguyên tờ, tự cắt theo đường mờ"),
        PaperKind.ROLL: _("Tem cuộn, cho máy in tem"),
    }[kind]


def _paper_name(paper: Paper) -> str:
    width, height = round(paper.width_mm), round(paper.height_mm)
    if not paper.is_roll:
        return _(
            "A4, %(labels)s tem %(width)s × %(height)s mm",
            labels=paper.labels,
            width=width,
            height=height,
        )
    if paper.columns == 1:
        return _("Cuộn tem %(width)s × %(height)s mm", width=width, height=height)
    return _(
        "Cuộn tem %(width)s × %(height)s mm, %(columns)s tem một hàng",
        width=width,
        height=height,
        columns=paper.columns,
    )


def _drawn(kind: PaperKind) -> list[DrawnPaper]:
    return [
        _roll(key, paper) if paper.is_roll else _sheet(key, paper)
        for key, paper in PAPERS.items()
        if paper.kind == kind
    ]


def _sheet(key: str, paper: Paper) -> DrawnPaper:
    """The labels in millimetres of the sheet, a millimetre of air between them."""
    corners = [
        (paper.left_mm + column * paper.pitch_x_mm, paper.top_mm + row * paper.pitch_y_mm)
        for row in range(paper.rows)
        for column in range(paper.columns)
    ]
    return DrawnPaper(key, _paper_name(paper), paper.labels, *A4_MM, _path(paper, corners))


def _roll(key: str, paper: Paper) -> DrawnPaper:
    """Some rows of the roll on their backing."""
    pitch = paper.height_mm + 2
    corners = [
        (_ROLL_EDGE_MM + column * paper.pitch_x_mm, 1 + row * pitch)
        for row in range(_ROLL_ROWS)
        for column in range(paper.columns)
    ]
    width, height = paper.page_mm[0] + 2 * _ROLL_EDGE_MM, _ROLL_ROWS * pitch
    drawn = _path(paper, corners)
    return DrawnPaper(key, _paper_name(paper), paper.labels, round(width), round(height), drawn)


def _path(paper: Paper, corners: list[tuple[float, float]]) -> str:
    width, height = round(paper.width_mm) - 1, round(paper.height_mm) - 1
    return "".join(f"M{round(x)} {round(y)}h{width}v{height}h-{width}z" for x, y in corners)
