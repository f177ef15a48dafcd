"""Numbers, money, amounts and times in the reader's way ("vi" or "en"); days are Việt Nam's."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from core.clock import VIETNAM, day_of
from core.money import unit_price_vnd
from core.places import communes, province_name

NBSP = "\u00a0"
_NO_BREAK_HYPHEN = "\u2011"

_MINUTES_KNOWN_FOR = timedelta(days=7)  # Then the day is enough (the verdicts' rule).
_DAY = {"vi": "dd/MM/yyyy", "en": "d MMMM yyyy"}
_DAY_OF_MONTH = {"vi": "dd/MM/yyyy", "en": "d MMMM"}
_CLOCK = {"vi": "H:mm", "en": "HH:mm"}
_CLOCK_AND_DAY = {"vi": "{clock} ngày {day}", "en": "{clock}, {day}"}
_TODAY = {"vi": "{clock} hôm nay", "en": "today {clock}"}
_YESTERDAY = {"vi": "{clock} hôm qua", "en": "yesterday {clock}"}
_LARGE_UNIT = {
    "vi": {"g": "kg", "ml": "lít"},
    "en": {"g": "kg", "ml": "l"},
}
_SPANS = (("day", 24 * 60), ("hour", 60), ("minute", 1))  # In minutes.
_VIETNAMESE_SPAN = {"day": "ngày", "hour": "giờ", "minute": "phút"}
_PRICED_UNIT = {
    "vi": {"g": "kg", "ml": "lít", "piece": "cái"},
    "en": {"g": "kg", "ml": "litre", "piece": "piece"},
}


def number(value: int, locale: str) -> str:
    """Give a whole number with its thousands marked: "1.000" or "1,000"."""
    marked = f"{value:,}"
    return marked if locale == "en" else marked.replace(",", ".")


def vnd(amount_vnd: int, locale: str) -> str:
    """Give đồng: "150.000 ₫" or "150,000 ₫", kept on one line."""
    return f"{number(amount_vnd, locale)}{NBSP}₫"


def unit_price(price_vnd: int, content: int, base_unit: str, locale: str) -> str:
    """Give the price of a kilogram, litre or piece: "750.000 ₫/kg"."""
    price = vnd(unit_price_vnd(price_vnd, content, base_unit), locale)
    return f"{price}/{_PRICED_UNIT[locale][base_unit]}"


def measure(content: int, base_unit: str, locale: str) -> str:
    """Give an amount of g, ml or pieces: "200 g", "1,5 kg", "12 cái"."""
    if base_unit == "piece":
        one = "cái" if locale == "vi" else "piece" if content == 1 else "pieces"
        return f"{number(content, locale)}{NBSP}{one}"
    # Three decimals would read as thousands ("1,234 kg"), so such an amount stays in base units.
    if content < 1_000 or content % 10:  # noqa: PLR2004 - a kilogram, a litre.
        return f"{number(content, locale)}{NBSP}{base_unit}"
    large = format_decimal(Decimal(content) / 1_000, locale=locale)
    return f"{large}{NBSP}{_LARGE_UNIT[locale][base_unit]}"


def day(value: date, locale: str) -> str:
    """Give a day: "12/11/2026" or "12 November 2026"."""
    if locale == "vi":
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    return format_date(value, _DAY[locale], locale=locale)


def first_day(value: date, until: date, locale: str) -> str:
    """Give a day named before `until`: English leaves out what both share ("2", "2 November")."""
    if locale == "vi" or value.year != until.year:
        return day(value, locale)
    return str(value.day) if value.month == until.month else day_of_month(value, locale)


def day_of_month(value: date, locale: str) -> str:
    """Give a day whose year is plain from the rest of the sentence: "2 November"."""
    return format_date(value, _DAY_OF_MONTH[locale], locale=locale)


def clock(at: datetime, locale: str) -> str:
    """Give the time of day in Việt Nam: "9:14" or "09:14"."""
    return format_time(at.astimezone(VIETNAM), _CLOCK[locale], tzinfo=VIETNAM, locale=locale)


def clock_and_day(at: datetime, locale: str) -> str:
    """Give a moment: "9:14 ngày 20/11/2026" or "09:14, 20 November 2026"."""
    return _CLOCK_AND_DAY[locale].format(clock=clock(at, locale), day=day(day_of(at), locale))


def recent(at: datetime, now: datetime, locale: str) -> str:
    """Give a past moment as one would say it: "18:05 hôm qua"; after 7 days only its day."""
    days_ago = (day_of(now) - day_of(at)).days
    if days_ago in {0, 1}:
        pattern = _YESTERDAY if days_ago else _TODAY
        return pattern[locale].format(clock=clock(at, locale))
    return earlier(at, now, locale)


def earlier(at: datetime, now: datetime, locale: str) -> str:
    """Give when something happened: to the minute for 7 days, then the day."""
    if now - at <= _MINUTES_KNOWN_FOR:
        return clock_and_day(at, locale)
    return day(day_of(at), locale)


def ago(at: datetime, now: datetime, locale: str) -> str:
    """Give how long ago `at` was, in whole minutes (at least one), hours or days: "12 phút"."""
    minutes = max((now - at) // timedelta(minutes=1), 1)
    unit, length = next(one for one in _SPANS if minutes >= one[1])
    count = minutes // length
    if locale == "vi":
        return f"{count} {_VIETNAMESE_SPAN[unit]}"
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def serial(text: str) -> str:
    """Give a stamp's 13 characters as 4-4-5, kept on one line."""
    return NBSP.join((text[:4], text[4:8], text[8:]))


def lot_code(code: str) -> str:
    """Give a producer's lot code that no line break tears apart: "26‑11A"."""
    return code.replace("-", _NO_BREAK_HYPHEN).replace(" ", NBSP)


def times(count: int, locale: str) -> str:
    """Give how often: "3" before "lượt"; "once", "twice", "3 times"."""
    if locale == "vi":
        return str(count)
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def phone(number: str) -> str:
    """Give a Vietnamese number as people write it, on one line: "0912 345 678"."""
    local = number.replace("+84", "0", 1)
    return NBSP.join((local[:4], local[4:7], local[7:]))


def commune(code: str | None) -> str:
    """Give a commune with its province: "Phường Hải Châu, Đà Nẵng"; empty for an unknown code."""
    found = communes().get(code or "")
    return f"{found.name}, {province_name(found.province_code)}" if found else ""


def moment_day(at: datetime, locale: str) -> str:
    """Give the day in Việt Nam on which something happened."""
    return day(day_of(at), locale)
