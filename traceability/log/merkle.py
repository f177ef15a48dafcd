"""Merkle trees of RFC 6962 and RFC 9162: roots, paths and what a path proves.

A stored hash has a position: (level, index) is the root of the complete subtree over the leaves
`index * 2**level` up to, and without, `(index + 1) * 2**level`. Such a hash never changes while
the tree grows, so every path and root is made of stored hashes alone.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from struct import iter_unpack

from traceability.log.errors import ProofRefused

HASH_BYTES = 32
TILE_HEIGHT = 8  # C2SP tlog-tiles: a tile holds up to 256 hashes and spans eight levels.
_PAIR_BYTES = 2 * HASH_BYTES
_LEAF, _NODE = sha256(b"\x00"), sha256(b"\x01")  # What every leaf, every node begins with.
EMPTY_ROOT = sha256(b"").digest()  # RFC 6962, section 2.1: the hash of an empty list.

Position = tuple[int, int]
HashReader = Callable[[Sequence[Position]], list[bytes]]
TileReader = Callable[[int, int], bytes]  # (level, index of the tile) -> its hashes, side by side.
_Span = tuple[int, int]  # Leaves from the first up to, and without, the second.


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry as a leaf."""
    return sha256(b"\x00" + entry).digest()


def leaf_hashes(entries: Sequence[bytes]) -> list[bytes]:
    """The hashes of many entries as leaves."""
    found = []
    for entry in entries:
        leaf = _LEAF.copy()  # A state is copied rather than begun anew for each.
        leaf.update(entry)
        found.append(leaf.digest())
    return found


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two hashes as the node above them."""
    return sha256(b"\x01" + left + right).digest()


def parents(level: Sequence[bytes]) -> list[bytes]:
    """The nodes above the whole pairs of a level; a last hash without a neighbour has none."""
    return split_hashes(_nodes_above(b"".join(level)))


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes."""
    if not hashes:
        return EMPTY_ROOT
    level = b"".join(hashes)
    assert len(level) == len(hashes) * HASH_BYTES, len(level)
    while len(level) > HASH_BYTES:
        alone = len(level) % _PAIR_BYTES  # Without a neighbour it rises as it is: RFC 6962.
        level = _nodes_above(level) + level[len(level) - alone :]
    return level


def tile_roots(tiles: bytes) -> bytes:
    """The roots of full tiles that lie side by side, side by side too."""
    for _ in range(TILE_HEIGHT):
        tiles = _nodes_above(tiles)
    return tiles


def memory_reader(hashes: Sequence[bytes]) -> HashReader:
    """Read positions of the tree over these leaf hashes, all of it worked out at once."""
    levels = [list(hashes)]
    while len(levels[-1]) > 1:
        levels.append(parents(levels[-1]))

    def read(positions: Sequence[Position]) -> list[bytes]:
        return [levels[level][index] for level, index in positions]

    return read


def tile_reader(read_tile: TileReader) -> HashReader:
    """Read positions from tiles of C2SP tlog-tiles, each tile read once in a call.

    A tile may be wider than the tree that is asked about, never narrower.
    """

    def read(positions: Sequence[Position]) -> list[bytes]:
        tiles: dict[Position, bytes] = {}
        found = []
        for level, index in positions:
            tile_level, height = divmod(level, TILE_HEIGHT)
            tile_index = index >> TILE_HEIGHT - height
            where = (tile_level, tile_index)
            if where not in tiles:
                tiles[where] = read_tile(tile_level, tile_index)
            first = (index << height) - (tile_index << TILE_HEIGHT)
            hashes = split_hashes(tiles[where])[first : first + (1 << height)]
            assert len(hashes) == 1 << height, (level, index)
            found.append(root_of(hashes))
        return found

    return read


def split_hashes(tile: bytes) -> list[bytes]:
    """The hashes that lie side by side in a tile."""
    return [tile[first : first + HASH_BYTES] for first in range(0, len(tile), HASH_BYTES)]


def _nodes_above(level: bytes) -> bytes:
    """The nodes above the whole pairs of hashes that lie side by side.

    A state is copied rather than begun anew for each: a quarter less time.
    """
    found = []
    for (pair,) in iter_unpack(f"{_PAIR_BYTES}s", level[: len(level) - len(level) % _PAIR_BYTES]):
        node = _NODE.copy()
        node.update(pair)
        found.append(node.digest())
    return b"".join(found)


def inclusion_path(index: int, hashes: Sequence[bytes]) -> list[bytes]:
    """The path from the leaf at `index` to the root over `hashes`, the leaf's neighbour first."""
    return inclusion_path_at(index, len(hashes), memory_reader(hashes))


def consistency_path(old_size: int, hashes: Sequence[bytes]) -> list[bytes]:
    """What shows that the tree over `hashes` begins with the tree of its first `old_size`."""
    return consistency_path_at(old_size, len(hashes), memory_reader(hashes))


def root_at(size: int, read: HashReader) -> bytes:
    """The root of the tree when it had `size` leaves, from stored hashes."""
    if size == 0:
        return EMPTY_ROOT
    return _roots([(0, size)], read)[0]


