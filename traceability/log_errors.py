"""What traceability refuses about the trees of batches, for whoever keeps the platform."""

from core.errors import AppError, sentence


class StampsMissing(AppError):
    """A batch has fewer stamps stored than it says: no tree can be made of it. Values: batch."""

    status = 409
    sentence = sentence(
        "Đợt tem %(batch)s thiếu tem trong kho: có %(stored)s, đáng lẽ %(count)s. Đợt này chưa vào"
        " sổ công khai được; xin khôi phục kho dữ liệu từ bản sao."
    )
