"""What is refused around the browsers of an enterprise."""

from core.errors import AppError, sentence


class OthersConfirm(AppError):
    """A browser is let in by a code only where nobody else could confirm, or a code arrives."""

    status = 409
    sentence = sentence(
        "Máy này không tự nhận được. Xin nhờ một người khác của đơn vị đồng ý trên máy quen của"
        " họ, hoặc đợi qua một ngày: khi đó máy này tự thành máy quen, trừ khi nó đã bị gỡ."
    )
