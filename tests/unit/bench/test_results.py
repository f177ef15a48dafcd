from pathlib import Path

import pytest

from bench.results import BEGIN, END, HEADER, Result, table, write_table

PAGE = Result("product page", "`/page`", (0.7, 0.5, 0.9), reach=0.6)
SEARCH = Result("search", "ids and counts", (3.5, 2.0, 4.0), reach=3, at_least=False)
SHEET = Result("PDF", "–", (41.0,), reach=60, at_least=False, unit=" s")


def test_a_line_says_median_spread_reach_and_whether_it_is_met() -> None:
    assert PAGE.line == "| product page | `/page` | 0.70 | 0.50–0.90 | ≥ 0.6 | met |"
    assert SHEET.line == "| PDF | – | 41.00 s | 41.00–41.00 | ≤ 60 s | met |"


def test_what_should_stay_below_is_not_met_above() -> None:
    assert SEARCH.line == "| search | ids and counts | 3.50 | 2.00–4.00 | ≤ 3 | **not met** |"


def test_the_table_replaces_only_what_stands_between_the_markers(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"# Before\n{BEGIN}\nold\n{END}\nAfter\n")

    write_table([PAGE], page)
    write_table([SEARCH], page)

    assert page.read_text() == f"# Before\n{BEGIN}\n{HEADER}{SEARCH.line}\n{END}\nAfter\n"


def test_a_page_without_markers_is_left_as_it_is(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text("# Only words\n")

    with pytest.raises(AssertionError, match="lost its markers"):
        write_table([PAGE], page)

    assert page.read_text() == "# Only words\n"


def test_the_table_is_the_header_and_a_line_for_each_result() -> None:
    assert table([PAGE, SEARCH]) == f"{HEADER}{PAGE.line}\n{SEARCH.line}\n"
