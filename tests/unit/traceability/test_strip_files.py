from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from PIL import Image

from core import gs1
from tests.unit.traceability.test_label_files import printed
from tests.unit.traceability.test_sheets import GTIN, decoded
from traceability.adapters.outputs import Output
from traceability.adapters.qr_many import form_of
from traceability.adapters.strip_files import strip_file
from traceability.adapters.strip_plan import Strip, plan_strip, strip_address
from traceability.label_errors import NotForThisPaper

SITE = "https://goc.example"
ADDRESS = strip_address(SITE, has_gtin=True, signed=False)


def strip(paper: str, dpi: int = 300, file_format: str = "pdf", address: str = ADDRESS) -> Strip:
    return plan_strip(paper, Output(file_format, dpi), address)


def rendered(drawn: Strip, pdf: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    scale = drawn.dots_a_mm * 25.4 / 72 - 1e-5
    pages = [page.render(scale=scale).to_pil().convert("L") for page in document]
    document.close()
    return pages


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("gtin", [GTIN, None])
def test_a_code_of_a_strip_is_as_large_as_a_stamps_and_names_none(
    gtin: str | None, *, signed: bool
) -> None:
    address = strip_address(SITE, has_gtin=gtin is not None, signed=signed)

    bare, _, digits = address.partition("?s=")
    stamp = gs1.stamp_uri(SITE, gtin, "7K3MQ9T2XB40G")
    assert len(bare) == len(stamp)
    assert bare.startswith("HTTPS://GOC.EXAMPLE/TEST/")
    assert len(digits) == (155 if signed else 0)
    assert form_of(bare).version == form_of(stamp).version


def test_a_sheet_shows_seven_sizes_that_are_all_read_and_its_ruler_is_true() -> None:
    drawn = strip("a4-25")
    [page] = drawn.pages

    assert [code.unit for code in page.codes] == [2, 3, 4, 5, 6, 7, 8]
    ticks = page.bars[1:]
    assert len(ticks) == 101
    assert (ticks[-1].x - ticks[0].x) / drawn.dots_a_mm == pytest.approx(100, abs=0.05)
    suffix, pdf = strip_file(drawn, "pdf")
    assert suffix == "pdf"
    assert decoded(rendered(drawn, pdf)) == [ADDRESS] * 7


@pytest.mark.parametrize(
    ("paper", "dpi", "units"),
    [("roll-15", 203, [2]), ("roll-15", 300, [2, 3]), ("roll-30", 203, [2, 3, 4, 5])],
)
def test_a_roll_has_a_label_for_each_size_with_room_and_one_with_a_ruler(
    paper: str, dpi: int, units: list[int]
) -> None:
    drawn = strip(paper, dpi)

    assert [code.unit for page in drawn.pages for code in page.codes] == units
    assert len(drawn.pages) == len(units) + 1
    assert drawn.pages[-1].bars
    _, pdf = strip_file(drawn, "pdf")
    assert set(decoded(rendered(drawn, pdf))) == {ADDRESS}


def test_the_words_stand_on_their_page_and_beside_the_codes() -> None:
    for paper in ("a4-25", "roll-15", "roll-50x30"):
        for page in strip(paper).pages:
            assert page.lines
            for line in page.lines:
                assert line.x >= 0
                assert line.y >= 0
            for code in page.codes:
                assert code.x >= 4 * code.unit
                assert code.y >= 4 * code.unit


def test_commands_of_a_label_printer_burn_the_strip() -> None:
    drawn = strip("roll-30", 203, "zpl")

    suffix, zpl = strip_file(drawn, "zpl")

    assert suffix == "zpl"
    assert set(decoded(printed(zpl.decode("ascii")))) == {ADDRESS}
    with pytest.raises(NotForThisPaper):
        strip("a4-25", 300, "zpl")


@pytest.mark.parametrize("file_format", ["pdf", "svg", "png", "zpl"])
def test_the_same_strip_is_the_same_file(file_format: str) -> None:
    drawn = strip("roll-30", 203, file_format)

    assert strip_file(drawn, file_format) == strip_file(drawn, file_format)


def test_pictures_and_drawings_of_a_roll_come_in_a_zip() -> None:
    drawn = strip("roll-30", 203, "png")

    for file_format, first in (("png", "thu-01.png"), ("svg", "trang-0001.svg")):
        suffix, content = strip_file(drawn, file_format)
        with ZipFile(BytesIO(content)) as archive:
            assert suffix == "zip"
            assert archive.namelist()[0] == first
            assert len(archive.namelist()) == 5
