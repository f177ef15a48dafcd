"""What is refused when somebody types the number under a scratch layer."""

from core.errors import AppError, sentence


class ScratchCodeWrong(AppError):
    """The number is not this stamp's; or it has none, or was never issued. Values: left."""

    field = "code"
    sentence = sentence(
        "Mã này không khớp với con tem. Xin xem lại từng số dưới lớp cào, và so số tem với tem trên"
        " tay. Còn thử được %(left)s lần."
    )


class ScratchCodeWrongOnce(ScratchCodeWrong):
    """The same where the next try may be the last for a while."""

    sentence = sentence(
        "Mã này không khớp với con tem. Xin xem lại từng số dưới lớp cào, và so số tem với tem trên"
        " tay. Gõ sai lần nữa thì tem này ngừng nhận mã một lúc."
    )


class ScratchCodeLocked(AppError):
    """Too many wrong numbers for this stamp. Values: until, minutes."""

    status = 429
    field = "code"
    sentence = sentence(
        "Tem này đã bị gõ sai mã nhiều lần nên tạm ngừng nhận mã đến %(until)s. Mã của bạn không"
        " mất: sau lúc đó gõ lại là được. Nếu không phải bạn gõ sai, xin báo cho chúng tôi."
    )


class NotABuyer(AppError):
    """The maker's own people, dealers and officers would take the confirmation from who buys."""

    status = 409
    field = "code"
    sentence = sentence(
        "Bạn đang đăng nhập là người của đơn vị làm ra, đại lý của họ, hoặc cán bộ. Mã cào để dành"
        " cho người mua xác nhận, nên lần này không ghi."
    )
