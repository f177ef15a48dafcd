"""The month's report: what stands in it, against what, and how much fits into a chat."""

from datetime import date

import pytest

from app.caring.month import asked_month
from app.caring.month_lines import LONGEST_TEXT, TARGETED, Counted, parts_of, shortened, told
from core.figures import Span, month_of

TODAY = date(2026, 11, 16)


def test_answers_of_both_kinds_stand_together() -> None:
    figures = {
        "maker_answers_before": 1,
        "listing_answers_before": 2,
        "maker_answers_after": 3,
        "listing_answers_after": 0,
        "makers": 7,
    }

    assert told(figures) == {"answers_before": 3, "answers_after": 3, "makers": 7}


def test_sales_are_told_only_as_a_total_of_five_sellers() -> None:
    assert told({"sales_vnd": 9_000_000, "sellers": 5}) == {"sales_vnd": 9_000_000}
    assert told({"sales_vnd": 9_000_000, "sellers": 4}) == {}
    assert told({"sales_vnd": 9_000_000}) == {}


def test_what_nobody_counts_leaves_no_line_and_no_empty_part() -> None:
    counted = Counted({"makers": 12, "stamps_active": 40}, {"makers": 10}, {"stamps_active": 240})

    parts = parts_of(counted, {"makers": 24, "stamps_active": 200})

    assert [(words, [line.kind.name for line in lines]) for words, lines in parts] == [
        ("Người làm ra", ["makers"]),
        ("Tem", ["stamps_active"]),
    ]
    (makers,), (active,) = (lines for _, lines in parts)
    assert (makers.change, makers.reached, makers.percent) == (2, 12, 50)
    assert (active.change, active.reached, active.percent) == (40, 240, 120)


def test_a_target_of_nothing_has_no_share() -> None:
    ((_, (line,)),) = parts_of(Counted({"makers": 3}, {}, {}), {"makers": 0})

    assert (line.target, line.percent) == (0, None)


def test_targets_are_for_what_can_be_reached() -> None:
    assert [kind.name for kind in TARGETED] == [
        "makers",
        "listings",
        "ranks_in_force",
        "stamps_active",
        "trainings",
    ]


def test_a_chat_takes_whole_lines_up_to_a_thousand_letters() -> None:
    lines = ["a" * 499, "b" * 500, "c"]

    assert shortened(lines) == f"{'a' * 499}\n{'b' * 500}"
    assert len(shortened(lines)) == LONGEST_TEXT


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2026-10", date(2026, 10, 1)),
        ("2026-01", date(2026, 1, 1)),
        ("2026-12", date(2026, 11, 1)),  # It has not begun.
        ("2025-12", date(2026, 11, 1)),  # Nothing is that old.
        ("2026-13", date(2026, 11, 1)),
        ("tháng này", date(2026, 11, 1)),
        ("", date(2026, 11, 1)),
    ],
)
def test_a_month_that_cannot_be_counted_is_the_present_one(text: str, first: date) -> None:
    assert asked_month(text, today=TODAY).first_on == first


def test_a_month_is_one_of_viet_nam_and_knows_the_one_before() -> None:
    january = month_of(date(2026, 1, 31))

    assert january == Span(date(2026, 1, 1), date(2026, 1, 31))
    assert january.before == Span(date(2025, 12, 1), date(2025, 12, 31))
    assert january.begins_at.isoformat() == "2025-12-31T17:00:00+00:00"
    assert january.ends_at.isoformat() == "2026-01-31T17:00:00+00:00"
    assert month_of(date(2028, 2, 29)) == Span(date(2028, 2, 1), date(2028, 2, 29))
