"""Who activates at once: what the pure rule decides from role, device and day."""

from datetime import UTC, datetime

import pytest

from accounts.device_rules import Standing, counts_from
from accounts.rules import Role

MEMBERS = (Role.DIRECTOR, Role.WAREHOUSE)


@pytest.mark.parametrize("role", MEMBERS)
def test_a_member_acts_alone_on_a_known_device_and_not_on_another(role: Role) -> None:
    assert Standing(role, is_known=True, is_first_day=False).acts_alone
    assert not Standing(role, is_known=False, is_first_day=False).acts_alone


@pytest.mark.parametrize("role", [*MEMBERS, Role.HELPER])
def test_on_an_enterprises_first_day_any_device_is_free(role: Role) -> None:
    assert Standing(role, is_known=False, is_first_day=True).acts_alone


def test_a_helpers_device_never_becomes_the_enterprises() -> None:
    assert not Standing(Role.HELPER, is_known=True, is_first_day=False).acts_alone


def test_practice_needs_nobody_else() -> None:
    assert Standing(Role.LEARNER, is_known=False, is_first_day=False).acts_alone


def test_a_device_counts_a_day_after_it_was_first_seen() -> None:
    seen = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)

    assert counts_from(seen) == datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
