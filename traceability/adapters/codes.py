"""Square codes in a picture, read on the server by zxing-cpp."""

from core.pictures import open_grey


def read_code(content: bytes) -> str | None:
    """The text of the first QR code in a picture; None where there is none.

    Raises:
        NotAPicture, PictureTooLarge, BrokenPicture: see core.pictures.
    """
    picture = open_grey(content)
    import zxingcpp  # noqa: PLC0415  # Heavy; only who sends a picture pays for it.

    found = zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    return next((code.text for code in found if code.text), None)
