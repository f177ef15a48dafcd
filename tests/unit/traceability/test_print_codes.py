from datetime import UTC, datetime, timedelta

import pytest

from traceability.print_errors import MalformedPrintCode
from traceability.rules import (
    CodeFacts,
    CodeState,
    Standing,
    grouped_code,
    may_fetch_again,
    parse_print_code,
    standing,
)

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    "written",
    [
        "7K3MQ9",
        "7k3-mq9",
        " 7K3 MQ9 ",
        "7K3\u2011MQ9",
        "https://goc.example/print/7K3MQ9",
        "https://goc.example/print/7k3mq9/",
        "https://goc.example/print/7K3MQ9?lang=en",
    ],
)
def test_a_code_is_read_however_it_is_written(written: str) -> None:
    assert parse_print_code(written) == "7K3MQ9"


def test_letters_that_look_alike_are_alike() -> None:
    assert parse_print_code("oOiIlL") == "001111"


@pytest.mark.parametrize("written", ["", "7K3MQ", "7K3MQ9T", "7K3MQU", "7K3MQ!", "…", "7K3/MQ9"])
def test_what_is_no_code_is_refused(written: str) -> None:
    with pytest.raises(MalformedPrintCode):
        parse_print_code(written)


def test_a_code_is_read_aloud_in_two_halves() -> None:
    assert grouped_code("7K3MQ9") == "7K3-MQ9"


def facts(
    state: CodeState, *, fetched: timedelta | None = None, ended: timedelta | None = None
) -> CodeFacts:
    """A code that runs out in an hour; the others so long ago."""
    return CodeFacts(
        state,
        NOW + HOUR,
        None if fetched is None else NOW - fetched,
        None if ended is None else NOW - ended,
    )


@pytest.mark.parametrize(
    ("code", "is_mine", "expected"),
    [
        (facts(CodeState.OPEN), False, Standing.OPEN),
        (facts(CodeState.ENDED, ended=HOUR), False, Standing.TAKEN_BACK),
        (facts(CodeState.ENDED, ended=-HOUR), False, Standing.EXPIRED),
        (facts(CodeState.FETCHED, fetched=HOUR), False, Standing.USED),
        (facts(CodeState.FETCHED, fetched=HOUR), True, Standing.MINE),
        (facts(CodeState.FETCHED, fetched=48 * HOUR - MOMENT), True, Standing.MINE),
        (facts(CodeState.FETCHED, fetched=48 * HOUR), True, Standing.EXPIRED),
        (facts(CodeState.ANSWERED, fetched=60 * HOUR), True, Standing.THANKED),
        (facts(CodeState.ANSWERED, fetched=HOUR), False, Standing.USED),
    ],
)
def test_what_a_code_is_to_a_browser(code: CodeFacts, is_mine: bool, expected: Standing) -> None:  # noqa: FBT001  # A parameter of the table.
    assert standing(code, is_mine=is_mine, now=NOW) is expected


def test_an_open_code_is_dead_at_the_moment_it_runs_out() -> None:
    code = facts(CodeState.OPEN)

    assert standing(code, is_mine=False, now=NOW + HOUR - MOMENT) is Standing.OPEN
    assert standing(code, is_mine=False, now=NOW + HOUR) is Standing.EXPIRED


def test_a_download_is_repeated_for_a_quarter_of_an_hour() -> None:
    assert not may_fetch_again(None, now=NOW)
    assert may_fetch_again(NOW - timedelta(minutes=15) + MOMENT, now=NOW)
    assert not may_fetch_again(NOW - timedelta(minutes=15), now=NOW)
