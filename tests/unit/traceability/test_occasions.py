from datetime import UTC, datetime, timedelta

import pytest

from traceability.rules import (
    early_days_after,
    is_early,
    network_prefix,
    occasion_since,
    same_device_since,
)

ACTIVATED = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)  # 10:00 in Việt Nam.


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        (" 203.0.113.78 ", "203.0.113.0/24"),
        ("203.0.114.77", "203.0.114.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("2001:DB8:1:2::1", "2001:db8:1::/48"),
        ("2001:db8:2:3::1", "2001:db8:2::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", "unknown"),
        ("nobody", "unknown"),
    ],
)
def test_a_network_is_24_bits_of_ipv4_or_48_of_ipv6(address: str, network: str) -> None:
    assert network_prefix(address) == network


def test_an_occasion_lasts_two_hours_and_a_device_counts_once_a_day() -> None:
    now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

    assert occasion_since(now) == datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
    assert same_device_since(now) == datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def test_fourteen_days_from_activation_are_early() -> None:
    last = ACTIVATED + timedelta(days=14)

    assert is_early(ACTIVATED, ACTIVATED)
    assert is_early(last - timedelta(seconds=1), ACTIVATED)
    assert not is_early(last, ACTIVATED)
    assert not is_early(ACTIVATED - timedelta(seconds=1), ACTIVATED)


def test_an_early_day_is_a_day_in_viet_nam_counted_once() -> None:
    evening = datetime(2026, 11, 2, 16, 59, tzinfo=UTC)  # 23:59 on the 2nd.
    midnight = datetime(2026, 11, 2, 17, 0, tzinfo=UTC)  # 0:00 on the 3rd.

    assert early_days_after(0, None, evening, ACTIVATED) == 1
    assert early_days_after(1, evening - timedelta(hours=5), evening, ACTIVATED) == 1
    assert early_days_after(1, evening, midnight, ACTIVATED) == 2
    assert early_days_after(2, midnight, ACTIVATED + timedelta(days=14), ACTIVATED) == 2
