"""What is refused about addresses of GS1."""

from core.errors import AppError, sentence


class MalformedDigitalLink(AppError):
    """The address breaks GS1's rules."""

    status = 400
    sentence = sentence("Địa chỉ này không đúng mẫu của GS1 nên không đọc được.")


class AddressTooLong(AppError):
    """The address is longer than any code or header carries."""

    status = 414
    sentence = sentence("Địa chỉ này dài quá nên không đọc. Mã trên tem ngắn hơn nhiều.")


class UnknownKey(AppError):
    """The address is well formed, and speaks of no goods: of a place, a pallet, a document."""

    status = 404
    sentence = sentence(
        "Mã này theo mẫu của GS1 nhưng không phải mã hàng. Gốc không biết gì về nó."
    )


class NoLinkOfType(AppError):
    """The goods have no link of the type that was asked for."""

    status = 404
    sentence = sentence("Gốc không có trang loại này cho mã hàng được hỏi.")
