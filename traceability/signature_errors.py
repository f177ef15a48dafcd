"""What is refused about signed stamps."""

from core.errors import AppError, sentence


class TooSmallForSignature(AppError):
    """A code with its signature would be too fine on this paper with this printer's dots."""

    sentence = sentence(
        "Tem có chữ ký cần mã vuông lớn hơn: cỡ %(size)s mm không đủ chỗ với máy in %(dpi)s chấm"
        " một inch. Xin chọn một cỡ in được: %(fitting)s mm; hoặc in tem không có chữ ký."
    )


class NoStampingKey(AppError):
    """Signed stamps were asked for where no key signs them."""

    sentence = sentence("Lúc này chưa in được tem có chữ ký. Xin in tem không có chữ ký.")


class NotASigningKey(AppError):
    """No stamping key of this name can be ended, or revoked."""

    sentence = sentence("Không có khóa ký tem nào tên %(key)s đang dùng được như vậy.")


class NotSignedInPractice(AppError):
    """Signed stamps were asked for in a practice: they would say that somebody issued them."""

    sentence = sentence("Khi tập làm thì tem không có chữ ký.")
