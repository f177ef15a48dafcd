"""Words of labels in a PDF: what all share is drawn once for a page, serials for each label."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from traceability.adapters.label_plan import LabelPlan
from traceability.adapters.label_words import Box, Line, lot_words
from traceability.adapters.lettering import BOLD, REGULAR
from traceability.adapters.logos import BurntLogo
from traceability.adapters.pdf_file import PdfFile
from traceability.adapters.pdf_fonts import Subset
from traceability.adapters.scratch_field import OUTLINE_POINTS
from traceability.adapters.sheet_margins import HEADER_POINTS

_NAMES: Final = {REGULAR: "R", BOLD: "B"}  # Of the fonts in the file.
# Every letter that a sheet's margin may show besides the batch's own.
_MARGIN: Final = "Lôtờ cuộn tem A4 mm × · / In đúng cỡ (100 %), không thu phóng … 0123456789"


class PageWords:
    """Fonts and forms of a file, and what draws words with them. A page's unit is a dot."""

    def __init__(self, file: PdfFile, plan: LabelPlan, page_height: int) -> None:
        """Write fonts, a label's words, and a whole page of them."""
        self._plan = plan
        self._height = page_height
        letters = plan.words.letters
        margin = set(_MARGIN) | set(plan.paper.words) | set(lot_words(plan.batch.lot))
        letters.setdefault(REGULAR, set()).update(margin)
        self._subsets = {font: Subset(font, letters[font]) for font in (REGULAR, BOLD)}
        at = {font: subset.write(file) for font, subset in self._subsets.items()}
        self.fonts = "".join(f"/{_NAMES[font]} {at[font]} 0 R" for font in at)
        logo = f"/XObject<</L {_logo(file, plan.logo)} 0 R>>" if plan.logo else ""
        resources = f"/Resources<</Font<<{self.fonts}>>{logo}>>"
        label = self._form(file, self._label(), resources)
        page = self._form(
            file, self._labels(plan.paper.labels), f"/Resources<</XObject<</W {label} 0 R>>>>"
        )
        self.forms = f"/W {label} 0 R/P {page} 0 R"

    def shared(self, count: int) -> bytes:
        """Draw what `count` labels of a page share."""
        return b"/P Do\n" if count == self._plan.paper.labels else self._labels(count)

    def serials(self, texts: Sequence[str], corners: NDArray[np.intp]) -> bytes:
        """Draw each label's serial, within a text object."""
        return b"".join(self._serials(texts, corners))

    def scratch_lines(self, texts: Sequence[str], corners: NDArray[np.intp]) -> bytes:
        """Draw what stands under each label's scratch layer, within a text object."""
        plan = self._plan
        foot = plan.dots(plan.paper.height_mm)
        drawn = []
        for line, (x, y) in zip(plan.scratch_lines(texts), corners.tolist(), strict=False):
            dx, dy = round(line.x * plan.dots_a_point), round(line.y * plan.dots_a_point)
            place = (line.points * plan.dots_a_point, x + dx, self._height - y - foot + dy)
            drawn.append(b"/B %.2f Tf 1 0 0 1 %d %d Tm(%b)Tj\n" % (*place, line.text.encode()))
        return b"".join(drawn)

    def line(self, text: str, *, x: float, top: float) -> bytes:
        """Draw a line in the sheet's margin, within a text object; millimetres from above."""
        plan = self._plan
        size = HEADER_POINTS * plan.dots_a_point
        place = f"/R {size:.2f} Tf 1 0 0 1 {plan.dots(x)} {self._height - plan.dots(top)} Tm"
        return place.encode("ascii") + self._subsets[REGULAR].encoded(text) + b"Tj\n"

    def _serials(self, texts: Sequence[str], corners: NDArray[np.intp]) -> Iterator[bytes]:
        plan = self._plan
        scale = plan.dots_a_point
        foot = plan.dots(plan.paper.height_mm)
        for line in plan.words.serials:
            yield b"/B %.2f Tf\n" % (line.points * scale)
            dx, dy = round(line.x * scale), round(line.y * scale)
            places = corners + np.array([dx, foot - dy])
            for (x, y), text in zip(places.tolist(), texts, strict=True):
                # Serials are letters and digits, which keep their codes in every subset.
                part = line.of(text).encode("ascii")
                yield b"1 0 0 1 %d %d Tm(%b)Tj\n" % (x, self._height - y, part)

    def _labels(self, count: int) -> bytes:
        foot = self._plan.dots(self._plan.paper.height_mm)
        return b"".join(
            b"q 1 0 0 1 %d %d cm/W Do Q\n" % (x, self._height - y - foot)
            for x, y in self._plan.corners(count).tolist()
        )

    def _label(self) -> bytes:
        """What all labels share; the origin is a label's lower left corner."""
        words, scale = self._plan.words, self._plan.dots_a_point
        parts = [b"BT\n", *(self._shown(line) for line in words.lines), b"ET\n"]
        if words.mark and words.box:
            parts += [_box(words.box, scale), b"BT 1 g\n", self._shown(words.mark), b"ET 0 g\n"]
        if self._plan.scratch:
            parts.append(_outline(self._plan.scratch.box, scale))
        if (logo := self._plan.logo) is not None:
            foot = self._plan.dots(self._plan.paper.height_mm) - logo.y - logo.height
            parts.append(b"q %d 0 0 %d %d %d cm/L Do Q\n" % (logo.width, logo.height, logo.x, foot))
        return b"".join(parts)

    def _shown(self, line: Line) -> bytes:
        scale = self._plan.dots_a_point
        turn = "0 1 -1 0" if line.turned else "1 0 0 1"
        place = (
            f"/{_NAMES[line.font]} {line.points * scale:.2f} Tf"
            f" {turn} {line.x * scale:.2f} {line.y * scale:.2f} Tm"
        )
        return place.encode("ascii") + self._subsets[line.font].encoded(line.text) + b"Tj\n"

    def _form(self, file: PdfFile, content: bytes, resources: str) -> int:
        box = "[-9999 -9999 9999 9999]"
        return file.add_stream(content, f"/Type/XObject/Subtype/Form/BBox{box}{resources}")


def _logo(file: PdfFile, logo: BurntLogo) -> int:
    """The logo's dots, once for the whole file: dark ones are painted, light ones leave paper."""
    sizes = f"/Width {logo.width}/Height {logo.height}/BitsPerComponent 1"
    packed = np.packbits(logo.dots, axis=1).tobytes()
    return file.add_stream(packed, f"/Type/XObject/Subtype/Image{sizes}/ImageMask true/Decode[1 0]")


def _outline(box: Box, scale: float) -> bytes:
    sides = " ".join(f"{side * scale:.2f}" for side in box)
    return f"{OUTLINE_POINTS * scale:.2f} w {sides} re S\n".encode("ascii")


def _box(box: Box, scale: float) -> bytes:
    sides = " ".join(f"{side * scale:.2f}" for side in box)
    return f"{sides} re f\n".encode("ascii")
