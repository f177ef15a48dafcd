"""Why an officer's word about who directs an enterprise is not taken."""

from core.errors import AppError, sentence


class ChangeWaits(AppError):
    """Something of this kind waits already: it takes effect or is stopped first."""

    status = 409
    sentence = sentence(
        "Đã có một lời xin đang chờ. Xin đợi đến khi có hiệu lực, hoặc người bán dừng lại."
    )


class NotItsDirector(AppError):
    """The person does not direct the enterprise (any more)."""

    status = 409
    sentence = sentence("Người này không (còn) đứng đầu nơi bán này. Xin xem lại.")


class NoNumberToLose(AppError):
    """Somebody without a number of their own has none to lose."""

    sentence = sentence("Người này chưa có số riêng, nên không mất số được.")


class OnlyHouseholds(AppError):
    """Cooperatives and companies choose whom they are handed over to themselves."""

    sentence = sentence(
        "Chỉ hộ gia đình mới giao qua cán bộ được. Hợp tác xã, công ty tự bàn giao."
    )


class HeirIsOfficer(AppError):
    """An officer would hand an enterprise over to themselves, or move a number to their own."""

    sentence = sentence("Đây là số của chính bạn. Xin nhờ cán bộ khác làm.")


class HeirIsDirector(AppError):
    """The number is that of who directs already."""

    sentence = sentence("Số này là của người đang đứng đầu. Xin ghi số của người nhận.")
