import pytest

from tests.run import POSTGRESQL, SQLITE, Pass, plan, verdict


def test_without_arguments_all_run_on_sqlite_and_three_folders_on_postgresql() -> None:
    planned = plan([])

    workers = ("-n", "2", "--dist", "worksteal")
    assert planned.passes == (
        Pass(SQLITE, ("tests", *workers)),
        Pass(POSTGRESQL, ("tests/service", "tests/web", "tests/race", *workers)),
    )
    assert planned.folders == {"unit", "interop", "service", "web", "race", "engines", "browser"}
    assert planned.whole


def test_a_named_folder_starts_only_what_it_needs() -> None:
    planned = plan(["tests/unit", "-k", "x"])

    assert planned.passes == (Pass(SQLITE, ("tests/unit", "-k", "x")),)
    assert planned.folders == {"unit"}
    assert not planned.whole


def test_a_named_folder_of_the_database_runs_on_both() -> None:
    planned = plan(["tests/race", "tests/browser", "-x"])

    assert planned.passes == (
        Pass(SQLITE, ("tests/race", "tests/browser", "-x")),
        Pass(POSTGRESQL, ("tests/race", "-x")),
    )
    assert planned.folders == {"race", "browser"}


@pytest.mark.parametrize(
    ("codes", "whole", "expected"),
    [
        ({SQLITE: 0, POSTGRESQL: 0}, True, 0),
        ({SQLITE: 0, POSTGRESQL: 1}, True, 1),
        ({SQLITE: 2, POSTGRESQL: 1}, False, 2),
        ({SQLITE: 0, POSTGRESQL: 5}, False, 0),
        ({SQLITE: 0, POSTGRESQL: 5}, True, 5),
        ({SQLITE: 5, POSTGRESQL: 5}, False, 5),
        ({SQLITE: 5, POSTGRESQL: 1}, False, 1),
    ],
)
def test_the_exit_code_is_the_worst_of_the_passes(
    codes: dict[str, int], *, whole: bool, expected: int
) -> None:
    assert verdict(codes, missing=False, whole=whole) == expected


@pytest.mark.parametrize(("ci", "expected"), [("true", 1), ("", 0)])
def test_a_missing_service_fails_only_in_ci(
    monkeypatch: pytest.MonkeyPatch, ci: str, expected: int
) -> None:
    monkeypatch.setenv("CI", ci)

    assert verdict({SQLITE: 0}, missing=True, whole=True) == expected
