import re
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import numpy as np
import pytest
from PIL import Image

from tests.unit.traceability.test_label_files import file_of
from tests.unit.traceability.test_sheets import GTIN, batch_of, decoded
from traceability import rules
from traceability.adapters.label_files import count_labels
from traceability.adapters.label_plan import plan_labels
from traceability.adapters.outputs import Output
from traceability.adapters.papers import PAPERS

SVG = "{http://www.w3.org/2000/svg}"
_RUN = re.compile(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+z")
_SHIFT = re.compile(r"translate\((-?\d+) (-?\d+)\)")


def pages_of(content: bytes) -> list[bytes]:
    if not content.startswith(b"PK"):
        return [content]
    with ZipFile(BytesIO(content)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def codes_drawn(page: bytes) -> Image.Image:
    """The page's square codes alone, a pixel a dot."""
    root = ET.fromstring(page)  # noqa: S314  # We wrote it just now.
    wide, high = (int(side) for side in root.attrib["viewBox"].split()[2:])
    dots = np.full((high, wide), 255, dtype=np.uint8)
    for label in root.iter(f"{SVG}g"):
        for path in label.findall(f"{SVG}path[@class='code']"):
            at = [_SHIFT.findall(each.attrib["transform"])[0] for each in (label, path)]
            left, top = (sum(int(place[axis]) for place in at) for axis in (0, 1))
            for run in _RUN.findall(path.attrib["d"]):
                x, y, width, height = map(int, run)
                dots[top + y : top + y + height, left + x : left + x + width] = 0
    return Image.fromarray(dots)


@pytest.mark.parametrize(("paper", "dpi"), [("a4-65", 300), ("roll-35x22", 203), ("roll-15", 600)])
def test_every_code_of_an_svg_page_is_read_back(paper: str, dpi: int) -> None:
    batch = batch_of(7, gtin14=GTIN, demo=True)
    content = file_of(batch, paper, "svg", dpi)
    plan = plan_labels(batch, paper, Output("svg", dpi))

    read = decoded([codes_drawn(page) for page in pages_of(content)])

    assert sorted(read) == sorted(plan.addresses(rules.serial_texts(batch.serials)))
    assert count_labels(BytesIO(content), "svg") == 7


def test_one_page_is_one_file_and_several_are_a_zip() -> None:
    labels = PAPERS["a4-65"].labels

    one = file_of(batch_of(labels), "a4-65", "svg")
    two = file_of(batch_of(labels + 1), "a4-65", "svg")

    assert one.startswith(b"<?xml")
    with ZipFile(BytesIO(two)) as archive:
        assert archive.namelist() == ["trang-0001.svg", "trang-0002.svg"]
        assert archive.testzip() is None
    assert count_labels(BytesIO(two), "svg") == labels + 1


@pytest.mark.parametrize(
    ("paper", "dpi", "wide_mm", "high_mm"),
    [("a4-20", 300, 210, 297), ("roll-50x30", 203, 50, 30), ("roll-35x22", 600, 109, 22)],
)
def test_a_page_has_its_true_size(paper: str, dpi: int, wide_mm: int, high_mm: int) -> None:
    root = ET.fromstring(file_of(batch_of(1), paper, "svg", dpi))  # noqa: S314  # Ours.

    sides = [root.attrib[side] for side in ("width", "height")]
    assert all(side.endswith("mm") for side in sides)
    wide, high = (float(side.removesuffix("mm")) for side in sides)
    assert abs(wide - wide_mm) < 0.07
    assert abs(high - high_mm) < 0.07
    dots = [int(side) for side in root.attrib["viewBox"].split()[2:]]
    assert dots[0] / wide == pytest.approx(dots[1] / high, rel=1e-4)


def test_a_page_needs_no_font_no_style_and_nothing_from_elsewhere() -> None:
    page = file_of(batch_of(3, gtin14=GTIN, demo=True, name="Mật ong <rừng> & Ẫ"), "a4-25", "svg")

    tags = {each.tag.removeprefix(SVG) for each in ET.fromstring(page).iter()}  # noqa: S314  # Ours.
    assert tags == {"svg", "title", "defs", "g", "path", "use"}
    links = re.findall(rb'href="([^"]*)"', page)
    assert links
    assert all(link.startswith(b"#") for link in links)
    known = set(re.findall(rb'id="([^"]+)"', page))
    assert {link[1:] for link in links} <= known


def test_a_roll_with_scratch_codes_draws_their_box_and_no_margin() -> None:
    batch = batch_of(1, gtin14=GTIN, scratch_secret=bytes(32))

    root = ET.fromstring(file_of(batch, "roll-25", "svg"))  # noqa: S314  # Ours.

    assert len([each for each in root.iter() if each.attrib.get("fill") == "none"]) == 1
    assert len(root.findall(f"{SVG}g")) == 1
