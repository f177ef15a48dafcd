"""What the application refuses, and the sentence a person reads."""

from typing import ClassVar


def sentence(text: str) -> str:
    """Mark `text` (Vietnamese, with %(name)s places) for translators; the edge translates it."""
    return text


class AppError(Exception):
    """A refusal: named for the fact, with the sentence shown and the values it speaks of.

    `message` is for the log; `values` fill the places of `sentence`. Neither holds personal data.
    """

    status: ClassVar[int] = 422
    sentence: ClassVar[str] = sentence("Không làm được việc này.")

    def __init__(self, message: str = "", **values: object) -> None:
        super().__init__(message or type(self).__name__)
        self.values = values


class NotFound(AppError):
    """There is no such thing, or it is somebody else's: both answer alike."""

    status = 404
    sentence = sentence("Không có trang này, hoặc trang không dành cho bạn.")


class NotAllowed(AppError):
    """The person may see the object but not do this to it."""

    status = 403
    sentence = sentence("Bạn chưa được giao việc này. Xin hỏi người đứng đầu đơn vị.")


class SignInNeeded(AppError):
    """Only somebody signed in may ask for this."""

    status = 401
    sentence = sentence("Xin đăng nhập trước.")


class Changed(AppError):
    """The row changed since the form was drawn, or the form belongs to another enterprise."""

    status = 409
    sentence = sentence("Trang này đã cũ: nội dung vừa được đổi ở nơi khác. Chưa có gì bị ghi đè.")


class Busy(AppError):
    """The database could not take the write in time."""

    status = 503
    sentence = sentence("Máy đang bận, chưa ghi được. Xin thử lại sau ít giây.")


class NoRoom(AppError):
    """The disk is full: nothing can be written, what is there can be read."""

    status = 507
    sentence = sentence(
        "Máy chủ hết chỗ ghi nên việc vừa rồi chưa được lưu. Các trang vẫn xem được; xin thử lại"
        " sau một lúc."
    )
