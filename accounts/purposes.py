"""What people are asked to agree to: one purpose a line, its words under a version. Pure.

Whoever changes words raises the version: what somebody agreed to stays what they read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.errors import sentence


class Purpose(StrEnum):
    """What something of a person is used for."""

    ACCOUNT = "account"
    SELL = "sell"
    SHOW_PHONE = "show_phone"


@dataclass(frozen=True)
class PurposeText:
    """The words of one version. `is_needed`: without it the thing itself cannot be done."""

    version: int
    since_on: date
    title: str
    words: str
    is_needed: bool = False


TEXTS: Mapping[Purpose, PurposeText] = {
    Purpose.ACCOUNT: PurposeText(
        1,
        date(2026, 11, 22),
        sentence("Mở và giữ tài khoản"),
        sentence(
            "Dùng tên và số điện thoại hoặc thư điện tử của bạn để bạn vào được và được báo tin."
        ),
        is_needed=True,
    ),
    Purpose.SELL: PurposeText(
        1,
        date(2026, 11, 22),
        sentence("Bán hàng"),
        sentence("Cho cán bộ nơi bạn bán xem tên, nơi làm và mã số của đơn vị để đối chiếu."),
        is_needed=True,
    ),
    Purpose.SHOW_PHONE: PurposeText(
        1,
        date(2026, 11, 22),
        sentence("Cho người mua thấy số điện thoại"),
        sentence("Hiện số điện thoại của đơn vị bạn đứng đầu ở trang hàng và trang tem."),
    ),
}
