"""A batch's commitment: a tree over its stamps, grown as they are stored, told to the log at last.

Each call writes one piece in the caller's transaction: what a crash leaves is a shorter tree that
the next piece, or the task `commit_batches`, goes on with.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from accounts.queries import is_practice, makers
from catalog import queries as catalog
from core import gs1, ids
from core.database import insert_many, insert_new
from core.work import Work
from traceability.log.makers import signed_part
from traceability.log.merkle import root_at, tile_reader
from traceability.log_errors import StampsMissing
from traceability.log_place import log_place
from traceability.models import Stamp, StampBatch, StampBatchTile, StampCommitment
from traceability.queries import batch_tiles, commitment_of
from traceability.rules import serial_text
from traceability.rules.batch_trees import (
    Blinding,
    TileKey,
    edge,
    grown,
    leaf_hashes,
)
from traceability.rules.entries import in_base64
from traceability.service.log_entries import add_entry, private, tell_acts_before
from traceability.service.log_keys import key_subject, signer_of
from traceability.service.log_papers import tell_papers
from traceability.service.recall_entries import tell_recalls_before

BLINDING_KEY_BYTES = 32
COMMITTED_AT_ONCE = 5_000  # Leaves in one transaction, as stamps are stored (issuing.PIECE).
TILES_AT_ONCE = 500


@dataclass(frozen=True)
class Growth:
    """What a batch's tree gets by its next leaves: hashed before the writer is held."""

    size: int  # Leaves it had.
    leaves: int  # That come.
    tiles: Sequence[tuple[TileKey, bytes]]
    wider: frozenset[TileKey]  # Tiles it had that come again with more in them.


def growth_of(
    session: Session, *, batch_id: int, first: int, serials: Sequence[int]
) -> Growth | None:
    """What stamps with ordinals `first` and on will add to their batch's tree.

    None: it has no tree, or one that does not end where they begin.
    """
    commitment = session.get(StampCommitment, batch_id)
    if commitment is None or commitment.root is not None or commitment.leaves != first - 1:
        return None
    gtin = session.scalars(select(StampBatch.gtin).where(StampBatch.id == batch_id)).one()
    return _growth(session, commitment, leaf_hashes(serials, blinding_of(commitment, gtin)))


def commit_stamps(
    work: Work,
    *,
    batch_id: int,
    first: int,
    serials: Sequence[int],
    growth: Growth | None = None,
) -> None:
    """Add the leaves of stamps just stored, ordinals `first` and on, to their batch's tree.

    `growth` is what they add to it, where it was made ready before. Where earlier leaves are
    missing (a batch begun before there were trees) nothing is added: the task `commit_batches`
    makes the tree from the stored stamps.
    """
    gtin, is_practised = work.session.execute(
        select(StampBatch.gtin, is_practice(StampBatch.enterprise_id)).where(
            StampBatch.id == batch_id
        )
    ).one()
    if is_practised:  # Issued to nobody: the log never hears of it.
        return
    if first == 1:
        _begin(work, batch_id)
    commitment = _open_commitment(work, batch_id)
    if commitment is not None and commitment.leaves == first - 1:
        leaves = leaf_hashes(serials, blinding_of(commitment, gtin)) if growth is None else ()
        _grow(work, commitment, growth or _growth(work.session, commitment, leaves))


def commit_more(work: Work, *, batch_id: int) -> bool:
    """Add one piece of a batch's stored stamps to its tree, and seal it with the last.

    False: nothing is left to do; it has its root, by us or by another worker meanwhile.

    Raises:
        StampsMissing: fewer stamps are stored than the batch has, so that it never has a root.
    """
    batch = work.session.get_one(StampBatch, batch_id, with_for_update=True)
    if commitment_of(work.session, batch_id) is not None:
        return False
    commitment = _open_commitment(work, batch_id)
    made = commitment.leaves if commitment is not None else 0
    serials = work.session.scalars(
        select(Stamp.serial)
        .where(Stamp.batch_id == batch_id, Stamp.ordinal > made)
        .order_by(Stamp.ordinal)
        .limit(COMMITTED_AT_ONCE)
    ).all()
    commit_stamps(work, batch_id=batch_id, first=made + 1, serials=serials)
    if not seal_commitment(work, batch):
        if not serials:
            raise StampsMissing(
                f"batch {batch_id}", batch=batch.public_id, stored=made, count=batch.count
            )
        return True
    tell_acts_before(work, batch)
    return False


