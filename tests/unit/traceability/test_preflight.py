import pytest

from core.qr import MODE_8BIT_BYTE, MODE_ALPHA_NUM, code, code_of
from tests.unit.traceability.test_sheets import GTIN
from traceability.adapters.outputs import DOTS_A_MM, Output
from traceability.adapters.papers import PAPERS, Paper, PaperKind
from traceability.adapters.preflight import (
    check_labels,
    least_dots,
    module_dots,
    modules_of_address,
)
from traceability.adapters.words_around import LEAST_BELOW
from traceability.label_errors import CodeTooFine, LabelTooSmall
from traceability.signature_errors import TooSmallForSignature

SITE = "https://goc.example"


@pytest.mark.parametrize(("modules", "dots"), [(33, 5), (37, 5), (41, 4), (45, 4), (47, 4)])
def test_a_module_is_as_many_whole_dots_as_the_paper_takes(modules: int, dots: int) -> None:
    assert module_dots(PAPERS["a4-65"], modules, 300) == dots


def test_a_module_is_never_finer_than_a_third_of_a_millimetre() -> None:
    assert [least_dots(dpi) for dpi in (203, 300, 600)] == [3, 4, 8]
    for dpi, dots_a_mm in DOTS_A_MM.items():
        assert least_dots(dpi) / dots_a_mm >= 0.33
    with pytest.raises(CodeTooFine):
        module_dots(PAPERS["a4-65"], 49, 300)


@pytest.mark.parametrize(
    ("paper", "dpi", "millimetres"),
    [
        ("roll-15", 300, 0.339),
        ("roll-15", 600, 0.339),
        ("roll-20", 203, 0.375),
        ("roll-20", 300, 0.423),
        ("roll-25", 203, 0.5),
        ("roll-25", 300, 0.508),
        ("roll-30", 300, 0.593),
        ("a4-15", 203, 0.339),
        ("a4-20", 300, 0.423),
    ],
)
def test_modules_of_an_address_with_gtin_are_as_large_as_their_label_allows(
    paper: str, dpi: int, millimetres: float
) -> None:
    chosen = PAPERS[paper]
    dpi = dpi if chosen.is_roll else 300

    assert module_dots(chosen, 37, dpi) / DOTS_A_MM[dpi] == pytest.approx(millimetres, abs=0.001)


def test_the_size_of_a_code_is_known_without_drawing_it() -> None:
    for length in (1, 20, 21, 38, 39, 61, 62, 90, 91, 122, 155, 311):
        drawn = code("A" * length)
        assert modules_of_address("A" * length) == drawn.modules_count + 8, length
    with pytest.raises(CodeTooFine):
        modules_of_address("A" * 312)


def test_labels_too_small_for_a_printers_dots_are_refused_with_what_to_choose() -> None:
    with pytest.raises(LabelTooSmall) as refusal:
        check_labels("roll-15", Output(dpi=203), base_url=SITE, gtin14=GTIN)

    assert refusal.value.values == {"size": "15 × 15", "dpi": 203, "instead": "20 × 20"}
    check_labels("roll-20", Output(dpi=203), base_url=SITE, gtin14=GTIN)
    check_labels("roll-15", Output(dpi=203), base_url=SITE, gtin14=None)
    check_labels("roll-15", Output(dpi=300), base_url=SITE, gtin14=GTIN)


def test_a_sheet_is_never_drawn_for_a_label_printers_dots() -> None:
    check_labels("a4-15", Output(dpi=203), base_url=SITE, gtin14=GTIN)


def test_an_address_too_long_for_every_paper_is_refused_without_advice() -> None:
    site = f"https://{'truy-xuat.' * 24}example"

    with pytest.raises(CodeTooFine):
        check_labels("a4-65", Output(), base_url=site, gtin14=GTIN)


@pytest.mark.parametrize("paper", PAPERS.values(), ids=sorted(PAPERS))
def test_a_papers_labels_lie_within_the_sheet_and_beside_each_other(paper: Paper) -> None:
    right = paper.left_mm + (paper.columns - 1) * paper.pitch_x_mm + paper.width_mm
    bottom = paper.top_mm + (paper.rows - 1) * paper.pitch_y_mm + paper.height_mm

    assert right == pytest.approx(paper.page_mm[0] - paper.left_mm, abs=0.05)
    assert bottom == pytest.approx(paper.page_mm[1] - paper.top_mm, abs=0.05)
    assert paper.pitch_x_mm >= paper.width_mm
    assert paper.pitch_y_mm >= paper.height_mm
    assert paper.code_mm < paper.height_mm - 2
    if not paper.has_words_beside:
        assert (paper.height_mm - paper.code_mm) * 72 / 25.4 >= LEAST_BELOW
    if paper.kind is not PaperKind.ROLL:
        assert min(paper.left_mm, paper.top_mm) >= 4.2  # What office printers cannot reach.


def test_the_size_of_a_signed_code_is_known_without_drawing_it() -> None:
    for length in (15, 30, 36, 37, 54, 60, 61, 100, 150):
        segments = [("A" * length, MODE_ALPHA_NUM), ("?s=", MODE_8BIT_BYTE), ("1" * 155, 1)]
        drawn = code_of(segments)
        assert modules_of_address("A" * length, signed=True) == drawn.modules_count + 8, length


@pytest.mark.parametrize(
    ("paper", "dpi", "fitting"),
    [
        ("a4-65", 300, "25 × 25, 30 × 30, 46 × 21"),
        ("a4-15", 300, "25 × 25, 30 × 30, 46 × 21"),
        ("a4-20", 300, "25 × 25, 30 × 30, 46 × 21"),
        ("roll-20", 300, "25 × 25, 30 × 30, 50 × 30"),
        ("roll-25", 203, "30 × 30, 50 × 30"),
        ("roll-20", 600, "25 × 25, 30 × 30, 50 × 30"),
    ],
)
def test_a_label_too_small_for_a_signature_is_refused_naming_those_that_bear_it(
    paper: str, dpi: int, fitting: str
) -> None:
    with pytest.raises(TooSmallForSignature) as refused:
        check_labels(paper, Output(dpi=dpi, signed=True), base_url=SITE, gtin14=GTIN)

    assert refused.value.values["fitting"] == fitting


@pytest.mark.parametrize(
    ("paper", "dpi"),
    [("a4-48", 300), ("a4-25", 300), ("a4-30", 300), ("roll-25", 300), ("roll-30", 203)],
)
def test_larger_labels_bear_signatures(paper: str, dpi: int) -> None:
    check_labels(paper, Output(dpi=dpi, signed=True), base_url=SITE, gtin14=GTIN)
