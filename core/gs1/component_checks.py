"""What a component of a value must be, by the names of GS1's Barcode Syntax Dictionary.

A component comes here with its length and character set already right.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from core.gs1 import dates, errors
from core.gs1.character_sets import CHARACTER_SET_82
from core.gs1.check_digits import has_valid_check_digit
from core.gs1.code_lists import CODE_LISTS
from core.gs1.coupons import is_coupon, is_positive_offer

_CHECK_CHARACTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
# The first 97 primes weigh the characters of the longest value there is.
_PRIMES: Final = [n for n in range(2, 510) if all(n % lower for lower in range(2, int(n**0.5) + 1))]
_COMPANY_PREFIX: Final = re.compile(r"[0-9]{4}")  # The shortest GS1 Company Prefix has four digits.
_IBAN: Final = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{7,30}")
_BROKEN_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_POSITION: Final = re.compile(r"([1-9][0-9]*)/([1-9][0-9]*)")
_SOUTH_POLE_TO_NORTH: Final = 180 * 10**7  # Degrees from -90, with seven decimals.
_ROUND_THE_GLOBE: Final = 360 * 10**7


class Check(NamedTuple):
    """Whether it holds of a component, and what is raised where it does not."""

    holds: Callable[[str], bool]
    refusal: type[errors.MalformedValue]


def _matches(pattern: str) -> Callable[[str], bool]:
    form = re.compile(pattern)
    return lambda text: form.fullmatch(text) is not None


def _listed(name: str, *more: str) -> Callable[[str], bool]:
    codes = CODE_LISTS[name].union(more)
    return lambda text: text in codes


def _has_valid_check_characters(text: str) -> bool:
    """General Specifications, 7.9.5: weights are primes that grow from right to left."""
    body, pair = text[:-2], text[-2:]
    weighted = zip(reversed(body), _PRIMES, strict=False)
    total = sum(CHARACTER_SET_82.index(letter) * prime for letter, prime in weighted) % 1021
    return pair == _CHECK_CHARACTERS[total >> 5] + _CHECK_CHARACTERS[total & 31]


def _is_iban(text: str) -> bool:
    """ISO 13616: country, then check digits such that all of it is 1 modulo 97."""
    if not _IBAN.fullmatch(text) or text[:2] not in CODE_LISTS["iso3166alpha2"]:
        return False
    return int("".join(str(int(letter, 36)) for letter in text[4:] + text[:4])) % 97 == 1


def _is_piece_of_total(text: str) -> bool:
    half = len(text) // 2
    return 0 < int(text[:half]) <= int(text[half:])


def _is_position(text: str) -> bool:
    parts = _POSITION.fullmatch(text)
    return parts is not None and int(parts[1]) <= int(parts[2])


CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "csum": Check(has_valid_check_digit, errors.WrongCheckDigit),
        "csumalpha": Check(_has_valid_check_characters, errors.WrongCheckCharacters),
        "gcppos1": Check(lambda text: bool(_COMPANY_PREFIX.match(text)), errors.NoCompanyPrefix),
        "gcppos2": Check(lambda text: bool(_COMPANY_PREFIX.match(text, 1)), errors.NoCompanyPrefix),
        "yymmdd": Check(dates.is_day, errors.NoSuchDate),
        "yymmd0": Check(dates.is_day_or_month, errors.NoSuchDate),
        "yyyymmdd": Check(dates.is_full_day, errors.NoSuchDate),
        "hh": Check(dates.is_hour, errors.NoSuchTime),
        "mi": Check(dates.is_minute_or_second, errors.NoSuchTime),
        "ss": Check(dates.is_minute_or_second, errors.NoSuchTime),
        "hhmi": Check(dates.is_hour_and_minute, errors.NoSuchTime),
        "iso3166": Check(_listed("iso3166"), errors.UnknownCode),
        "iso3166999": Check(_listed("iso3166", "999"), errors.UnknownCode),
        "iso3166alpha2": Check(_listed("iso3166alpha2"), errors.UnknownCode),
        "iso4217": Check(_listed("iso4217"), errors.UnknownCode),
        "iso5218": Check(_matches("[0129]"), errors.UnknownCode),
        "mediatype": Check(_listed("mediatype"), errors.UnknownCode),
        # The form of UN/ECE Recommendation 21 alone: no Digital Link carries AI 7041.
        "packagetype": Check(_matches("[0-9A-Z]{1,3}"), errors.UnknownCode),
        "importeridx": Check(_matches("[-0-9A-Z_a-z]"), errors.UnknownCode),
        "winding": Check(_matches("[019]"), errors.UnknownCode),
        "yesno": Check(_matches("[01]"), errors.UnknownCode),
        "hyphen": Check(_matches("-+"), errors.ForeignCharacter),
        "hasnondigit": Check(_matches(".*[^0-9].*"), errors.ForeignCharacter),
        "pcenc": Check(lambda text: not _BROKEN_ESCAPE.search(text), errors.ForeignCharacter),
        "zero": Check(_matches("0+"), errors.WrongNumber),
        "nonzero": Check(_matches(".*[^0].*"), errors.WrongNumber),
        "nozeroprefix": Check(_matches("[^0].*"), errors.WrongNumber),
        "pieceoftotal": Check(_is_piece_of_total, errors.WrongPosition),
        "posinseqslash": Check(_is_position, errors.WrongPosition),
        "latitude": Check(lambda text: int(text) <= _SOUTH_POLE_TO_NORTH, errors.NoSuchPlace),
        "longitude": Check(lambda text: int(text) <= _ROUND_THE_GLOBE, errors.NoSuchPlace),
        "iban": Check(_is_iban, errors.WrongAccount),
        "couponcode": Check(is_coupon, errors.WrongCoupon),
        "couponposoffer": Check(is_positive_offer, errors.WrongCoupon),
    }
)
