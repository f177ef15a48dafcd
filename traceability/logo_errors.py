"""What is refused about logos: pictures that would not print, labels without room for one."""

from typing import ClassVar

from core.errors import AppError, sentence


class NoRoomForLogo(AppError):
    """A logo was asked for on labels whose code and words leave none."""

    field: ClassVar[str] = "logo"
    sentence = sentence(
        "Tem cỡ này không còn chỗ cho logo cạnh mã vuông. Xin chọn tem lớn hơn, hoặc bỏ logo. Trang"
        " “Logo trên tem” cho xem cỡ nào có chỗ."
    )


class NoLogoKept(AppError):
    """A logo was asked for, and the maker has given none."""

    field: ClassVar[str] = "logo"
    sentence = sentence("Bạn chưa đưa logo lên. Đưa lên ở trang “Logo trên tem”, rồi chọn lại.")


class NoLogoSent(AppError):
    """The form came without a file."""

    sentence = sentence("Xin chọn tệp ảnh logo.")


class LogoTooHeavy(AppError):
    """The file is larger than a logo is. Values: most (MB)."""

    status = 413
    sentence = sentence("Tệp logo nặng quá %(most)s MB. Xin lưu nhỏ hơn rồi gửi lại.")


class LogoIsBlank(AppError):
    """Nothing is drawn on the picture."""

    sentence = sentence("Ảnh này trắng trơn, không thấy logo nào. Xin chọn ảnh khác.")


class LogoTooSmall(AppError):
    """Too few pixels. Values: least."""

    sentence = sentence(
        "Logo này nhỏ quá nên in ra sẽ nhòe. Xin chọn ảnh có cạnh ngắn từ %(least)s điểm ảnh."
    )


class LogoTooLong(AppError):
    """A line rather than a logo. Values: most."""

    sentence = sentence(
        "Logo này dài quá %(most)s lần bề kia, in lên tem sẽ chỉ là một vệt. Xin chọn ảnh gọn hơn."
    )
