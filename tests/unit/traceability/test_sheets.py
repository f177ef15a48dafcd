import re
import time
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from random import Random

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from core import gs1
from traceability import rules
from traceability.adapters import label_words, lettering, sheets
from traceability.adapters.label_plan import plan_labels
from traceability.adapters.outputs import DOTS_A_MM, Output
from traceability.adapters.papers import PAPERS
from traceability.adapters.sheets import Batch
from traceability.label_errors import CodeTooFine

GTIN = "09521234543213"


def batch_of(count: int, **told: object) -> Batch:
    """A batch whose serials are the same each time: their widths decide where words stand."""
    chance = Random(count)  # noqa: S311 -- not secret: a test must be able to happen again.
    facts: dict[str, object] = {
        "serials": rules.draw_serials(count, chance.randbytes),
        "base_url": "https://goc.example",
        "gtin14": None,
        "name": "Chè Shan tuyết",
        "lot": "26\u201111A",
        "made_on": date(2026, 11, 2),
        "best_before_on": date(2027, 11, 2),
    }
    return Batch(**(facts | told))  # type: ignore[arg-type] # A test tells what it is about.


def pdf_of(batch: Batch, paper: str = "a4-65", dpi: int = 300) -> bytes:
    written = BytesIO()
    sheets.write_sheets(
        written, batch, paper=paper, output=Output(dpi=dpi), on_page=lambda _done, _all: None
    )
    return written.getvalue()


def pictures(pdf: bytes, dpi: int = 300) -> list[Image.Image]:
    """The pages as a printer gets them: one pixel a dot."""
    document = pypdfium2.PdfDocument(pdf)
    scale = DOTS_A_MM[dpi] * 25.4 / 72 - 1e-5
    drawn = [page.render(scale=scale).to_pil().convert("L") for page in document]
    document.close()
    return drawn


def words(pdf: bytes, sheet: int = 0) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text: str = document[sheet].get_textpage().get_text_range()
    document.close()
    return text


def decoded(drawn: Sequence[Image.Image]) -> list[str]:
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return [each.text for page in drawn for each in zxingcpp.read_barcodes(page, formats=formats)]


@pytest.mark.parametrize("paper", [key for key in sorted(PAPERS) if not PAPERS[key].is_roll])
@pytest.mark.parametrize("gtin", [None, GTIN])
def test_every_code_of_a_printed_sheet_is_read_back(paper: str, gtin: str | None) -> None:
    batch = batch_of(PAPERS[paper].labels * 2 + 3, gtin14=gtin, demo=True)
    drawn = pictures(pdf_of(batch, paper))

    assert [sheet.size for sheet in drawn] == [sheets.SHEET_DOTS] * 3
    assert sorted(decoded(drawn)) == sorted(
        gs1.stamp_uri("https://goc.example", gtin, text)
        for text in rules.serial_texts(batch.serials)
    )


def test_codes_fall_on_whole_dots_of_the_printer() -> None:
    paper = PAPERS["a4-65"]
    (sheet,) = pictures(pdf_of(batch_of(paper.labels, gtin14=GTIN, name=" ", lot=" ")))
    code_dots = 37 * 5

    for place in range(paper.labels):
        row, column = divmod(place, paper.columns)
        left = round((paper.left_mm + column * paper.pitch_x_mm) * 300 / 25.4) + 6
        top = round((paper.top_mm + row * paper.pitch_y_mm) * 300 / 25.4) + (250 - code_dots) // 2
        code = sheet.crop((left, top, left + code_dots, top + code_dots))
        assert all(tone < 8 or tone > 247 for tone in code.tobytes()), place  # No grey edge.
        assert min(code.crop((0, 0, code_dots, 20)).tobytes()) > 247, place
        assert max(code.crop((20, 20, 55, 25)).tobytes()) < 8, place


def test_a_label_says_name_lot_date_serial_and_where_to_check() -> None:
    batch = batch_of(1, serials=[rules.parse_serial("7K3MQ9T2XB40G")])
    said = words(pdf_of(batch))

    for line in (
        "Chè Shan tuyết",
        "Lô 26-11A",
        "HSD 02/11/2027",
        "7K3M Q9T2 XB40G",
        "Kiểm tại goc.example",
        "Lô 26-11A · tờ 1/1 · A4 65 tem 38 × 21 mm · In đúng cỡ (100 %), không thu phóng",
    ):
        assert line in said, said
    assert "MẪU" not in said


