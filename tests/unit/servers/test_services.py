import contextlib
from collections.abc import Iterator

import pytest

from tests import run
from tests.servers import addresses
from tests.servers.processes import UnavailableError


@contextlib.contextmanager
def there(address: str, ended: list[str]) -> Iterator[str]:
    yield address
    ended.append(address)


@contextlib.contextmanager
def missing() -> Iterator[str]:
    yield _refuse()


def _refuse() -> str:
    raise UnavailableError("no Java")


def test_a_service_is_handed_on_by_its_variable_and_ended_with_the_run() -> None:
    ended: list[str] = []
    with contextlib.ExitStack() as stack:
        services = run.Services(stack)
        services.start("Search", addresses.SEARCH, there("http://127.0.0.1:9", ended))

        assert services.environment[addresses.SEARCH] == "http://127.0.0.1:9"
        assert ended == []

    assert ended == ["http://127.0.0.1:9"]
    assert services.missing == []


def test_a_service_that_cannot_be_had_is_named_with_its_reason(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(addresses.SEARCH, raising=False)
    with contextlib.ExitStack() as stack:
        services = run.Services(stack)
        services.start("Search", addresses.SEARCH, missing())

    assert services.missing == ["not run: Search: no Java"]
    assert addresses.SEARCH not in services.environment
    assert capsys.readouterr().out == "not run: Search: no Java\n"


def test_unit_tests_start_nothing() -> None:
    with contextlib.ExitStack() as stack:
        services = run.start_services(stack, frozenset({"unit"}))

    assert services.missing == []


@pytest.mark.parametrize(
    ("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)]
)
def test_a_test_without_its_service_is_skipped_by_name_and_fails_in_ci(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.delenv(addresses.CHROMIUM, raising=False)

    with pytest.raises(outcome, match="no GOC_TEST_CHROMIUM"):
        addresses.address_of(addresses.CHROMIUM)
