"""All ways in which a product is sold, kept at once from one screen."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import select

from catalog.models import Offer, Pack
from catalog.service.entries import PackRow
from catalog.service.packs import add_pack, change_pack, remove_pack, told
from core.errors import AppError, Changed
from core.work import Work


class RowRefused(Exception):
    """One of the rows cannot be taken; `key` says which, `refusal` why."""

    def __init__(self, key: str, refusal: AppError) -> None:
        super().__init__(str(refusal))
        self.key = key
        self.refusal = refusal


def keep_packs(
    work: Work,
    *,
    product_id: int,
    version: int,
    changed: Mapping[str, tuple[int, PackRow]],
    added: Mapping[str, PackRow],
    removed: Collection[int],
) -> None:
    """Change, add and remove packs: all as said, or nothing. Each is an act of its own.

    `changed` (pack id, what it is to be) and `added` go by the caller's own keys.

    Raises:
        RowRefused: why a row cannot be so; see `add_pack` and `change_pack`.
        Otherwise as `remove_pack`.
    """
    versions = iter(range(version, version + len(changed) + len(added) + len(removed)))
    for pack_id in removed:
        remove_pack(work, pack_id=pack_id, version=next(versions))
    for key, (pack_id, pack) in changed.items():
        if _is_so(work, pack_id, pack):
            continue
        with _naming(key):
            change_pack(work, pack_id=pack_id, version=next(versions), pack=pack)
    for key, pack in added.items():
        with _naming(key):
            add_pack(work, product_id=product_id, version=next(versions), pack=pack)


@contextmanager
def _naming(key: str) -> Iterator[None]:
    """Say which row was refused; a product that changed meanwhile is no row's fault."""
    try:
        yield
    except Changed:
        raise
    except AppError as refusal:
        raise RowRefused(key, refusal) from refusal


def _is_so(work: Work, pack_id: int, pack: PackRow) -> bool:
    stored = work.session.get_one(Pack, pack_id)
    mine = select(Offer.price_vnd, Offer.is_illustrative).where(
        Offer.pack_id == pack_id, Offer.seller_id == stored.enterprise_id
    )
    offer = work.session.execute(mine).one_or_none()
    return told(stored) == told(pack) and offer == (pack.price_vnd, False)
