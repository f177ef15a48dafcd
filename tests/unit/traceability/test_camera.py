import numpy as np
import pytest
from PIL import Image

from tests.unit.traceability.camera import PIXELS_A_MM, judge, photograph
from tests.unit.traceability.printed import printed_labels
from tests.unit.traceability.test_sheets import GTIN, batch_of
from traceability.adapters.outputs import DOTS_A_MM


def test_a_telephone_reads_labels_of_fifteen_millimetres_printed_at_300_dpi() -> None:
    batch = batch_of(200, gtin14=GTIN)

    tally = judge(printed_labels(batch, "a4-15", 300), dots_a_mm=DOTS_A_MM[300], seed=1)

    assert tally.shown == 200
    assert tally.share >= 0.995
    assert tally.at_once >= 190


@pytest.mark.parametrize(
    ("paper", "dpi"),
    [("roll-20", 203), ("roll-15", 600), ("a4-25", 300), ("roll-30", 203)],
)
def test_a_telephone_reads_the_other_sizes(paper: str, dpi: int) -> None:
    batch = batch_of(25, gtin14=GTIN, demo=True)

    tally = judge(printed_labels(batch, paper, dpi), dots_a_mm=DOTS_A_MM[dpi], seed=2)

    assert tally.shown == 25
    assert tally.read == 25


def test_the_camera_is_no_scanner() -> None:
    label = Image.new("L", (177, 177), 255)
    label.paste(0, (60, 60, 120, 120))

    frame = np.asarray(photograph(label, dots_a_mm=DOTS_A_MM[300], chance=np.random.default_rng(3)))

    assert frame.shape == (round(177 * PIXELS_A_MM / DOTS_A_MM[300] * 1.7),) * 2
    assert frame.mean() < 235
    assert frame.min() < 60
    assert len(np.unique(frame)) > 100


def test_modules_of_a_quarter_of_a_millimetre_would_be_lost() -> None:
    batch = batch_of(60, gtin14=GTIN)
    shrunk = (
        (label.resize((130, 130), Image.Resampling.LANCZOS), text)
        for label, text in printed_labels(batch, "a4-15", 300)
    )

    tally = judge(shrunk, dots_a_mm=DOTS_A_MM[300], seed=4)

    assert tally.share < 0.995
