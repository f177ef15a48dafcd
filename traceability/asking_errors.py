"""What is refused around activations that wait for a second member."""

from core.errors import AppError, sentence


class ActivationAskedBefore(AppError):
    """Some of these stamps stand in an asking that waits already."""

    status = 409
    sentence = sentence(
        "Trong số này có tem đang chờ người thứ hai đồng ý kích hoạt. Xin mở “Chờ người thứ hai”"
        " để đồng ý hoặc rút lại trước."
    )


class AskingOver(AppError):
    """It was answered, taken back, or has run out."""

    status = 409
    sentence = sentence("Lời xin kích hoạt này đã xong hoặc hết hạn. Chưa có gì thay đổi thêm.")


class AskedDifferently(AppError):
    """The stamps are of another lot than they were when it was asked."""

    status = 409
    sentence = sentence(
        "Từ lúc xin, tem trong số này đã chuyển sang lô khác. Xin từ chối lời xin này rồi báo dán"
        " lại cho đúng lô."
    )


class DeviceUnknown(AppError):
    """Only from a device the maker used before may somebody answer."""

    status = 403
    sentence = sentence(
        "Máy này chưa phải máy quen của đơn vị, nên chưa đồng ý hay từ chối được. Xin mở trang này"
        " trên máy bạn vẫn dùng, hoặc xem cách nhận máy ở trang “Máy quen”."
    )
