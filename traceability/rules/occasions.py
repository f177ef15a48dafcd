"""Occasions: all checks from one network prefix within two hours are one."""

from datetime import date, datetime, timedelta
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Final
from zoneinfo import ZoneInfo

OCCASION_HOURS: Final = 2  # verdicts.md's: a family, a shop counter, a market stall.
SAME_DEVICE_HOURS: Final = 24  # The same device counts once within a day.
EARLY_DAYS: Final = 14  # After activation: goods on their way, not yet presents handed on.
UNKNOWN_NETWORK: Final = "unknown"
_HERE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_BITS_OF_IPV4: Final = 24  # One carrier gateway or one household's neighbours.
_BITS_OF_IPV6: Final = 48  # One site; a single rented server owns 65,536 networks of /64.


def network_prefix(address: str) -> str:
    """Give the network of an address: IPv4 /24, IPv6 /48, as text; `unknown` for no address.

    An IPv4 address written as IPv6 (::ffff:…) is the IPv4 one.
    """
    try:
        parsed = ip_address(address.strip().partition("%")[0])
    except ValueError:
        return UNKNOWN_NETWORK
    mapped = None if isinstance(parsed, IPv4Address) else parsed.ipv4_mapped
    plain = mapped or parsed
    bits = _BITS_OF_IPV4 if isinstance(plain, IPv4Address) else _BITS_OF_IPV6
    return str(ip_network((plain, bits), strict=False))


def occasion_since(now: datetime) -> datetime:
    """An occasion of a network that began after this moment is still the same one at `now`."""
    return now - timedelta(hours=OCCASION_HOURS)


def same_device_since(now: datetime) -> datetime:
    """A device that was counted after this moment is not counted again at `now`."""
    return now - timedelta(hours=SAME_DEVICE_HOURS)


def is_early(at: datetime, activated_at: datetime) -> bool:
    """Say whether an occasion falls within the first 14 days after activation."""
    return activated_at <= at < activated_at + timedelta(days=EARLY_DAYS)


def early_days_after(
    early_days: int, last_at: datetime | None, at: datetime, activated_at: datetime
) -> int:
    """Give the number of early days once an occasion at `at` is added.

    Occasions come in order of time, so a day is new when it is not the last occasion's.
    """
    if not is_early(at, activated_at):
        return early_days
    if last_at is not None and _day(last_at) == _day(at):
        return early_days
    return early_days + 1


def _day(at: datetime) -> date:
    return at.astimezone(_HERE).date()
