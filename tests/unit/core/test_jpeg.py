from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from core.jpeg import coefficient_bytes

FOUR_COLOURS = bytes([8, 0, 16, 0, 16, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0])


def jpeg(mode: str, **saved: Any) -> bytes:
    content = BytesIO()
    Image.new(mode, (100, 200)).save(content, "JPEG", **saved)
    return content.getvalue()


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


@pytest.mark.parametrize(
    ("content", "held"),
    [
        (jpeg("RGB"), 0),
        (jpeg("CMYK"), 0),
        (jpeg("L", progressive=True), 2 * 20_000),
        (jpeg("RGB", progressive=True, subsampling=0), 6 * 20_000),
        (jpeg("RGB", progressive=True, subsampling=2), 3 * 20_000),
        (jpeg("CMYK", progressive=True), 8 * 20_000),
    ],
)
def test_only_what_comes_in_several_passes_is_held(content: bytes, held: int) -> None:
    assert coefficient_bytes(content) == held


def test_a_first_scan_that_lacks_a_colour_holds_the_picture_too() -> None:
    one_by_one = (
        b"\xff\xd8" + segment(0xC0, FOUR_COLOURS) + segment(0xDA, bytes([1, 1, 0, 0, 63, 0]))
    )

    assert coefficient_bytes(one_by_one) == 8 * 256


def test_fill_bytes_between_segments_hide_nothing() -> None:
    filled = b"\xff\xd8\xff\xff" + segment(0xC2, FOUR_COLOURS) + b"\xff" + segment(0xDA, bytes([4]))

    assert coefficient_bytes(filled) == 8 * 256


@pytest.mark.parametrize("content", [b"", b"\xff\xd8", b"\xff\xd8rubbish", b"\xff\xd8" + bytes(99)])
def test_what_cannot_be_followed_counts_as_the_worst(content: bytes) -> None:
    assert coefficient_bytes(content) == 2**63
