"""What traceability refuses."""

from core.errors import AppError, sentence


class MalformedSerial(AppError):
    """The text is no serial: wrong length, a foreign letter, or a wrong check symbol."""

    status = 400
    sentence = sentence(
        "Số tem này thiếu hoặc nhầm chữ. Số tem có 13 chữ và số, viết 4–4–5."
        " Xin xem lại, hoặc chụp mã vuông."
    )
