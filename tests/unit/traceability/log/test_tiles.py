import pytest

from traceability.log.errors import BundleRefused, EntryTooLarge
from traceability.log.tiles import (
    BUNDLES,
    Tile,
    levels_of,
    pack_entries,
    parse_tile_path,
    tile_at,
    tiles_of,
    unpack_entries,
)


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0, 1), "tile/0/000.p/1"),
        (Tile(0, 1234067), "tile/0/x001/x234/067"),
        (Tile(1, 1000, 255), "tile/1/x001/000.p/255"),
        (Tile(63, 999), "tile/63/999"),
        (Tile(0, 10**21 - 1), "tile/0/x999/x999/x999/x999/x999/x999/999"),
        (Tile(BUNDLES, 0), "tile/entries/000"),
        (Tile(BUNDLES, 1234, 5), "tile/entries/x001/234.p/5"),
    ],
)
def test_paths_are_those_of_the_specification(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert parse_tile_path(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "",
        "checkpoint",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/x/000",
        "tile/0/x000/000",
        "tile/0/001/000",
        "tile/0/x001/x000",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/",
        "tile/0/000.p/1/..",
        "tile/0/../000",
        "tile/0/٠٠٠",
        "tile/entries/000/",
        "/tile/0/000",
        "tile/0/000\n",
        "tile/data/000",
        "tile/0/" + "x999/" * 7 + "999",
        "tile/0/" + "x999/" * 2_000 + "999",  # More digits than Python makes a number of.
    ],
)
def test_other_paths_are_no_tiles(path: str) -> None:
    assert parse_tile_path(path) is None


def test_a_tree_of_70_000_has_the_tiles_of_the_specification() -> None:
    tiles = {level: list(tiles_of(70_000, level)) for level in levels_of(70_000)}

    assert [len(tiles[level]) for level in (0, 1, 2)] == [274, 2, 1]
    assert [tiles[level][-1].width for level in (0, 1, 2)] == [112, 17, 1]
    assert {tile.width for tile in tiles[0][:-1]} == {256}
    assert len(list(tiles_of(70_000, BUNDLES))) == 274


def test_a_tree_of_256_has_one_hash_a_level_above() -> None:
    assert [list(tiles_of(256, level)) for level in levels_of(256)] == [
        [Tile(0, 0)],
        [Tile(1, 0, 1)],
    ]
    assert list(levels_of(255)) == [0]
    assert list(levels_of(0)) == []


def test_a_tile_is_published_when_its_last_hash_is() -> None:
    assert Tile(0, 0, 5).is_in(5)
    assert not Tile(0, 0, 6).is_in(5)
    assert Tile(BUNDLES, 0, 5).is_in(5)
    assert Tile(1, 0, 1).is_in(256)
    assert not Tile(1, 0, 1).is_in(255)
    assert not Tile(0, 0).is_in(255)
    assert tile_at(1, 1, 70_000) == Tile(1, 1, 17)


def test_bundles_say_lengths_before_entries() -> None:
    entries = [b"a", b"", b"x" * 65_535]

    packed = pack_entries(entries)

    assert packed[:5] == b"\x00\x01a\x00\x00"
    assert packed[5:7] == b"\xff\xff"
    assert unpack_entries(packed) == entries
    assert unpack_entries(b"") == []


def test_an_entry_of_64_kib_does_not_fit() -> None:
    with pytest.raises(EntryTooLarge):
        pack_entries([b"x" * 65_536])


@pytest.mark.parametrize("bundle", [b"\x00", b"\x00\x02a", b"\x00\x01a\x00"])
def test_a_bundle_that_ends_within_an_entry_is_refused(bundle: bytes) -> None:
    with pytest.raises(BundleRefused):
        unpack_entries(bundle)