def seal_commitment(work: Work, batch: StampBatch) -> bool:
    """Write a whole tree's root and tell it to the log, signed by the maker's key.

    False: some leaves are missing yet.
    """
    commitment = _open_commitment(work, batch.id)
    if commitment is None or commitment.leaves != batch.count:
        return False
    size = commitment.leaves
    tiles = batch_tiles(work.session, batch.id, edge(size))
    root = root_at(size, tile_reader(lambda level, position: tiles[level, position]))
    commitment.root = root
    maker = makers(work.session, [batch.enterprise_id])[batch.enterprise_id]
    goods = catalog.goods_in_log(work.session, product_id=batch.product_id, lot_id=batch.lot_id)
    signer = signer_of(work, maker)
    stars = tell_papers(work, product_id=batch.product_id, maker=maker)  # Before what claims them.
    words = {
        "enterprise_name": maker.name,
        "product_name": goods.product_name,
        "lot": goods.lot_uri_code,
    }
    fields = {
        "batch": batch.public_id,
        "product": goods.product_public_id,
        "stars": stars,
        "gtin": batch.gtin,
        "lot_units": goods.lot_units,
        **private(work, maker, words),
        "count": batch.count,
        "root": root.hex(),
        "key": signer.key,
        "enterprise": maker.public_id,
    }
    signature = in_base64(signer.private.sign(signed_part(fields)))
    signed = {**fields, "signature": signature}
    add_entry(work, "batch", signed, batch_id=batch.id, subject=key_subject(signer.key))
    work.session.flush()
    tell_recalls_before(work, batch)
    return True


def remove_commitment(work: Work, *, batch_id: int) -> bool:
    """Remove a piece of the tree of a batch that was given up; False: nothing is left."""
    found = work.session.execute(
        select(StampBatchTile.level, StampBatchTile.position)
        .where(StampBatchTile.batch_id == batch_id)
        .limit(TILES_AT_ONCE)
    ).all()
    _remove(work, batch_id, [(row.level, row.position) for row in found])
    if len(found) == TILES_AT_ONCE:
        return True
    work.session.execute(delete(StampCommitment).where(StampCommitment.batch_id == batch_id))
    return False


def blinding_of(commitment: StampCommitment, gtin: str | None) -> Blinding:
    """What the leaves of a batch are made of."""
    address = gs1.stamp_uri(commitment.base_url, gtin, serial_text(0)).removesuffix(serial_text(0))
    return Blinding(commitment.blinding_key, address)


def _begin(work: Work, batch_id: int) -> None:
    drawn = ids.random_bytes(BLINDING_KEY_BYTES)
    row = {"batch_id": batch_id, "base_url": log_place().public_url, "blinding_key": drawn}
    insert_new(work.session, StampCommitment, {**row, "leaves": 0})


def _open_commitment(work: Work, batch_id: int) -> StampCommitment | None:
    """The batch's commitment while it is not sealed."""
    return work.session.scalars(
        select(StampCommitment)
        .where(StampCommitment.batch_id == batch_id, StampCommitment.root.is_(None))
        .with_for_update()
    ).one_or_none()


def _growth(session: Session, commitment: StampCommitment, leaves: Sequence[bytes]) -> Growth:
    size = commitment.leaves
    edges = batch_tiles(session, commitment.batch_id, edge(size))
    tiles = tuple(grown(size, edges, leaves))
    wider = frozenset(key for key, _ in tiles if key in edges)
    return Growth(size, len(leaves), tiles, wider)


def _grow(work: Work, commitment: StampCommitment, growth: Growth) -> None:
    assert growth.size == commitment.leaves, (growth.size, commitment.leaves)
    _remove(work, commitment.batch_id, growth.wider)
    insert_many(
        work.session.connection(),
        StampBatchTile.__tablename__,
        ("batch_id", "level", "position", "hashes"),
        [(commitment.batch_id, *key, hashes) for key, hashes in growth.tiles],
    )
    commitment.leaves = growth.size + growth.leaves
    work.session.flush()


def _remove(work: Work, batch_id: int, keys: Collection[TileKey]) -> None:
    if keys:
        gone = [{"batch": batch_id, "at": level, "place": place} for level, place in keys]
        work.session.connection().execute(_REMOVE, gone)


_REMOVE = delete(StampBatchTile).where(
    StampBatchTile.batch_id == bindparam("batch"),
    StampBatchTile.level == bindparam("at"),
    StampBatchTile.position == bindparam("place"),
)
