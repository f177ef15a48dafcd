"""What the catalog refuses."""

from core.errors import AppError, sentence


class UnreadableSheet(AppError):
    """A file of products is in no layout we read."""

    status = 422
    sentence = sentence(
        "Không đọc được tệp này. Xin dùng tệp CSV (UTF-8) với dòng đầu như trong tài liệu."
    )
