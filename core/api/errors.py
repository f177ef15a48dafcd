"""What the API refuses before a feature is asked."""

from collections.abc import Mapping

from core.errors import AppError, Changed, sentence
from core.limits import TooManyTries


class JsonNeeded(AppError):
    """The body is of another kind than JSON."""

    status = 415
    sentence = sentence("Xin gửi nội dung dạng JSON, với Content-Type: application/json.")


class JsonUnreadable(AppError):
    """The body is no JSON object."""

    status = 400
    sentence = sentence("Không đọc được nội dung: cần một đối tượng JSON viết đúng cách.")


class JsonTooLarge(AppError):
    """More than any form of ours says."""

    status = 413
    sentence = sentence("Nội dung gửi lên quá dài: nhiều nhất 256 kB.")


class FieldsRefused(AppError):
    """Some fields cannot be as sent; `fields` has a sentence for each, in the reader's language."""

    sentence = sentence("Vài chỗ chưa đúng: xem từng chỗ ở “errors”.")

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(f"fields: {', '.join(fields)}")
        self.fields = fields


class CursorMalformed(AppError):
    """A cursor no list of ours has given."""

    status = 400
    sentence = sentence("Con trỏ “cursor” không đúng: hãy dùng lại đúng chữ ở “next”.")


class QuestionMalformed(AppError):
    """A parameter or header says something nobody understands; `name` is which."""

    status = 400
    sentence = sentence("Không hiểu tham số “%(name)s”.")


class KeyMalformed(AppError):
    """An Idempotency-Key that could not be kept."""

    status = 400
    sentence = sentence("Idempotency-Key cần 1 đến 64 chữ cái không dấu, chữ số, “-” hoặc “_”.")


class KeyReused(Changed):
    """An Idempotency-Key that came before with another request."""

    sentence = sentence("Idempotency-Key này đã dùng cho một yêu cầu khác. Chưa có gì được ghi.")


class VersionNeeded(AppError):
    """A change that does not say which version it is meant for."""

    status = 428
    sentence = sentence(
        "Xin cho biết đang sửa bản nào: gửi “version” trong nội dung, hoặc If-Match với ETag."
    )


class VersionOld(Changed):
    """What If-Match names is not what stands there."""

    status = 412
    sentence = sentence("Nội dung vừa được đổi ở nơi khác. Hãy đọc lại rồi sửa trên bản mới.")


class TooManyCalls(TooManyTries):
    """One token asked more often than any program of an enterprise needs."""

    sentence = sentence("Khóa này gọi hơi nhiều. Xin đợi %(minutes)s phút rồi gọi tiếp.")