def inclusion_path_at(index: int, size: int, read: HashReader) -> list[bytes]:
    """As `inclusion_path`, from stored hashes (RFC 9162, section 2.1.3.1)."""
    assert 0 <= index < size, (index, size)
    spans: list[_Span] = []
    first, end = 0, size
    while end - first > 1:
        middle = first + _split(end - first)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((first, middle))
            first = middle
    return _roots(spans[::-1], read)


def consistency_path_at(old: int, new: int, read: HashReader) -> list[bytes]:
    """As `consistency_path`, from stored hashes (RFC 9162, section 2.1.4.1)."""
    assert 0 <= old <= new, (old, new)
    if old in (0, new):
        return []
    spans: list[_Span] = []
    first, end = 0, new
    while old != end:
        middle = first + _split(end - first)
        if old <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((first, middle))
            first = middle
    if first:  # Else the old root itself, which the verifier has.
        spans.append((first, end))
    return _roots(spans[::-1], read)


def verify_inclusion(
    *, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> None:
    """Check that the leaf with the hash `leaf` stands at `index` of the tree with this root.

    RFC 9162, section 2.1.3.2.

    Raises:
        ProofRefused: it does not, or the path shows nothing.
    """
    if not 0 <= index < size:
        raise ProofRefused(f"no leaf {index} in a tree of {size}")
    _require_hashes(leaf, root, *path)
    node = leaf
    for neighbour, stands_left in _walk(index, size - 1, path):
        node = node_hash(neighbour, node) if stands_left else node_hash(node, neighbour)
    if node != root:
        raise ProofRefused("the path leads to another root")


def verify_consistency(
    *, old_size: int, old_root: bytes, new_size: int, new_root: bytes, path: Sequence[bytes]
) -> None:
    """Check that the new tree begins with the old one (RFC 9162, section 2.1.4.2).

    Raises:
        ProofRefused: it does not, or the path shows nothing.
    """
    if not 0 <= old_size <= new_size:
        raise ProofRefused(f"a tree of {new_size} does not begin with one of {old_size}")
    _require_hashes(old_root, new_root, *path)
    if (old_size == 0 and old_root != EMPTY_ROOT) or (new_size == 0 and new_root != EMPTY_ROOT):
        raise ProofRefused("the root of an empty tree is the hash of nothing")
    if old_size == new_size and old_root != new_root:
        raise ProofRefused("two roots for one size")
    if old_size in (0, new_size):
        if path:
            raise ProofRefused("nothing is to be shown, yet there is a path")
        return
    _follow_both(
        old_size=old_size, old_root=old_root, new_size=new_size, new_root=new_root, path=path
    )


def _follow_both(
    *, old_size: int, old_root: bytes, new_size: int, new_root: bytes, path: Sequence[bytes]
) -> None:
    """Work out both roots from one path; `0 < old_size < new_size`."""
    whole = old_size & (old_size - 1) == 0  # Then the path leaves the old root out.
    steps = [old_root, *path] if whole else list(path)
    if not steps:
        raise ProofRefused("the path is empty")
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for neighbour, stands_left in _walk(place, last, steps[1:]):
        if stands_left:
            old, new = node_hash(neighbour, old), node_hash(neighbour, new)
        else:
            new = node_hash(new, neighbour)
    if old != old_root or new != new_root:
        raise ProofRefused("the path leads to other roots")


def _walk(place: int, last: int, path: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Climb from `place` of a level that ends at `last`.

    Yields each hash of the path, and whether it stands left of the node so far.

    Raises:
        ProofRefused: the path is longer or shorter than the way to the root.
    """
    for neighbour in path:
        if last == 0:
            raise ProofRefused("the path is longer than the tree is high")
        stands_left = bool(place & 1) or place == last
        yield neighbour, stands_left
        if stands_left:
            while place and not place & 1:  # It had risen without a neighbour up to here.
                place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    if last:
        raise ProofRefused("the path ends below the root")


def _require_hashes(*hashes: bytes) -> None:
    if any(len(one) != HASH_BYTES for one in hashes):
        raise ProofRefused("a hash has 32 bytes")


def _split(size: int) -> int:
    """The largest power of two below `size`: where RFC 6962 parts a tree of that many leaves."""
    return 1 << (size - 1).bit_length() - 1


def _roots(spans: Sequence[_Span], read: HashReader) -> list[bytes]:
    """The root of each span, all stored hashes asked for in one call."""
    wanted = [_positions(first, end) for first, end in spans]
    hashes = iter(read([position for positions in wanted for position in positions]))
    return [_fold([next(hashes) for _ in positions]) for positions in wanted]


def _positions(first: int, end: int) -> list[Position]:
    """The largest complete subtrees a span falls into, from the left.

    A span of a path begins at a multiple of every power of two that fits into it.
    """
    found = []
    while first < end:
        level = (end - first).bit_length() - 1
        found.append((level, first >> level))
        first += 1 << level
    return found


def _fold(hashes: Sequence[bytes]) -> bytes:
    node = hashes[-1]
    for left in reversed(hashes[:-1]):
        node = node_hash(left, node)
    return node
