"""The change feed: writers say what changed, one sequencer numbers it, followers ask for more."""

from collections.abc import Collection, Iterator

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from catalog.models import Product, SearchFeed, SearchPending, SearchRevision
from catalog.search.facts import documents
from catalog.search.port import Changes, Position
from core.database import insert_new
from core.work import Work, reading

SEQUENCED_AT_ONCE = 5_000  # Keeps the writer of SQLite for less than 0.25 s.
PIECE = 1_000  # Documents built, sent and kept in memory at once.
BEGINNING = Position()


def mark_changed(work: Work, product_ids: Collection[int]) -> None:
    """Say, in the transaction of the change, that what is found of these products may differ.

    To be called for everything a document is built from: words, price, maker, place, recognition,
    lots, state. Once too often costs little; once too few is healed only by a reindex.
    """
    if product_ids:
        rows = [{"product_id": product_id} for product_id in sorted(set(product_ids))]
        work.session.execute(insert(SearchPending), rows)


def mark_all(work: Work) -> None:
    """Say it of every product, in one statement: for a reindex that heals what was forgotten."""
    work.session.execute(insert(SearchPending).from_select(["product_id"], select(Product.id)))


def is_pending(session: Session) -> bool:
    """Whether a committed change waits for its revision."""
    return session.scalar(select(SearchPending.id).limit(1)) is not None


def sequence(work: Work) -> int:
    """Give revisions to at most SEQUENCED_AT_ONCE committed changes; how many there were.

    The row of the feed is raised first: two workers queue there until the other's commit, so no
    follower ever sees a revision before a smaller one.
    """
    feed = {"id": 1, "epoch": work.new_public_id(), "revision": 0}
    insert_new(work.session, SearchFeed, feed)
    work.session.execute(update(SearchFeed).values(revision=SearchFeed.revision))
    pending = work.session.execute(
        select(SearchPending.id, SearchPending.product_id)
        .order_by(SearchPending.id)
        .limit(SEQUENCED_AT_ONCE)
    ).all()
    product_ids = list(dict.fromkeys(row.product_id for row in pending))
    if not product_ids:
        return 0
    last = work.session.scalars(
        update(SearchFeed)
        .values(revision=SearchFeed.revision + len(product_ids))
        .returning(SearchFeed.revision)
    ).one()
    first = last - len(product_ids) + 1
    work.session.execute(delete(SearchRevision).where(SearchRevision.product_id.in_(product_ids)))
    rows = [{"product_id": each, "revision": first + at} for at, each in enumerate(product_ids)]
    work.session.execute(insert(SearchRevision), rows)
    work.session.execute(delete(SearchPending).where(SearchPending.id.in_([r.id for r in pending])))
    return len(pending)


def head(session: Session) -> Position:
    """Where the feed stands: a follower at this position has seen all that is sequenced."""
    row = session.execute(select(SearchFeed.epoch, SearchFeed.revision)).one_or_none()
    return Position(*row) if row else BEGINNING


def changes_after(session: Session, after: Position) -> Changes | None:
    """Give the next piece of the feed after a revision, built by bulk queries; None at its end."""
    rows = session.execute(
        select(SearchRevision.product_id, SearchRevision.revision)
        .where(SearchRevision.revision > after.revision)
        .order_by(SearchRevision.revision)
        .limit(PIECE)
    ).all()
    if not rows:
        return None
    product_ids = [row.product_id for row in rows]
    built = documents(session, product_ids)
    found = {document.product_id for document in built}
    return Changes(
        after=after,
        until=Position(after.epoch, rows[-1].revision),
        documents=built,
        removed=[each for each in product_ids if each not in found],
    )


def pieces_after(position: Position) -> Iterator[Changes]:
    """Give the feed from `position` to its end, each piece read in a transaction of its own."""
    while True:
        with reading() as session:
            changes = changes_after(session, position)
        if changes is None:
            return
        yield changes
        position = changes.until
