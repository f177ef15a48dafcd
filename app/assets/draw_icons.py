"""Draws the icons of the installed page from `seal.svg`: `python -m app.assets.draw_icons`."""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from PIL import Image, ImageDraw

from app.settings import ROOT

FOLDER: Final = ROOT / "static" / "ui"
_SVG: Final = "{http://www.w3.org/2000/svg}"
_FINER: Final = 8  # Drawn so much larger, then made smaller: smooth edges.
_STEPS: Final = 24  # Straight pieces of a curve; none is longer than a dot.
_ACT: Final = re.compile(r"([MvcZ])([^MvcZ]*)")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_COLOURS: Final = 64  # Red, white and the shades between.

Point = tuple[float, float]


def icon(size: int, *, is_full: bool) -> Image.Image:
    """The seal as a square picture. `is_full`: red to the edges, for systems that cut a shape.

    The plant then lies within the circle of 40 % that every shape keeps (W3C, maskable icons).
    """
    seal = ET.parse(FOLDER / "seal.svg").getroot()  # noqa: S314  # Our own file.
    ground, plant = seal.find(f"{_SVG}rect"), seal.find(f"{_SVG}g")
    assert ground is not None, "a seal has a ground"
    assert plant is not None, "a seal has a plant"
    unit = size * _FINER / 100
    picture = Image.new("RGBA", (size * _FINER, size * _FINER), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    fill = ground.attrib["fill"]
    if is_full:
        draw.rectangle((0, 0, *picture.size), fill=fill)
    else:
        at, width, corner = (float(ground.attrib[name]) for name in ("x", "width", "rx"))
        box = (at * unit, at * unit, (at + width) * unit, (at + width) * unit)
        draw.rounded_rectangle(box, corner * unit, fill=fill)
    for path in plant.iter(f"{_SVG}path"):
        for line in lines_of(path.attrib["d"]):
            _stroke(draw, line, unit, float(plant.attrib["stroke-width"]), plant.attrib["stroke"])
    small = picture.resize((size, size), Image.Resampling.LANCZOS)
    return small.quantize(_COLOURS, Image.Quantize.FASTOCTREE)


def lines_of(path: str) -> list[list[Point]]:
    """The lines of a path of SVG that knows M, v, c and Z, its curves as short straight pieces."""
    lines: list[list[Point]] = []
    for act, words in _ACT.findall(path):
        numbers = [float(number) for number in _NUMBER.findall(words)]
        if act == "M":
            lines.append([(numbers[0], numbers[1])])
        elif act == "v":
            x, y = lines[-1][-1]
            lines[-1].append((x, y + numbers[0]))
        elif act == "c":
            for at in range(0, len(numbers), 6):
                lines[-1].extend(_curve(lines[-1][-1], numbers[at : at + 6]))
        else:
            lines[-1].append(lines[-1][0])
    return lines


def main() -> None:
    """Write the icons anew."""
    for name, size, is_full in ICONS:
        icon(size, is_full=is_full).save(FOLDER / name, optimize=True)


ICONS: Final = (
    ("icon-192.png", 192, False),
    ("icon-512.png", 512, False),
    ("icon-full-512.png", 512, True),
    ("icon-touch-180.png", 180, True),  # Apple's: it makes corners itself and knows no clear.
)


def _curve(start: Point, numbers: list[float]) -> Iterator[Point]:
    (x0, y0), (ax, ay, bx, by, cx, cy) = start, numbers
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        first, second, third = 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        yield x0 + first * ax + second * bx + third * cx, y0 + first * ay + second * by + third * cy


def _stroke(
    draw: ImageDraw.ImageDraw, line: list[Point], unit: float, width: float, colour: str
) -> None:
    dots = [(x * unit, y * unit) for x, y in line]
    draw.line(dots, fill=colour, width=round(width * unit), joint="curve")
    half = width * unit / 2
    for x, y in (dots[0], dots[-1]):  # Round ends.
        draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)


if __name__ == "__main__":
    main()
