import re

import pytest

from tests.unit.traceability.log.vectors import CONSISTENCY, ENTRIES, INCLUSION, ROOTS
from traceability.log.errors import ProofRefused
from traceability.log.merkle import (
    EMPTY_ROOT,
    consistency_path,
    consistency_path_at,
    inclusion_path,
    inclusion_path_at,
    leaf_hash,
    memory_reader,
    node_hash,
    root_at,
    root_of,
    tile_reader,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [leaf_hash(entry) for entry in ENTRIES]
MANY = [leaf_hash(b"%d" % number) for number in range(70)]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_rfc_6962(size: int) -> None:
    assert root_of(LEAVES[:size]) == ROOTS[size]
    assert root_at(size, memory_reader(LEAVES[:size])) == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "path"), INCLUSION)
def test_paths_to_leaves_are_those_of_rfc_6962(index: int, size: int, path: list[str]) -> None:
    found = inclusion_path(index, LEAVES[:size])

    assert [one.hex() for one in found] == path
    verify_inclusion(leaf=LEAVES[index], index=index, size=size, path=found, root=ROOTS[size])


@pytest.mark.parametrize(("old", "new", "path"), CONSISTENCY)
def test_paths_from_old_roots_are_those_of_rfc_6962(old: int, new: int, path: list[str]) -> None:
    found = consistency_path(old, LEAVES[:new])

    assert [one.hex() for one in found] == path
    verify_consistency(
        old_size=old, old_root=ROOTS[old], new_size=new, new_root=ROOTS[new], path=found
    )


def test_every_leaf_of_every_small_tree_is_proved() -> None:
    for size in range(1, len(MANY) + 1):
        hashes = MANY[:size]
        root = root_of(hashes)
        for index in range(size):
            path = inclusion_path(index, hashes)
            verify_inclusion(leaf=hashes[index], index=index, size=size, path=path, root=root)


def test_every_small_tree_begins_with_every_smaller_one() -> None:
    for new in range(len(MANY) + 1):
        for old in range(new + 1):
            verify_consistency(
                old_size=old,
                old_root=root_of(MANY[:old]),
                new_size=new,
                new_root=root_of(MANY[:new]),
                path=consistency_path(old, MANY[:new]),
            )


def test_no_other_place_of_the_tree_is_proved_by_a_path() -> None:
    for size in (1, 2, 3, 5, 8, 21):
        hashes = MANY[:size]
        for index in range(size):
            path = inclusion_path(index, hashes)
            for wrong in {*range(-1, 3 * size)} - {index}:
                with pytest.raises(ProofRefused):
                    verify_inclusion(
                        leaf=hashes[index], index=wrong, size=size, path=path, root=root_of(hashes)
                    )


def test_the_tree_of_one_leaf_is_the_leaf() -> None:
    verify_inclusion(leaf=MANY[0], index=0, size=1, path=[], root=MANY[0])

    with pytest.raises(ProofRefused, match="other root"):
        verify_inclusion(leaf=MANY[0], index=0, size=1, path=[], root=MANY[1])


def test_an_empty_tree_has_no_leaf_and_begins_every_other() -> None:
    assert consistency_path(0, MANY) == []
    verify_consistency(
        old_size=0, old_root=EMPTY_ROOT, new_size=70, new_root=root_of(MANY), path=[]
    )
    verify_consistency(old_size=0, old_root=EMPTY_ROOT, new_size=0, new_root=EMPTY_ROOT, path=[])

    with pytest.raises(ProofRefused, match="no leaf 0 in a tree of 0"):
        verify_inclusion(leaf=MANY[0], index=0, size=0, path=[], root=EMPTY_ROOT)
    with pytest.raises(ProofRefused, match="hash of nothing"):
        verify_consistency(old_size=0, old_root=MANY[0], new_size=9, new_root=MANY[1], path=[])
    with pytest.raises(ProofRefused, match="hash of nothing"):
        verify_consistency(old_size=0, old_root=EMPTY_ROOT, new_size=0, new_root=MANY[1], path=[])


@pytest.mark.parametrize(
    ("old", "new", "path", "why"),
    [
        (5, 5, [MANY[1]], "nothing is to be shown"),
        (0, 5, [MANY[1]], "nothing is to be shown"),
        (5, 4, [], "does not begin with"),
        (-1, 4, [], "does not begin with"),
        (3, 5, [], "the path is empty"),
        (3, 5, [MANY[0]], "ends below the root"),
        (4, 5, [], "ends below the root"),
        (3, 5, [b"short"], "32 bytes"),
        (3, 5, MANY[:9], "longer than the tree is high"),
        (3, 5, MANY[:4], "to other roots"),
    ],
)
def test_what_shows_no_growth_is_refused(old: int, new: int, path: list[bytes], why: str) -> None:
    old_root, new_root = root_of(MANY[: max(old, 0)]), root_of(MANY[:new])

    with pytest.raises(ProofRefused, match=re.escape(why)):
        verify_consistency(
            old_size=old, old_root=old_root, new_size=new, new_root=new_root, path=path
        )


def test_two_roots_of_one_size_are_refused() -> None:
    with pytest.raises(ProofRefused, match="two roots for one size"):
        verify_consistency(old_size=5, old_root=MANY[0], new_size=5, new_root=MANY[1], path=[])


@pytest.mark.parametrize(
    ("path", "why"),
    [
        (MANY[:9], "longer than the tree is high"),
        ([], "ends below the root"),
        ([MANY[1], MANY[2], b""], "32 bytes"),
        ([MANY[1], MANY[2], MANY[3]], "to another root"),
    ],
)
def test_a_path_that_shows_nothing_is_refused(path: list[bytes], why: str) -> None:
    with pytest.raises(ProofRefused, match=re.escape(why)):
        verify_inclusion(leaf=MANY[0], index=0, size=5, path=path, root=root_of(MANY[:5]))


def test_an_entry_is_no_leaf_hash_and_a_node_is_no_leaf() -> None:
    node = node_hash(MANY[0], MANY[1])

    assert leaf_hash(MANY[0] + MANY[1]) != node
    with pytest.raises(ProofRefused, match="32 bytes"):
        verify_inclusion(leaf=b"entry", index=0, size=1, path=[], root=leaf_hash(b"entry"))


def test_paths_made_from_tiles_are_those_made_from_leaves() -> None:
    size = 70_000
    leaves = [leaf_hash(b"%d" % number) for number in range(size)]
    asked: list[tuple[int, int]] = []
    tiles = {0: leaves}
    for level in (1, 2):
        below = tiles[level - 1]
        tiles[level] = [
            root_of(below[first : first + 256]) for first in range(0, len(below) - 255, 256)
        ]

    def read_tile(level: int, index: int) -> bytes:
        asked.append((level, index))
        return b"".join(tiles[level][index * 256 : (index + 1) * 256])

    memory, read = memory_reader(leaves), tile_reader(read_tile)

    assert root_at(size, read) == root_of(leaves)
    for index in (0, 255, 256, 65_535, 65_536, 69_999):
        asked.clear()
        assert inclusion_path_at(index, size, read) == inclusion_path_at(index, size, memory)
        assert len(asked) == len(set(asked)) <= 4
    for old in (1, 255, 256, 257, 65_535, 65_536, 65_537, 69_999):
        assert consistency_path_at(old, size, read) == consistency_path_at(old, size, memory)
