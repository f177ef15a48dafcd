from io import BytesIO

import pytest

from catalog.service import Refusal, Sheet, read_sheet

HEADING = "product_name,producer,province,stars,group,recognised_year,decision,status,source\n"


def read(*, stars: str = "4", year: str = "", decision: str = "") -> Sheet:
    line = f"Chè đinh,HTX A,Thái Nguyên,{stars},thuc_pham,{year},{decision},recognised,báo\n"
    return read_sheet(BytesIO(f"{HEADING}{line}".encode()), owner=None)


@pytest.mark.parametrize("stars", [1, 2, 3, 4, 5])
def test_a_rank_has_one_to_five_stars(stars: int) -> None:
    (row,) = read(stars=str(stars)).rows

    assert row.recognition is not None
    assert row.recognition.stars == stars


@pytest.mark.parametrize(
    "stars", ["0", "6", "10", "-1", "−3 sao", "- 4", "hạng -5", "4.5", "4" * 4_900, '"3,5 sao"']
)
def test_no_rank_has_no_star_or_six(stars: str) -> None:
    found = read(stars=stars)

    assert found.refusals == [Refusal(2, "stars", "unknown_stars")]
    assert found.rows == []


@pytest.mark.parametrize(
    ("year", "decision", "known"),
    [
        ("2024", "12/QĐ-UBND (2023)", 2024),
        ("", "12/QĐ-UBND (2023)", 2023),
        ("năm ngoái", "12/QĐ-UBND (2023)", 2023),
        ("2" * 4_900, "12/QĐ-UBND (2023)", 2023),
        ("²⁰²⁴", "12/QĐ-UBND (2023)", 2023),
        ("năm ngoái", "", None),
    ],
)
def test_a_year_is_that_of_its_column_else_of_the_decision(
    year: str, decision: str, known: int | None
) -> None:
    (row,) = read(year=year, decision=decision).rows

    assert row.recognition is not None
    assert row.recognition.decided_year == known
