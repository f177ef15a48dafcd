import hmac
from hashlib import sha256

import pytest

from traceability.log.merkle import (
    inclusion_path,
    inclusion_path_at,
    leaf_hash,
    root_at,
    root_of,
    tile_reader,
)
from traceability.log.proofs import stamp_leaf
from traceability.rules import serial_text
from traceability.rules.batch_trees import (
    Blinding,
    TileKey,
    edge,
    grown,
    leaf_hashes,
    path_tiles,
)

KEY = bytes(range(32))
ADDRESS = "HTTPS://GOC.EXAMPLE/S/"
SERIALS = [0, 31, 123_456_784, (1 << 60) - 1 - ((1 << 60) - 1) % 37]


def hashes(count: int) -> list[bytes]:
    return [sha256(number.to_bytes(4, "big")).digest() for number in range(count)]


def built(leaves: list[bytes], *, piece: int) -> dict[TileKey, bytes]:
    tiles: dict[TileKey, bytes] = {}
    for size in range(0, len(leaves), piece):
        edges = {key: tiles[key] for key in edge(size)}
        tiles.update(grown(size, edges, leaves[size : size + piece]))
    return tiles


def test_a_leaf_is_the_printed_address_and_a_blinding_nobody_can_guess() -> None:
    blinding = Blinding(KEY, ADDRESS).of(31)

    assert blinding == hmac.digest(KEY, b"\0\0\0\0\0\0\0\x1f", "sha256")[:16]
    assert stamp_leaf("HTTPS://GOC.EXAMPLE/S/X", bytes(16)) == (
        b"goc-stamp-leaf-v1\nHTTPS://GOC.EXAMPLE/S/X\n" + b"0" * 32
    )


def test_many_leaves_are_hashed_as_each_alone() -> None:
    blinding = Blinding(KEY, ADDRESS)

    assert leaf_hashes(SERIALS, blinding) == [
        leaf_hash(stamp_leaf(ADDRESS + serial_text(serial), blinding.of(serial)))
        for serial in SERIALS
    ]


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 600, 65_536, 66_000])
@pytest.mark.parametrize("piece", [5_000, 100_000])
def test_a_tree_grown_in_pieces_has_the_root_and_the_paths_of_the_whole(
    size: int, piece: int
) -> None:
    leaves = hashes(size)
    tiles = built(leaves, piece=piece)

    edges = {key: tiles[key] for key in edge(size)}
    at_edge = tile_reader(lambda level, position: edges[level, position])

    assert root_at(size, at_edge) == root_of(leaves)
    for index in {0, size // 2, size - 1}:
        needed = path_tiles(index, size)
        few = {key: tiles[key] for key in needed if key in tiles}
        read = tile_reader(lambda level, position, few=few: few[level, position])  # type: ignore[misc]  # mypy infers no defaults.
        assert inclusion_path_at(index, size, read) == inclusion_path(index, leaves)
        assert len(few) <= 5


def test_a_full_tile_is_written_once() -> None:
    leaves = hashes(1_000)
    first = dict(grown(0, {}, leaves[:600]))

    again = dict(grown(600, {key: first[key] for key in edge(600)}, leaves[600:]))

    assert set(first) & set(again) == {(0, 2), (1, 0)}
    assert again[0, 2][: len(first[0, 2])] == first[0, 2]


def test_an_empty_piece_changes_nothing() -> None:
    assert dict(grown(600, {}, [])) == {}
