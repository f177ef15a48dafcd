"""Labels as the dots a printer burns, for files that carry pictures: letters hinted to the dots."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from core.qr import QUIET_MODULES
from traceability.adapters.label_plan import LabelPlan
from traceability.adapters.label_words import Box, Line
from traceability.adapters.lettering import BOLD, font_file
from traceability.adapters.scratch_field import OUTLINE_POINTS

Dots = NDArray[np.bool_]  # Rows × columns of a label, true is dark.


class LabelRaster:
    """What draws the labels of a batch; what they share is drawn once."""

    def __init__(self, plan: LabelPlan) -> None:
        """Draw the words that all labels share."""
        self._plan = plan
        self.width = plan.dots(plan.paper.width_mm)
        self.height = plan.dots(plan.paper.height_mm)
        self._shared = self._draw_shared()

    def labels(self, texts: Sequence[str]) -> list[Dots]:
        """Give the labels of these serials."""
        plan = self._plan
        labels = []
        hidden: list[Line | None] = [*plan.scratch_lines(texts)] or [None] * len(texts)
        for text, line, modules in zip(texts, hidden, plan.modules(texts), strict=True):
            label = self._shared | self._own(text, line)
            # With the quiet zone: hinting may have moved a letter by a dot.
            bordered = np.pad(modules, QUIET_MODULES)
            code = np.kron(bordered, np.ones((plan.module, plan.module), dtype=np.bool_))
            quiet = QUIET_MODULES * plan.module
            x, y = plan.code_x - quiet, plan.code_y - quiet
            label[y : y + len(code), x : x + len(code)] = code
            labels.append(label)
        return labels

    def _own(self, text: str, hidden: Line | None) -> Dots:
        """What a label shares with no other: its serial, and what a scratch layer covers."""
        canvas = self._blank()
        if hidden is not None:
            self._write(canvas, hidden, dark=True)
        for line in self._plan.words.serials:
            shown = Line(line.of(text), BOLD, line.points, line.x, line.y)
            self._write(canvas, shown, dark=True)
        return np.array(canvas, dtype=np.bool_)

    def _draw_shared(self) -> Dots:
        words, scale = self._plan.words, self._plan.dots_a_point
        canvas = self._blank()
        for line in words.lines:
            self._write(canvas, line, dark=True)
        if words.mark and words.box:
            ImageDraw.Draw(canvas).rectangle(self._corners(words.box), fill=1)
            self._write(canvas, words.mark, dark=False)
        if self._plan.scratch:
            thick = max(1, round(OUTLINE_POINTS * scale))
            corners = self._corners(self._plan.scratch.box)
            ImageDraw.Draw(canvas).rectangle(corners, outline=1, width=thick)
        shared = np.array(canvas, dtype=np.bool_)
        if (logo := self._plan.logo) is not None:
            shared[logo.y : logo.y + logo.height, logo.x : logo.x + logo.width] |= logo.dots
        return shared

    def _corners(self, box: Box) -> tuple[int, int, int, int]:
        """A box in dots from above, its last dot included."""
        scale = self._plan.dots_a_point
        left, foot = box.x * scale, self.height - box.y * scale
        right, top = left + box.width * scale, foot - box.height * scale
        return round(left), round(top), round(right) - 1, round(foot) - 1

    def _blank(self) -> Image.Image:
        return Image.new("1", (self.width, self.height), 0)

    def _write(self, canvas: Image.Image, line: Line, *, dark: bool) -> None:
        """Draw a line; a turned one is drawn on a label lying on its side."""
        scale = self._plan.dots_a_point
        font = font_of(line.font, round(line.points * scale, 2))
        x, y = round(line.x * scale), self.height - round(line.y * scale)
        if not line.turned:
            ImageDraw.Draw(canvas).text((x, y), line.text, fill=int(dark), font=font, anchor="ls")
            return
        lying = canvas.rotate(-90, expand=True)
        place = (self.height - y, x)
        ImageDraw.Draw(lying).text(place, line.text, fill=int(dark), font=font, anchor="ls")
        canvas.paste(lying.rotate(90, expand=True))


@lru_cache(maxsize=16)
def font_of(name: str, pixels: float) -> ImageFont.FreeTypeFont:
    """Give a weight at a size in pixels."""
    return ImageFont.truetype(font_file(name), pixels, layout_engine=ImageFont.Layout.BASIC)
