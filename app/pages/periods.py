"""The words of a period of core/periods.py."""

from datetime import timedelta

from core.language import gettext
from core.periods import Period

_HOURS_TOLD = 24  # Longer spans are told in days.


def span(period: Period) -> str:
    """How long, in whole hours, days or months."""
    hours = period.kept // timedelta(hours=1)
    if hours == 0:
        return gettext("xóa ngay")
    if hours <= _HOURS_TOLD:
        return gettext("%(hours)s giờ", hours=hours)
    if period.kept.days % 365 == 0:
        return gettext("%(months)s tháng", months=period.kept.days // 365 * 12)
    return gettext("%(days)s ngày", days=period.kept.days)
