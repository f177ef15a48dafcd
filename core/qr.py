"""Single QR codes, drawn by `qrcode`: error correction M, explicit segments, quiet zone of 4."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import MODE_8BIT_BYTE, MODE_ALPHA_NUM, MODE_NUMBER, QRData

QUIET_MODULES: Final = 4  # ISO/IEC 18004's margin on each side.
__all__ = [
    "ALPHANUMERIC",
    "MODE_8BIT_BYTE",
    "MODE_ALPHA_NUM",
    "MODE_NUMBER",
    "QUIET_MODULES",
    "code",
    "code_of",
    "png",
    "svg",
    "text_mode",
]

ALPHANUMERIC: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"  # Its values in order.


def code(text: str, *, version: int | None = None, mask: int | None = None) -> qrcode.QRCode:
    """Give the code of a text: capitals in alphanumeric mode, anything else as bytes.

    Without `version` the smallest that holds it, without `mask` the one of the least penalty.
    """
    return code_of([(text, text_mode(text))], version=version, mask=mask)


def code_of(
    segments: Sequence[tuple[str, int]], *, version: int | None = None, mask: int | None = None
) -> qrcode.QRCode:
    """Give the code of a text in segments, each in its mode (see `text_mode`, `MODE_NUMBER`)."""
    drawn = qrcode.QRCode(
        version=version,
        error_correction=ERROR_CORRECT_M,
        border=QUIET_MODULES,
        mask_pattern=mask,
    )
    for text, mode in segments:
        drawn.add_data(QRData(text.encode(), mode=mode), optimize=0)
    drawn.make(fit=version is None)
    return drawn


def text_mode(text: str) -> int:
    """Give the mode of a text that is one segment: alphanumeric where it can be, else bytes."""
    mode: int = MODE_ALPHA_NUM if set(text) <= set(ALPHANUMERIC) else MODE_8BIT_BYTE
    return mode


def svg(text: str, label: str) -> str:
    """Give a code as SVG, one unit a module, dark on white in light and dark pages alike.

    `label` says to those who cannot see it what the picture is; it must be free of markup's signs.
    """
    assert not set(label) & set('<>&"'), label
    modules = code(text).modules
    size = len(modules) + 2 * QUIET_MODULES
    runs = "".join(_path_of_row(row, y) for y, row in enumerate(modules, QUIET_MODULES))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img"'
        f' aria-label="{label}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{runs}"/></svg>'
    )


def png(text: str, *, module_pixels: int = 8) -> bytes:
    """Give a code as a PNG picture, `module_pixels` dots a module."""
    from PIL import Image  # noqa: PLC0415 -- heavy: an SVG needs none of it.

    modules = code(text).modules
    size = len(modules) + 2 * QUIET_MODULES
    picture = Image.new("1", (size, size), 1)
    for y, row in enumerate(modules, QUIET_MODULES):
        for x, dark in enumerate(row, QUIET_MODULES):
            if dark:
                picture.putpixel((x, y), 0)
    pixels = size * module_pixels
    written = BytesIO()
    picture.resize((pixels, pixels), Image.Resampling.NEAREST).save(written, "PNG", optimize=True)
    return written.getvalue()


def _path_of_row(row: list[bool], y: int) -> str:
    """One rectangle a run of dark modules."""
    path, start = [], None
    for x, dark in enumerate([*row, False]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            path.append(f"M{start + QUIET_MODULES} {y}h{x - start}v1h{start - x}z")
            start = None
    return "".join(path)
