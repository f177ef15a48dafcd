"""Labels as the dots a printer burns, for files that carry pictures: letters hinted to the dots."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from core.qr import QUIET_MODULES
from traceability.adapters.label_plan import LabelPlan
from traceability.adapters.label_words import Line
from traceability.adapters.lettering import BOLD, font_file

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
        for text, modules in zip(texts, plan.modules(texts), strict=True):
            label = self._shared | self._serial(text)
            # With the quiet zone: hinting may have moved a letter by a dot.
            bordered = np.pad(modules, QUIET_MODULES)
            code = np.kron(bordered, np.ones((plan.module, plan.module), dtype=np.bool_))
            quiet = QUIET_MODULES * plan.module
            x, y = plan.code_x - quiet, plan.code_y - quiet
            label[y : y + len(code), x : x + len(code)] = code
            labels.append(label)
        return labels

    def _serial(self, text: str) -> Dots:
        canvas = self._blank()
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
            left, foot = words.box.x * scale, self.height - words.box.y * scale
            right, top = left + words.box.width * scale, foot - words.box.height * scale
            corners = (round(left), round(top), round(right) - 1, round(foot) - 1)
            ImageDraw.Draw(canvas).rectangle(corners, fill=1)
            self._write(canvas, words.mark, dark=False)
        return np.array(canvas, dtype=np.bool_)

    def _blank(self) -> Image.Image:
        return Image.new("1", (self.width, self.height), 0)

    def _write(self, canvas: Image.Image, line: Line, *, dark: bool) -> None:
        """Draw a line; a turned one is drawn on a label lying on its side."""
        scale = self._plan.dots_a_point
        font = _font(line.font, round(line.points * scale, 2))
        x, y = round(line.x * scale), self.height - round(line.y * scale)
        if not line.turned:
            ImageDraw.Draw(canvas).text((x, y), line.text, fill=int(dark), font=font, anchor="ls")
            return
        lying = canvas.rotate(-90, expand=True)
        place = (self.height - y, x)
        ImageDraw.Draw(lying).text(place, line.text, fill=int(dark), font=font, anchor="ls")
        canvas.paste(lying.rotate(90, expand=True))


@lru_cache(maxsize=16)
def _font(name: str, pixels: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_file(name), pixels, layout_engine=ImageFont.Layout.BASIC)
