import re
from io import BytesIO

import zxingcpp
from PIL import Image

from core import qr

URI = "HTTPS://GOC.EXAMPLE/S/7K3MQ9T2XB40G"


def read(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def test_a_picture_of_a_code_is_read_back_and_has_its_quiet_zone() -> None:
    picture = Image.open(BytesIO(qr.png(URI, module_pixels=4)))

    assert picture.format == "PNG"
    assert picture.size == (4 * (25 + 8), 4 * (25 + 8))
    assert picture.crop((0, 0, picture.width, 16)).getextrema() == (255, 255)
    assert read(picture) == [URI]


def test_a_drawing_of_a_code_holds_the_same_modules() -> None:
    drawing = qr.svg(URI, "Mã vuông của tem 7K3M Q9T2 XB40G")
    path = re.search(r'fill="#000" d="([^"]+)"', drawing)
    assert path is not None
    dark = {
        (int(x) + step - 4, int(y) - 4)
        for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path[1])
        for step in range(int(width))
    }

    modules = qr.code(URI).modules
    assert dark == {(x, y) for y, row in enumerate(modules) for x, on in enumerate(row) if on}
    assert 'viewBox="0 0 33 33"' in drawing
    assert 'aria-label="Mã vuông của tem 7K3M Q9T2 XB40G"' in drawing
    assert "style" not in drawing


def test_capitals_are_written_in_the_small_mode_and_the_rest_as_bytes() -> None:
    assert qr.code(URI).version == 2
    assert qr.code(URI.lower()).version == 3
    assert read(Image.open(BytesIO(qr.png("https://goc.example/s/Ấ")))) == [
        "https://goc.example/s/Ấ"
    ]
