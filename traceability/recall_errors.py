"""What traceability refuses about recalls of lots."""

from typing import ClassVar

from core.errors import AppError, sentence


class LotRecalled(AppError):
    """A lot that is being recalled bears no more stamps, and none of them is stuck on."""

    status = 409
    sentence = sentence(
        "Lô này đang bị thu hồi, nên chưa phát, chưa gắn và chưa kích hoạt tem được. Khi hết thu"
        " hồi thì làm tiếp."
    )


class OfficeRecalled(AppError):
    """An office's recall is not for the maker to lift."""

    status = 403
    sentence = sentence(
        "Việc thu hồi này là của cơ quan, nên chỉ cán bộ bỏ được. Xin gọi cán bộ nơi bạn."
    )


class HigherRecalled(AppError):
    """The recall of an office above is not for one below to lift."""

    status = 403
    sentence = sentence(
        "Việc thu hồi này là của %(authority)s, nên chỉ nơi đó hoặc cấp trên bỏ được. Xin gọi nơi"
        " đó."
    )


class RecallOver(AppError):
    """Somebody else has lifted the recall meanwhile."""

    status = 409
    sentence = sentence("Việc thu hồi này vừa được người khác bỏ. Chưa ghi thêm gì.")


class UntilPast(AppError):
    """The last day of exchange or refund lies before today."""

    field: ClassVar[str] = "until_on"
    sentence = sentence("Ngày này đã qua. Xin ghi ngày còn đổi hoặc hoàn tiền được.")
