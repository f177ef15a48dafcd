"""What is worked out once for all labels of a batch: code, place and words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core import gs1
from core.qr import QUIET_MODULES
from traceability import rules
from traceability.adapters import lettering, preflight, qr_many
from traceability.adapters.label_words import MM, Batch, Line, Words
from traceability.adapters.logos import GAP, BurntLogo, LogoBox, burnt
from traceability.adapters.outputs import DOTS_A_MM, Output
from traceability.adapters.papers import Paper
from traceability.adapters.scratch_field import ScratchField, scratch_field
from traceability.adapters.words_around import words_around
from traceability.adapters.words_beside import logo_beside, words_beside
from traceability.logo_errors import NoRoomForLogo
from traceability.rules.signatures import SIGNATURE_QUERY

# The code's left upper corner, quiet zone and all, in dots; the words; where a logo goes.
_Placed = tuple[int, int, Words, LogoBox | None]
_CODE_EDGE_MM = 0.5  # From the edge of a label with words beside to the quiet zone.


@dataclass(frozen=True, slots=True)
class LabelPlan:
    """Labels of one batch on one paper. Lengths are in dots, words in points."""

    batch: Batch
    paper: Paper
    dots_a_mm: float
    form: qr_many.Form
    module: int  # Dots of a module.
    code_x: int  # Of the code's first dark or light module, from the label's left.
    code_y: int  # From the label's upper edge.
    words: Words
    scratch: ScratchField | None = None
    logo: BurntLogo | None = None

    @property
    def dots_a_point(self) -> float:
        """Dots of a point of letters."""
        return self.dots_a_mm / MM

    def dots(self, millimetres: float) -> int:
        """Give a length in whole dots."""
        return round(millimetres * self.dots_a_mm)

    def addresses(self, texts: Sequence[str]) -> list[str]:
        """Give what the codes of these serials say: they differ in their ends alone."""
        return addresses(self.batch, texts)

    def scratch_lines(self, texts: Sequence[str]) -> list[Line]:
        """Give what stands under the scratch layers of these serials; nothing where none do."""
        secret = self.batch.scratch_secret
        if self.scratch is None or secret is None:
            return []
        return [self.scratch.shows(code) for code in rules.scratch_codes(secret, texts)]

    def modules(self, texts: Sequence[str]) -> qr_many.Modules:
        """Give the codes of these serials."""
        return qr_many.modules_of(self.addresses(texts), self.form)

    def corners(self, count: int) -> NDArray[np.intp]:
        """Give the upper left corners (x, y from above) of the first labels of a page."""
        rows, columns = np.divmod(np.arange(count), self.paper.columns)
        left = self.paper.left_mm + columns * self.paper.pitch_x_mm
        top = self.paper.top_mm + rows * self.paper.pitch_y_mm
        return np.rint(np.stack([left, top], axis=1) * self.dots_a_mm).astype(np.intp)


def addresses(batch: Batch, texts: Sequence[str]) -> list[str]:
    """Give what the codes of a batch's serials say, each with its signature where they have one."""
    first = gs1.stamp_uri(batch.base_url, batch.gtin14, texts[0])
    stem = first.removesuffix(texts[0])
    if batch.sign is None:
        return [stem + text for text in texts]
    return [f"{stem}{text}{SIGNATURE_QUERY}{batch.sign(text)}" for text in texts]


def plan_labels(batch: Batch, paper: str, output: Output) -> LabelPlan:
    """Work out the labels of a batch.

    Raises:
        CodeTooFine: the address is too long for a code that can be printed on this paper.
        NoRoomForScratch: its labels are too small for a scratch field.
        NoRoomForLogo: they have no room for the logo that the batch has.
    """
    assert batch.serials
    lettering.register_fonts()
    chosen = preflight.paper_for(paper, has_scratch=batch.scratch_secret is not None)
    dpi = preflight.dpi_of(chosen, output)
    dots_a_mm = DOTS_A_MM[dpi]
    (address,) = addresses(batch, rules.serial_texts(batch.serials[:1]))
    form = qr_many.form_of(address)
    modules = form.size + 2 * QUIET_MODULES
    module = preflight.module_dots(chosen, modules, dpi)
    side = modules * module
    if chosen.has_words_beside:
        x, y, words, box = _beside(batch, chosen, side, dots_a_mm)
    else:
        x, y, words, box = _around(batch, chosen, side, dots_a_mm)
    quiet = QUIET_MODULES * module
    field = scratch_field(chosen) if chosen.scratch_mm else None
    if field is not None:
        words = words.raised(chosen.scratch_mm * MM)
        words = replace(words, lines=(*words.lines, field.words))
    logo = _burnt(batch, paper, box, dots_a_mm)
    return LabelPlan(
        batch, chosen, dots_a_mm, form, module, x + quiet, y + quiet, words, field, logo
    )


def _burnt(batch: Batch, paper: str, box: LogoBox | None, dots_a_mm: float) -> BurntLogo | None:
    if batch.logo is None:
        return None
    if box is None:
        raise NoRoomForLogo(f"logo on {paper}")
    return burnt(batch.logo, box, dots_a_point=dots_a_mm / MM)


def _beside(batch: Batch, paper: Paper, side: int, dots_a_mm: float) -> _Placed:
    x_mm, height_mm = _CODE_EDGE_MM + side / dots_a_mm, paper.height_mm - paper.scratch_mm
    logo = logo_beside(batch, x_mm=x_mm, width_mm=paper.width_mm, height_mm=height_mm)
    below_mm = height_mm - (logo.top + logo.height + GAP) / MM if logo else height_mm
    words = words_beside(batch, x_mm=x_mm, width_mm=paper.width_mm, height_mm=below_mm)
    top = (round((paper.height_mm - paper.scratch_mm) * dots_a_mm) - side) // 2
    return round(_CODE_EDGE_MM * dots_a_mm), top, words, logo


def _around(batch: Batch, paper: Paper, side: int, dots_a_mm: float) -> _Placed:
    placed = words_around(
        batch,
        width_mm=paper.width_mm,
        height_mm=paper.height_mm - paper.scratch_mm,
        code_mm=side / dots_a_mm,
    )
    scale = dots_a_mm / MM
    code = round(placed.code_x * scale), round(placed.code_top * scale)
    return *code, placed.words, placed.logo
