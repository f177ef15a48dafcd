import pytest
from PIL import Image

from app.assets.draw_icons import FOLDER, ICONS, icon, lines_of


@pytest.mark.parametrize("told", ICONS, ids=[each[0] for each in ICONS])
def test_committed_icons_are_the_ones_the_seal_gives(told: tuple[str, int, bool]) -> None:
    name, size, is_full = told
    with Image.open(FOLDER / name) as kept:
        drawn = icon(size, is_full=is_full).convert("RGBA")
        assert kept.size == (size, size)
        assert kept.convert("RGBA").tobytes() == drawn.tobytes()


def test_an_icon_that_is_cut_to_a_shape_keeps_the_plant_in_its_middle() -> None:
    full = icon(100, is_full=True).convert("RGBA")
    seal = icon(100, is_full=False).convert("RGBA")

    pale = [
        (x - 50, y - 50)
        for x in range(100)
        for y in range(100)
        if full.getpixel((x, y))[1] > 128  # type: ignore[index]  # A pixel of RGBA is a tuple.
    ]
    assert pale
    assert max(x * x + y * y for x, y in pale) <= 40 * 40
    assert full.getpixel((0, 0)) == (163, 35, 27, 255)
    assert seal.getpixel((0, 0))[3] == 0  # type: ignore[index]  # A pixel of RGBA is a tuple.


def test_a_path_of_the_seal_is_read_as_lines() -> None:
    straight, curved = lines_of("M50 26v54M50 45c-12-1-18-6-20-16 12-1 19 6 20 16Z")

    assert straight == [(50.0, 26.0), (50.0, 80.0)]
    assert len(curved) == 1 + 24 + 24 + 1
    assert (curved[0], curved[24], curved[48]) == ((50.0, 45.0), (30.0, 29.0), (50.0, 45.0))
