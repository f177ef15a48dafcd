"""What is refused of photos."""

from core.errors import AppError, sentence


class PhotoTooHeavy(AppError):
    """More bytes than a phone's photo has."""

    status = 413
    sentence = sentence("Ảnh này nặng quá %(most)s MB. Xin chọn ảnh nhẹ hơn, hoặc cắt bớt.")


class NoPhoto(AppError):
    """The form came without a file."""

    sentence = sentence("Chưa có ảnh nào. Xin chọn ảnh rồi gửi.")


class PieceMissing(AppError):
    """The photo is not where the sender thinks; `received` says where it goes on."""

    status = 409
    sentence = sentence("Ảnh chưa tới đủ. Xin gửi tiếp phần còn lại.")


class TooManyArriving(AppError):
    """More begun photos than anybody sends at once."""

    status = 429
    sentence = sentence("Đang có nhiều ảnh gửi dở. Xin đợi gửi xong rồi gửi thêm.")
