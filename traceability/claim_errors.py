"""What is refused when somebody taps “tôi đã mua món này”."""

from core.errors import AppError, sentence


class NotTheBuyer(AppError):
    """The maker's own people, dealers and officers would say it in the buyer's stead."""

    status = 409
    field = "here"
    sentence = sentence(
        "Bạn là người của đơn vị làm ra, đại lý của họ, hoặc cán bộ. Câu này để dành cho người mua,"
        " nên lần này không ghi."
    )


class NotLookedYet(AppError):
    """Nobody has looked at the stamp from this network: the page itself is where one taps."""

    status = 409
    field = "here"
    sentence = sentence(
        "Từ mạng bạn đang dùng, chúng tôi chưa ghi lượt nào mở trang của con tem này."
        " Xin mở lại trang của tem rồi bấm ở đó."
    )


class ClaimedOften(AppError):
    """So many have tapped at this stamp that one more would say nothing."""

    status = 409
    field = "here"
    sentence = sentence(
        "Nhiều người đã bấm như vậy ở con tem này, nên không ghi thêm được. Nếu có gì không ổn, xin"
        " báo cho chúng tôi ở cuối trang của tem."
    )


class PlaceUnclear(AppError):
    """What was typed names no commune, or several: one is to be chosen."""

    status = 422
    field = "here"
    sentence = sentence(
        "Chưa rõ xã, phường nào. Xin chọn trong danh sách, gõ lại tên hiện nay, hoặc để trống."
    )
