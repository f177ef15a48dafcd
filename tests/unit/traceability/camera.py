"""A small model of a telephone's camera over a printed label, so that sizes can be judged.

What it assumes. All but the three frames was written down before any size was tried; by single
frames 15 mm at 300 dpi is read 98.4 to 98.8 times in a hundred (docs/performance.md):

- A frame of 1,920 pixels spans 15 cm of the table: 12.8 pixels a millimetre, 4.3 a module of
  0.34 mm. That is a hand's breadth away, the video picture of scanning programs, not a photo.
- The label lies turned any way; the camera is tilted: each corner moves by up to 6 % of the side.
- Ink is 30 and paper 235 of 255; light falls off by up to 40 % across the label.
- Lens and hand: a Gaussian blur of 0.6 to 1.2 pixels (up to 0.09 mm), then noise of 8 of 255.
- A scan is three frames, a tenth of a second of video in a hand that is never still: each turned,
  tilted, lit and blurred anew, and one that is read is enough. What single frames give is told too.
- The printer: every dot there or not, its edge worn by a blur of half a dot.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageFilter

PIXELS_A_MM: Final = 12.8
_MARGIN: Final = 0.35  # Of the label's side, so that no turned corner leaves the frame.
_TILT: Final = 0.06
_INK, _PAPER = 30, 235
_FALL_OFF: Final = 0.4
_BLUR_PIXELS: Final = (0.6, 1.2)
_NOISE: Final = 8.0
_WORN_DOTS: Final = 0.5
_FRAMES: Final = 3
_QR: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
Corners = NDArray[np.float64]


@dataclass(frozen=True)
class Tally:
    """How many labels were shown to the camera, and how many of them it read."""

    shown: int
    read: int  # In a scan.
    at_once: int  # In its first frame.

    @property
    def share(self) -> float:
        """What was read of what was shown."""
        return self.read / self.shown


def judge(labels: Iterator[tuple[Image.Image, str]], *, dots_a_mm: float, seed: int) -> Tally:
    """Scan each label; a wrong text is a scan that failed, whatever comes after it."""
    chance = np.random.default_rng(seed)
    shown = read = at_once = 0
    for label, text in labels:
        shown += 1
        for frame in range(_FRAMES):
            seen = photograph(label, dots_a_mm=dots_a_mm, chance=chance)
            found = [each.text for each in zxingcpp.read_barcodes(seen, formats=_QR)]
            if found:
                read += found == [text]
                at_once += frame == 0 and found == [text]
                break
    return Tally(shown, read, at_once)


def photograph(label: Image.Image, *, dots_a_mm: float, chance: np.random.Generator) -> Image.Image:
    """Give the frame a camera sees of a printed label, one pixel a printer's dot."""
    worn = label.filter(ImageFilter.GaussianBlur(_WORN_DOTS))
    scale = PIXELS_A_MM / dots_a_mm
    side = round(max(label.size) * scale * (1 + 2 * _MARGIN))
    wide, high = worn.size
    source = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], dtype=np.float64)
    target = _seen(source, scale, side, chance)
    frame = worn.transform(
        (side, side),
        Image.Transform.PERSPECTIVE,
        _perspective(target, source),
        Image.Resampling.BICUBIC,
        fillcolor=255,
    )
    blurred = frame.filter(ImageFilter.GaussianBlur(chance.uniform(*_BLUR_PIXELS)))
    return _lit(np.asarray(blurred, dtype=np.float64), chance)


def _seen(source: Corners, scale: float, side: int, chance: np.random.Generator) -> Corners:
    """Where the label's corners are in the frame: turned, then tilted."""
    turn = chance.uniform(0, 2 * np.pi)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    centred = (source - source.mean(axis=0)) * scale
    tilt = chance.uniform(-_TILT, _TILT, source.shape) * np.ptp(centred, axis=0)
    seen: Corners = (centred + tilt) @ rotation.T + side / 2
    return seen


def _perspective(target: Corners, source: Corners) -> list[float]:
    """The eight numbers by which Pillow finds a pixel's place on the label."""
    rows, values = [], []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    solved: list[float] = np.linalg.solve(np.array(rows), np.array(values)).tolist()
    return solved


def _lit(frame: NDArray[np.float64], chance: np.random.Generator) -> Image.Image:
    rows, columns = np.indices(frame.shape) / max(frame.shape)
    angle = chance.uniform(0, 2 * np.pi)
    across = rows * np.sin(angle) + columns * np.cos(angle)
    light = 1 - chance.uniform(0, _FALL_OFF) * (across - across.min()) / np.ptp(across)
    seen = (_INK + frame / 255 * (_PAPER - _INK)) * light
    seen += chance.normal(0, _NOISE, frame.shape)
    return Image.fromarray(np.clip(seen, 0, 255).astype(np.uint8))
