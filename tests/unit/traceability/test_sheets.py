import secrets
import time
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from itertools import pairwise

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from core import gs1
from traceability import rules
from traceability.adapters import label_words, lettering, sheets
from traceability.adapters.papers import A4_MM, PAPERS, Paper
from traceability.adapters.sheets import Batch
from traceability.errors import CodeTooFine

GTIN = "09521234543213"


def batch_of(count: int, **told: object) -> Batch:
    facts: dict[str, object] = {
        "serials": rules.draw_serials(count, secrets.token_bytes),
        "base_url": "https://goc.example",
        "gtin14": None,
        "name": "Chè Shan tuyết",
        "lot": "26\u201111A",
        "made_on": date(2026, 11, 2),
        "best_before_on": date(2027, 11, 2),
    }
    return Batch(**(facts | told))  # type: ignore[arg-type] # A test tells what it is about.


def pdf_of(batch: Batch, paper: str = "a4-65") -> bytes:
    written = BytesIO()
    sheets.write_sheets(written, batch, paper=paper, on_page=lambda _done, _all: None)
    return written.getvalue()


def pictures(pdf: bytes) -> list[Image.Image]:
    """The sheets as a 300 dpi printer gets them: one pixel a dot."""
    document = pypdfium2.PdfDocument(pdf)
    drawn = [page.render(scale=299.999 / 72).to_pil().convert("L") for page in document]
    document.close()
    return drawn


def words(pdf: bytes, sheet: int = 0) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text: str = document[sheet].get_textpage().get_text_range()
    document.close()
    return text


def decoded(drawn: Sequence[Image.Image]) -> list[str]:
    return [found.text for sheet in drawn for found in zxingcpp.read_barcodes(sheet)]


@pytest.mark.parametrize("paper", sorted(PAPERS))
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


@pytest.mark.parametrize("demo", [False, True])
@pytest.mark.parametrize("paper", sorted(PAPERS))
def test_no_line_leaves_its_label_or_touches_another_however_long(paper: str, demo: bool) -> None:  # noqa: FBT001 -- a parameter of the test.
    lettering.register_fonts()
    grid = PAPERS[paper]
    batch = batch_of(
        500,
        name="Mật ong hoa bạc hà cao nguyên đá Đồng Văn nguyên chất chai 500 ml" * 3,
        lot="ĐẶC-BIỆT-" * 20,
        base_url="https://truy-xuat-nguon-goc.hop-tac-xa-lien-hiep.example",
        demo=demo,
    )
    placed = label_words.words_of(
        batch, x_mm=16.2, width_mm=grid.width_mm, height_mm=grid.height_mm
    )
    lines = sorted([*placed.lines, placed.serial], key=lambda line: -line.y)

    for line in placed.lines:
        limit = placed.right if not (demo and line.text.startswith("Lô")) else placed.right - 14
        assert placed.x + lettering.width(line.text, line.font, line.points) <= limit
        assert line.points >= lettering.SMALLEST_POINTS
    for text in map(rules.grouped, rules.serial_texts(batch.serials)):
        assert placed.x + lettering.width(text, placed.serial.font, placed.serial.points) <= (
            placed.right + 1e-6
        )
    for above, below in pairwise(lines):
        assert above.y - below.y >= below.points * 1.1
    assert lines[0].y + lines[0].points < grid.height_mm * label_words.MM - 2
    assert lines[-1].y > 3


def test_a_long_batch_is_drawn_in_seconds_and_tells_each_sheet() -> None:
    told: list[tuple[int, int]] = []
    batch = batch_of(10_000, gtin14=GTIN)

    begun = time.process_time()
    written = sheets.write_sheets(
        BytesIO(), batch, on_page=lambda done, whole: told.append((done, whole))
    )

    assert time.process_time() - begun < 20
    assert written == 154
    assert told == [(sheet, 154) for sheet in range(1, 155)]


def test_stopping_between_sheets_leaves_nothing_written() -> None:
    class Cancelled(Exception):
        pass

    def stop(done: int, _sheets: int) -> None:
        if done == 2:
            raise Cancelled

    target = BytesIO()
    with pytest.raises(Cancelled):
        sheets.write_sheets(target, batch_of(300), on_page=stop)

    assert target.getvalue() == b""


def test_the_same_batch_gives_the_same_bytes() -> None:
    batch = batch_of(70)

    assert pdf_of(batch) == pdf_of(batch)


def test_an_address_too_long_for_a_readable_code_is_refused() -> None:
    host = "truy-xuat." * 12 + "example"  # Version 6: 49 modules with the quiet zone.

    with pytest.raises(CodeTooFine):
        pdf_of(batch_of(1, base_url=f"https://{host}"))
    assert decoded(pictures(pdf_of(batch_of(1, base_url=f"https://{host}"), "a4-48")))


@pytest.mark.parametrize(("size", "dots"), [(25, 5), (29, 5), (33, 4), (37, 4), (39, 4)])
def test_a_module_is_as_many_whole_dots_as_the_paper_takes(size: int, dots: int) -> None:
    assert sheets.module_dots(PAPERS["a4-65"], size) == dots


def test_a_module_is_never_finer_than_a_third_of_a_millimetre() -> None:
    assert sheets.LEAST_MODULE_DOTS * 25.4 / 300 >= 0.33
    with pytest.raises(CodeTooFine):
        sheets.module_dots(PAPERS["a4-65"], 41)


@pytest.mark.parametrize("paper", PAPERS.values(), ids=sorted(PAPERS))
def test_a_papers_labels_lie_within_the_sheet_and_beside_each_other(paper: Paper) -> None:
    right = paper.left_mm + (paper.columns - 1) * paper.pitch_x_mm + paper.width_mm
    bottom = paper.top_mm + (paper.rows - 1) * paper.pitch_y_mm + paper.height_mm

    assert right == pytest.approx(A4_MM[0] - paper.left_mm, abs=0.05)
    assert bottom == pytest.approx(A4_MM[1] - paper.top_mm, abs=0.05)
    assert paper.pitch_x_mm >= paper.width_mm
    assert paper.pitch_y_mm >= paper.height_mm
    assert paper.code_mm < paper.height_mm - 2
