"""What is refused around dealers and the stamps handed to them."""

from core.errors import AppError, sentence


class NotADealersPhone(AppError):
    """No message reaches it, so the dealer could not confirm."""

    sentence = sentence("Xin ghi số di động nhận được tin nhắn, ví dụ 0912 345 678.")


class DealerListed(AppError):
    """Another dealer of the list has this number."""

    status = 409
    sentence = sentence("Số này đã có trong danh sách đại lý của bạn.")


class DealerGone(AppError):
    """The dealer was taken off the list."""

    status = 409
    sentence = sentence("Đại lý này không còn trong danh sách. Xin chọn đại lý khác.")


class StampsWithDealer(AppError):
    """Some of the stamps are with a dealer already. Values: first, last, dealer."""

    status = 409
    sentence = sentence(
        "Tem số %(first)s–%(last)s đang giao cho %(dealer)s. Hãy nhận lại trước, rồi mới giao cho"
        " người khác."
    )


class DeliveryClosed(AppError):
    """The hand-over was answered, taken back, or never was."""

    status = 409
    sentence = sentence("Lần giao tem này đã được trả lời hoặc đã rút lại. Xin hỏi người làm ra.")


class RemindedJustNow(AppError):
    """The dealer was told within the hour."""

    status = 409
    sentence = sentence("Vừa nhắn cho đại lý rồi. Xin đợi một giờ rồi nhắn lại.")


class RemindedEnough(AppError):
    """The dealer got as many messages today as one should get. Values: count."""

    status = 409
    sentence = sentence(
        "Hôm nay đại lý này đã nhận %(count)s tin. Xin gọi cho họ, hoặc nhắn lại vào ngày mai."
    )


class NotYourStamps(AppError):
    """The stamp is not one of those handed to this shop."""

    status = 404
    sentence = sentence("Tem này không nằm trong số tem đã giao cho cửa hàng bạn.")


class StampNotForSale(AppError):
    """It was cancelled, or is not reported as stuck on."""

    status = 409
    sentence = sentence(
        "Tem này đã hủy hoặc chưa được báo là đã dán, nên chưa ghi bán được. Xin gọi người làm ra."
    )


class SoldBefore(AppError):
    """Another dealer recorded the sale."""

    status = 409
    sentence = sentence("Món mang tem này đã được cửa hàng khác ghi bán. Xin gọi người làm ra.")


class SaleTooOld(AppError):
    """A sale stands after a day."""

    status = 409
    sentence = sentence("Đã ghi bán hơn một ngày, nên không rút lại được nữa.")
