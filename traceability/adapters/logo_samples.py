"""How a logo looks on a label, shown to its maker before anything is printed."""

from typing import Final

from traceability import rules
from traceability.adapters.label_plan import LabelPlan, plan_labels
from traceability.adapters.label_raster import Dots, LabelRaster
from traceability.adapters.logo_pictures import grey_of
from traceability.adapters.logo_room import sample_batch
from traceability.adapters.outputs import Output
from traceability.label_errors import CodeTooFine
from traceability.logo_errors import NoRoomForLogo

OUTPUT: Final = Output("png", 300, has_logo=True)
_NAME: Final = "Tên hàng của bạn"
_GTIN: Final = "0" * 14  # As long as a real one: the code is as large.


def sample_label(paper: str, picture: bytes, *, base_url: str) -> Dots:
    """Give a label with the logo, a dot for a dot of the printer; marked as a sample.

    Raises:
        NoRoomForLogo: code and words leave too little.
        CodeTooFine: the site's address is too long for labels of this paper.
    """
    plan = _plan(paper, picture, base_url)
    return LabelRaster(plan).labels(rules.serial_texts(plan.batch.serials[:1]))[0]


def has_room(paper: str, picture: bytes, *, base_url: str) -> bool:
    """Whether labels of this paper can be printed with the logo."""
    try:
        _plan(paper, picture, base_url)
    except (CodeTooFine, NoRoomForLogo):  # A long address leaves small labels no code either.
        return False
    return True


def _plan(paper: str, picture: bytes, base_url: str) -> LabelPlan:
    sample = sample_batch(base_url=base_url, gtin14=_GTIN, logo=grey_of(picture), name=_NAME)
    return plan_labels(sample, paper, OUTPUT)
