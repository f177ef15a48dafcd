"""A test strip as the same kinds of file that labels come as. The same strip, the same bytes."""

from collections.abc import Callable, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from traceability.adapters.archives import add_file
from traceability.adapters.label_pictures import png_of
from traceability.adapters.label_raster import Dots, font_of
from traceability.adapters.label_words import MM
from traceability.adapters.outlines import outlines
from traceability.adapters.outputs import suffix_of
from traceability.adapters.strip_plan import Strip, StripPage
from traceability.adapters.svg_pages import HEAD, code_paths
from traceability.adapters.zpl import picture

_MM_AN_INCH: Final = 25.4


def strip_file(strip: Strip, file_format: str) -> tuple[str, bytes]:
    """Give the suffix and the content of a strip's file."""
    return suffix_of(file_format, len(strip.pages)), _WRITERS[file_format](strip)


def _pdf(strip: Strip) -> bytes:
    written = BytesIO()
    point = MM / strip.dots_a_mm
    canvas = Canvas(written, invariant=1)
    for page in strip.pages:
        canvas.setPageSize((page.width * point, page.height * point))
        canvas.setTitle("Tờ in thử")
        for line in page.lines:
            canvas.setFont(line.font, line.points)
            canvas.drawString(line.x, line.y, line.text)
        for x, y, wide, high in _rectangles(strip, page):
            below = page.height - y - high
            canvas.rect(x * point, below * point, wide * point, high * point, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def _svg(strip: Strip) -> bytes:
    pages = [_svg_page(strip, page) for page in strip.pages]
    if len(pages) == 1:
        return pages[0]
    return _zipped({f"trang-{at:04}.svg": content for at, content in enumerate(pages, 1)})


def _svg_page(strip: Strip, page: StripPage) -> bytes:
    sides = [f"{side / strip.dots_a_mm:.4f}mm" for side in (page.width, page.height)]
    drawn = "".join(
        f'<g transform="translate({code.x} {code.y})"><path shape-rendering="crispEdges"'
        f' d="{next(code_paths(strip.modules, code.unit))}"/></g>'
        for code in page.codes
    )
    bars = "".join(f"M{bar.x} {bar.y}h{bar.width}v{bar.height}h-{bar.width}z" for bar in page.bars)
    scale = strip.dots_a_mm / MM
    words = "".join(
        f'<path d="{outlines(line.font).line(line, dots_a_point=scale)}"/>' for line in page.lines
    )
    return (
        f'{HEAD} width="{sides[0]}" height="{sides[1]}" viewBox="0 0 {page.width} {page.height}">'
        f'<title>Tờ in thử</title><path fill="#fff" d="M0 0h{page.width}v{page.height}H0z"/>'
        f'{drawn}<path d="{bars}"/><g transform="translate(0 {page.height})">{words}</g></svg>\n'
    ).encode()


def _png(strip: Strip) -> bytes:
    dpi = strip.dots_a_mm * _MM_AN_INCH
    pages = enumerate(strip.pages, 1)
    return _zipped({f"thu-{at:02}.png": png_of(_dots(strip, page), dpi) for at, page in pages})


def _zpl(strip: Strip) -> bytes:
    return b"".join(
        f"^XA^PW{page.width}^LL{page.height}^LH0,0^PQ1\n".encode("ascii")
        + picture(_dots(strip, page), 0, 0)
        + b"^XZ\n"
        for page in strip.pages
    )


def _dots(strip: Strip, page: StripPage) -> Dots:
    canvas = Image.new("1", (page.width, page.height), 0)
    draw = ImageDraw.Draw(canvas)
    scale = strip.dots_a_mm / MM
    for line in page.lines:
        place = (round(line.x * scale), page.height - round(line.y * scale))
        font = font_of(line.font, round(line.points * scale, 2))
        draw.text(place, line.text, fill=1, font=font, anchor="ls")
    for x, y, wide, high in _rectangles(strip, page):
        draw.rectangle((x, y, x + wide - 1, y + high - 1), fill=1)
    return np.array(canvas, dtype=np.bool_)


def _rectangles(strip: Strip, page: StripPage) -> list[tuple[int, int, int, int]]:
    """Bars and dark modules, in dots from above."""
    dark = np.argwhere(strip.modules[0]).tolist()
    found: list[tuple[int, int, int, int]] = [*page.bars]
    for code in page.codes:
        unit = code.unit
        found += [(code.x + column * unit, code.y + row * unit, unit, unit) for row, column in dark]
    return found


def _zipped(files: Mapping[str, bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            add_file(archive, name, content)
    return written.getvalue()


_WRITERS: Final[Mapping[str, Callable[[Strip], bytes]]] = MappingProxyType(
    {"pdf": _pdf, "svg": _svg, "png": _png, "zpl": _zpl}
)
