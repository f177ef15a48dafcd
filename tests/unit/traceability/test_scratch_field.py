"""Labels with a field for a scratch layer: where it is, what it says, and that codes stay read."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.unit.traceability.camera import judge
from tests.unit.traceability.printed import printed_labels
from tests.unit.traceability.test_sheets import GTIN, batch_of, decoded, pdf_of, pictures, words
from traceability import rules
from traceability.adapters.label_files import write_labels
from traceability.adapters.label_plan import plan_labels
from traceability.adapters.label_words import Batch
from traceability.adapters.lettering import SMALLEST_POINTS, register_fonts
from traceability.adapters.outputs import DOTS_A_MM, Output
from traceability.adapters.papers import LEAST_BELOW_MM, PAPERS, with_scratch_strip
from traceability.adapters.preflight import check_labels
from traceability.adapters.scratch_field import scratch_field
from traceability.adapters.words_around import LEAST_BELOW
from traceability.label_errors import LabelTooSmall, NoRoomForScratch

SECRET = bytes(range(32))
MM = 72 / 25.4
SITE = "https://goc.example"
LARGE = sorted(key for key, paper in PAPERS.items() if paper.height_mm >= 20)


def hidden(serials: list[int]) -> list[str]:
    codes = rules.scratch_codes(SECRET, rules.serial_texts(serials))
    return [f"{code[:3]} {code[3:]}" for code in codes]


@pytest.mark.parametrize("key", LARGE)
def test_the_field_lies_within_its_label_and_its_digits_can_be_read(key: str) -> None:
    register_fonts()
    paper = with_scratch_strip(PAPERS[key])
    assert paper is not None
    field = scratch_field(paper)

    assert field.points >= SMALLEST_POINTS
    assert field.box.x > field.words.x
    assert field.box.y >= 0.5 * MM
    assert field.box.y + field.box.height <= paper.scratch_mm * MM
    assert field.box.x + field.box.width <= (paper.width_mm - 0.4) * MM
    for digits in ("444444", "111111"):
        line = field.shows(digits)
        assert line.text == f"{digits[:3]} {digits[3:]}"
        assert field.box.x < line.x < field.box.x + field.box.width / 2


@pytest.mark.parametrize("key", [key for key in LARGE if not PAPERS[key].is_roll])
def test_each_label_of_a_sheet_shows_its_own_digits_once_and_every_code_is_read(key: str) -> None:
    batch = batch_of(PAPERS[key].labels, gtin14=GTIN, demo=True, scratch_secret=SECRET)
    pdf = pdf_of(batch, key)
    text = words(pdf)

    assert [text.count(code) for code in set(hidden(list(batch.serials)))] == [1] * len(
        set(hidden(list(batch.serials)))
    )
    assert text.count("Cào lấy mã") == PAPERS[key].labels
    assert len(decoded(pictures(pdf))) == PAPERS[key].labels


def test_a_sheet_without_scratch_codes_shows_no_field() -> None:
    assert "Cào" not in words(pdf_of(batch_of(3), "a4-20"))


def test_what_a_batch_is_called_in_a_log_does_not_tell_its_secret() -> None:
    assert "scratch_secret" not in repr(batch_of(1, scratch_secret=SECRET))


def test_pictures_show_the_field_and_their_list_does_not_tell_the_digits() -> None:
    batch = batch_of(2, gtin14=GTIN, scratch_secret=SECRET)
    bare = replace(batch, scratch_secret=None)
    with_field, without = (_pictures(each) for each in (batch, bare))

    listed = with_field.pop("danh-sach.csv").decode()
    assert all(
        code not in listed and code.replace(" ", "") not in listed
        for code in hidden(list(batch.serials))
    )
    assert set(with_field) == set(without) - {"danh-sach.csv"}
    assert all(with_field[name] != without[name] for name in with_field)


@pytest.mark.parametrize("paper", ["a4-15", "roll-15"])
def test_labels_below_twenty_millimetres_have_no_room(paper: str) -> None:
    with pytest.raises(NoRoomForScratch) as refusal:
        check_labels(paper, Output(), base_url=SITE, gtin14=GTIN, has_scratch=True)

    assert refusal.value.values == {"least": "20"}
    with pytest.raises(NoRoomForScratch):
        plan_labels(batch_of(1, scratch_secret=SECRET), paper, Output())


def test_a_paper_whose_code_would_become_too_fine_is_refused_with_a_larger_one() -> None:
    long_site = "https://goc.nong-san-sach-ocop.example"
    check_labels("roll-20", Output(dpi=203), base_url=long_site, gtin14=GTIN)

    with pytest.raises(LabelTooSmall) as refusal:
        check_labels("roll-20", Output(dpi=203), base_url=long_site, gtin14=GTIN, has_scratch=True)

    assert refusal.value.values["instead"] == "25 × 25"


def test_the_code_leaves_the_room_its_serial_needs() -> None:
    assert LEAST_BELOW_MM * MM >= LEAST_BELOW


@pytest.mark.parametrize(("paper", "dpi"), [("a4-20", 300), ("roll-20", 203)])
def test_a_telephone_reads_labels_with_a_scratch_field(paper: str, dpi: int) -> None:
    batch = batch_of(100 if dpi == 300 else 25, gtin14=GTIN, demo=True, scratch_secret=SECRET)

    tally = judge(printed_labels(batch, paper, dpi), dots_a_mm=DOTS_A_MM[dpi], seed=5)

    assert tally.shown == len(batch.serials)
    assert tally.share >= 0.995


def _pictures(batch: Batch) -> dict[str, bytes]:
    written = BytesIO()
    write_labels(written, batch, "roll-25", Output("png"), on_page=lambda _done, _all: None)
    with ZipFile(written) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