def test_a_demo_label_says_so_and_one_without_best_before_says_when_it_was_made() -> None:
    said = words(pdf_of(batch_of(1, demo=True, best_before_on=None)))

    assert "MẪU" in said
    assert "NSX 02/11/2026" in said
    assert "HSD" not in said
    assert "NSX" not in words(pdf_of(batch_of(1, best_before_on=None, made_on=None)))


def test_a_lot_already_called_lot_is_not_called_so_twice() -> None:
    lettering.register_fonts()

    assert label_words.lot_words("Lô 5") == "Lô 5"
    assert label_words.lot_words("LÔ\u201105") == "LÔ-05"
    assert label_words.lot_words("26‑11A") == "Lô 26-11A"


def test_a_long_batch_is_drawn_in_seconds_and_tells_each_sheet() -> None:
    told: list[tuple[int, int]] = []
    batch = batch_of(10_000, gtin14=GTIN)

    begun = time.process_time()
    sheets.write_sheets(BytesIO(), batch, on_page=lambda done, whole: told.append((done, whole)))

    assert time.process_time() - begun < 10
    assert told == [(min(sheet * 65, 10_000), 10_000) for sheet in range(1, 155)]


def test_stopping_between_sheets_leaves_a_file_nobody_can_open() -> None:
    class Cancelled(Exception):
        pass

    def stop(done: int, _whole: int) -> None:
        if done == 130:
            raise Cancelled

    target = BytesIO()
    with pytest.raises(Cancelled):
        sheets.write_sheets(target, batch_of(300), on_page=stop)

    assert b"startxref" not in target.getvalue()


def test_the_same_batch_gives_the_same_bytes() -> None:
    batch = batch_of(70)

    assert pdf_of(batch) == pdf_of(batch)


def test_an_address_too_long_for_a_readable_code_is_refused() -> None:
    host = "truy-xuat." * 12 + "example"  # Version 6: 49 modules with the quiet zone.

    with pytest.raises(CodeTooFine):
        pdf_of(batch_of(1, base_url=f"https://{host}"))
    assert decoded(pictures(pdf_of(batch_of(1, base_url=f"https://{host}"), "a4-48")))


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("paper", [key for key in sorted(PAPERS) if PAPERS[key].is_roll])
def test_every_code_of_a_roll_is_read_back_at_its_printers_dots(paper: str, dpi: int) -> None:
    batch = batch_of(7, demo=True)
    roll = PAPERS[paper]
    drawn = pictures(pdf_of(batch, paper, dpi), dpi)

    dots = tuple(round(side * DOTS_A_MM[dpi]) for side in roll.page_mm)
    assert {row.size for row in drawn} == {dots}
    assert len(drawn) == -(-7 // roll.columns)
    assert sorted(decoded(drawn)) == sorted(
        gs1.stamp_uri("https://goc.example", None, text)
        for text in rules.serial_texts(batch.serials)
    )


def test_four_modules_around_each_code_stay_blank() -> None:
    for paper in sorted(PAPERS):
        batch = batch_of(1, gtin14=GTIN, name="ẪỄ" * 40, lot="ẪỄ" * 40, demo=True)
        plan = plan_labels(batch, paper, Output())
        (page,) = pictures(pdf_of(batch, paper))
        ((left, top),) = plan.corners(1).tolist()
        x, y = left + plan.code_x, top + plan.code_y
        side, quiet = plan.form.size * plan.module, 4 * plan.module
        around = page.crop((x - quiet + 2, y - quiet + 2, x + side + quiet, y + side + quiet))
        around.paste(255, (quiet - 2, quiet - 2, quiet - 2 + side, quiet - 2 + side))

        assert min(around.tobytes()) > 190, paper  # A cutting line at the very edge is light grey.
        assert page.getpixel((x + 1, y + 1)) == 0, paper


def test_a_file_holds_no_picture_and_tells_nothing_of_its_making() -> None:
    pdf = pdf_of(batch_of(130))

    assert b"/Subtype/Image" not in pdf
    assert re.findall(rb"/(?:Author|Producer|CreationDate|ModDate|Metadata)", pdf) == []
    assert b"/PrintScaling/None" in pdf


def test_letters_that_mean_something_to_a_file_are_printed_as_they_are() -> None:
    said = words(pdf_of(batch_of(1, name="Trà (loại 1) \\ Ẫ", lot="5)")))

    assert "Trà (loại 1)" in said
    assert "Lô 5)" in said


def test_a_label_takes_fewer_than_three_hundred_bytes() -> None:
    assert len(pdf_of(batch_of(2_000, gtin14=GTIN))) / 2_000 < 200
