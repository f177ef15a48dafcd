"""What is refused around printing labels again."""

from core.errors import AppError, sentence


class ReprintNeedsReason(AppError):
    """Some of the labels were handed out before. Values: first, last."""

    sentence = sentence(
        "Tem số %(first)s–%(last)s đã được tải về để in rồi. In lại được, chỉ cần chọn vì sao."
    )


class AlreadyPrinted(AppError):
    """Another file with some of these labels was handed out meanwhile. Values: first, last."""

    status = 409
    sentence = sentence(
        "Tem số %(first)s–%(last)s đã được tải để in ở một tệp khác. In lại thì người làm ra chọn"
        " vì sao, ở trang của đợt tem."
    )


class SheetsWithPrinter(AppError):
    """The file is waiting for a clerk with a print code, or a clerk has it."""

    status = 409
    sentence = sentence(
        "Tờ tem này đã nhờ nơi khác in. Muốn tự in, xin thu hồi mã in khi chưa ai tải; nếu đã tải"
        " thì chọn in lại và vì sao."
    )
