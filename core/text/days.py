"""Days as people type them: day, month, year, in Vietnamese order; or ISO 8601."""

import re
from datetime import date

from core.text.fold import fold
from core.text.numbers import typed_line
from core.text.refusal import Unreadable

CENTURY = 2000  # Two-digit years are of this century.

_ISO = re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})")
_ORDINARY = re.compile(
    r"(?P<day>[0-9]{1,2}) ?(?P<mark>[-/. ]) ?(?P<month>[0-9]{1,2}) ?(?P=mark) ?"
    r"(?P<year>[0-9]{4}|[0-9]{2})"
)
_SPOKEN = re.compile(
    r"(?:ngay )?(?P<day>[0-9]{1,2}) thang (?P<month>[0-9]{1,2}),? (?:nam )?(?P<year>[0-9]{4})"
)
_ENGLISH = re.compile(r"(?P<day>[0-9]{1,2}) (?P<month>[a-z]{3,9})\.?,? (?P<year>[0-9]{4})")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_NO_YEAR = re.compile(r"[0-9]{1,2} ?[-/.] ?[0-9]{1,2}")


def day(text: str) -> date:
    """Give the day that `text` says: "5/11/26", "05-11-2026", "2026-11-05", "5 Nov 2026".

    Raises:
        Unreadable: `day_year_missing` for "5/11"; `day_impossible` for 31/2; `day_unreadable`.
    """
    line = _with_month_number(fold(typed_line(text)))
    parts = _ISO.fullmatch(line) or _ORDINARY.fullmatch(line) or _SPOKEN.fullmatch(line)
    if parts is None:
        missing = _NO_YEAR.fullmatch(line)
        raise Unreadable("day_year_missing" if missing else "day_unreadable", text=text)
    year = int(parts["year"]) + (CENTURY if len(parts["year"]) == 2 else 0)  # noqa: PLR2004 - two digits.
    try:
        return date(year, int(parts["month"]), int(parts["day"]))
    except ValueError:
        raise Unreadable("day_impossible", text=text) from None


def _with_month_number(line: str) -> str:
    """Give "5 nov 2026" as "5/11/2026"; another line as it is."""
    spoken = _ENGLISH.fullmatch(line)
    months = [month for month in _MONTHS if spoken and month.startswith(spoken["month"])]
    if not spoken or len(months) != 1:
        return line
    return f"{spoken['day']}/{_MONTHS.index(months[0]) + 1}/{spoken['year']}"
