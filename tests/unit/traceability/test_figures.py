from datetime import date

import pytest

from traceability import rules
from traceability.rules import Checks, Hidden, LotFacts, StampFacts, StampState


@pytest.mark.parametrize(
    ("checks", "figure"),
    [
        (Checks(), "checks_first"),
        (Checks(checks=1, occasions=1, own_checks=1), "checks_first"),
        (Checks(checks=1, occasions=1, in_own_occasion=True), "checks_first"),
        (Checks(checks=1, occasions=1), "checks_again"),
        (Checks(checks=3, occasions=3), "checks_again"),
        (Checks(checks=60, occasions=60), "checks_attentive"),
    ],
)
def test_a_check_stands_by_what_the_page_said_of_its_number(checks: Checks, figure: str) -> None:
    judgement = rules.judge(
        stamp=StampFacts(StampState.ACTIVE), lot=LotFacts(), checks=checks, today=date(2026, 11, 1)
    )

    assert rules.check_figure(checks, judgement) == figure


def test_few_checks_and_reports_are_hidden_and_stamps_never() -> None:
    counted = {
        "stamps_issued": 3,
        "stamps_active": 1,
        "checks_first": 4,
        "checks_again": 5,
        "checks_attentive": 1,
        "reports_new": 0,
        "cases_new": 1,
        "cases_fake": 0,
        "lots_recalled": 2,
        "sums": 9,
    }

    assert list(rules.told(counted).items()) == [
        ("stamps_issued", 3),
        ("stamps_active", 1),
        ("stamps_void", 0),
        ("checks_first", Hidden.SMALL),
        ("checks_again", 5),
        ("checks_attentive", Hidden.SMALL),
        ("reports_new", 0),
        ("reports_closed", 0),
        ("cases_new", Hidden.SMALL),
        ("cases_fake", 0),
        ("cases_genuine", Hidden.NOT_COUNTED),
        ("cases_unclear", Hidden.NOT_COUNTED),
        ("lots_recalled", 2),
    ]
