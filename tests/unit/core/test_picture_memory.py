"""What pictures cost, each measured in a process of its own: peak memory never comes down."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from time import thread_time
from typing import Any

import pytest
from PIL import Image

from core import pictures, turns
from core.errors import Busy
from tests.pictures import png_bomb

MEASURE = """
import resource, sys, time
from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin
from core import pictures
content = open(sys.argv[1], "rb").read()
Image.new("RGB", (9, 9)).convert("L").thumbnail((5, 5))
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
before, said = peak(), "read"
try:
    getattr(pictures, sys.argv[2])(content)
except pictures.AppError as refused:
    said = type(refused).__name__
print(said, peak() - before)
"""
TURNED = Image.Exif()
TURNED[0x112] = 6  # Orientation: a quarter turn.


def cost_of(content: bytes, tmp_path: Path, way: str = "open_grey") -> tuple[str, int]:
    """What became of the picture, and its peak in MiB above an idle process."""
    path = tmp_path / "picture"
    path.write_bytes(content)
    said = subprocess.run(  # Our own script.
        [sys.executable, "-c", MEASURE, path, way], capture_output=True, text=True, check=True
    ).stdout.split()
    return said[0], int(said[1])


def picture(mode: str, side: int, **saved: Any) -> bytes:
    content = BytesIO()
    Image.new(mode, (side, side)).save(content, **saved)
    return content.getvalue()


@pytest.mark.parametrize(
    ("mode", "side", "saved", "becomes"),
    [
        ("RGB", 7_990, {"format": "JPEG"}, "read"),
        ("CMYK", 7_990, {"format": "JPEG"}, "PictureTooLarge"),
        ("RGB", 4_000, {"format": "JPEG", "progressive": True}, "read"),
        (
            "RGB",
            7_990,
            {"format": "JPEG", "progressive": True, "subsampling": 0},
            "PictureTooLarge",
        ),
        ("CMYK", 7_990, {"format": "JPEG", "progressive": True}, "PictureTooLarge"),
        ("RGBA", 4_780, {"format": "PNG", "exif": TURNED}, "read"),
        ("RGBA", 4_899, {"format": "PNG", "exif": TURNED}, "PictureTooLarge"),
        ("RGBA", 2_500, {"format": "WEBP", "lossless": True}, "read"),
        ("RGBA", 4_899, {"format": "WEBP", "lossless": True}, "PictureTooLarge"),
    ],
)
def test_no_picture_takes_more_than_150_mib(
    mode: str, side: int, saved: dict[str, Any], becomes: str, tmp_path: Path
) -> None:
    said, mib = cost_of(picture(mode, side, **saved), tmp_path)

    assert said == becomes
    assert mib < (10 if becomes == "PictureTooLarge" else 150)


@pytest.mark.parametrize(
    ("mode", "side", "saved", "becomes"),
    [
        ("RGB", 7_990, {"format": "JPEG"}, "read"),
        ("RGB", 4_000, {"format": "JPEG", "progressive": True}, "read"),
        ("CMYK", 7_990, {"format": "JPEG", "progressive": True}, "PictureTooLarge"),
        ("RGB", 4_780, {"format": "PNG", "exif": TURNED}, "read"),
        ("RGBA", 3_570, {"format": "PNG", "exif": TURNED}, "read"),
        ("RGBA", 3_580, {"format": "PNG", "exif": TURNED}, "PictureTooLarge"),
        ("P", 3_390, {"format": "PNG", "transparency": 0}, "read"),
        ("LA", 2_970, {"format": "PNG"}, "read"),
        ("LA", 2_980, {"format": "PNG"}, "PictureTooLarge"),
        ("RGBA", 2_500, {"format": "WEBP", "lossless": True}, "read"),
    ],
)
def test_no_photo_takes_more_than_150_mib(
    mode: str, side: int, saved: dict[str, Any], becomes: str, tmp_path: Path
) -> None:
    said, mib = cost_of(picture(mode, side, **saved), tmp_path, "open_colour")

    assert said == becomes
    assert mib < (10 if becomes == "PictureTooLarge" else 150)


def test_a_photo_is_judged_by_its_first_bytes_alone() -> None:
    began = thread_time()
    with pytest.raises(pictures.PictureTooLarge):
        pictures.check(png_bomb())

    assert thread_time() - began < 0.2


def test_a_picture_is_turned_upright_after_it_was_made_small() -> None:
    content = BytesIO()
    Image.new("RGBA", (4_000, 1_000)).save(content, "PNG", exif=TURNED)

    assert pictures.open_grey(content.getvalue()).size == (750, 3_000)


def test_who_waits_too_long_for_a_turn_is_told_that_we_are_busy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "LONGEST_WAIT_SECONDS", 0.01)

    with pictures._TURNS, pytest.raises(Busy):
        pictures.open_grey(picture("RGB", 10, format="PNG"))
