"""A change of goods on sale, asked for: kept beside what is published until an officer looks.

Name, group, words and certificates of a published listing change in no other way; prices and
photos change at once. Whoever writes here holds the product's row first, then the change's.
"""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select, update

from accounts.service import NamedObject, ask_about_name, settle_names
from catalog.errors import (
    ChangeMoved,
    GroupHasLots,
    GroupUnfit,
    NothingProposed,
    PaperChanged,
    ProductClosed,
)
from catalog.models import Certificate, Lot, Pack, Product, ProductChange
from catalog.rules import ProductState
from catalog.service.certificates import (
    CertificateEntry,
    add_certificate,
    change_certificate,
    refuse_unfit,
)
from catalog.service.changes import record_of_product
from catalog.service.entries import Words, kind_of
from catalog.service.revisions import words_fields
from core.errors import NotFound
from core.work import Work


@dataclass(frozen=True)
class Seen:
    """The change that was on the screen; without one, the version of the listing."""

    version: int
    change: str = ""  # Its public id.


@dataclass(frozen=True)
class NewPaper:
    """A certificate to be added, or to take the place of one that is shown."""

    entry: CertificateEntry
    photo_id: int | None = None
    replaces: int | None = None  # Its id …
    replaces_version: int | None = None  # … as it was on the screen.


def propose_words(work: Work, *, product_id: int, seen: Seen, group: str, words: Words) -> None:
    """Ask that a published listing says something else; an open change is written over.

    Raises:
        ProductClosed: it is not on sale.
        ChangeMoved: the change, or the listing without one, is not as it was seen.
        NothingProposed: it says the same as what is published.
        GroupUnfit, GroupHasLots: it would be a service that is weighed, or has lots.
    """
    product = hold_published(work, product_id)
    change = open_change_of(work, product_id)
    at = Seen(change.version, change.public_id) if change else Seen(product.version)
    if at != seen:
        raise ChangeMoved(f"it is at {at}, the page was at {seen}")
    refuse_group(work, product, group)
    base = words_fields(work, product)
    told = {
        "name": words.name,
        "group": group,
        "summary": words.summary or "",
        "story": base["story"] if words.story is None else words.story,
    }
    papers = change.proposed["certificates"] if change else []
    if told == base and not papers:
        raise NothingProposed(f"product {product_id} says so already")
    _keep(work, product, change, base=base, proposed=told | {"certificates": papers})


def propose_certificate(work: Work, *, product_id: int, paper: NewPaper) -> None:
    """Ask that a published listing shows a certificate.

    Raises:
        ProductClosed: it is not on sale.
        CertificateEndsEarly: it ends before it begins.
    """
    refuse_unfit(paper.entry)
    product = hold_published(work, product_id)
    change = open_change_of(work, product_id)
    base = change.base if change else words_fields(work, product)
    proposed = dict(change.proposed) if change else {**base, "certificates": []}
    kept = [
        one
        for one in proposed["certificates"]
        if paper.replaces is None or one["replaces"] != paper.replaces
    ]
    told = _as_json(work, paper)
    _keep(work, product, change, base=base, proposed=proposed | {"certificates": [*kept, told]})


def enter_certificate(work: Work, *, product_id: int, paper: NewPaper) -> bool:
    """Keep what a maker reads off a certificate; False: it waits for an officer first.

    Raises:
        PaperChanged: the paper it replaces is not as it was on the screen.
        CertificateEndsEarly: it ends before it begins.
    """
    product = work.session.get(Product, product_id, with_for_update=True, populate_existing=True)
    if product is None:
        raise NotFound(f"no product {product_id}")
    if product.state == ProductState.PUBLISHED:
        _refuse_other_paper(work, paper)
        propose_certificate(work, product_id=product_id, paper=paper)
        return False
    if paper.replaces is not None and paper.replaces_version is not None:
        change_certificate(
            work,
            certificate_id=paper.replaces,
            version=paper.replaces_version,
            entry=paper.entry,
            photo_id=paper.photo_id,
        )
        return True
    add_certificate(
        work,
        product_id=product_id,
        enterprise_id=product.enterprise_id,
        entry=paper.entry,
        photo_id=paper.photo_id,
    )
    return True


def drop_certificate(work: Work, *, product_id: int, seen: Seen, key: str) -> None:
    """Take a certificate out of the open change; a change that says nothing else ends.

    Raises:
        ChangeMoved: the change is not as it was seen, or names no such paper.
    """
    product, change = _hold_open(work, product_id, seen)
    papers = change.proposed["certificates"]
    kept = [one for one in papers if one["key"] != key]
    if len(kept) == len(papers):
        raise ChangeMoved(f"no paper {key}")
    proposed = change.proposed | {"certificates": kept}
    if not kept and all(proposed[name] == value for name, value in change.base.items()):
        _withdraw(work, product, change)
    else:
        _keep(work, product, change, base=change.base, proposed=proposed)


def withdraw_change(work: Work, *, product_id: int, seen: Seen) -> None:
    """Take the open change back: the listing stays as it is published.

    Raises:
        ChangeMoved: it is not as it was seen: sent anew, or an officer decided.
    """
    product, change = _hold_open(work, product_id, seen)
    _withdraw(work, product, change)


def end_open_change(work: Work, product_id: int) -> None:
    """End whatever waits for goods that leave the shop; whoever calls holds their row."""
    work.session.execute(
        update(ProductChange)
        .where(ProductChange.product_id == product_id, ProductChange.ended_at.is_(None))
        .values(state="withdrawn", ended_at=work.now, version=ProductChange.version + 1)
    )


def hold_published(work: Work, product_id: int) -> Product:
    """The row of goods on sale, locked until the commit.

    Raises:
        NotFound: there are none.
        ProductClosed: they are not on sale (any more).
    """
    product = work.session.get(Product, product_id, with_for_update=True, populate_existing=True)
    if product is None:
        raise NotFound(f"no product {product_id}")
    if product.state != ProductState.PUBLISHED:
        raise ProductClosed(f"product {product_id} is {product.state}")
    return product


def open_change_of(work: Work, product_id: int) -> ProductChange | None:
    """The change that waits for a product whose row is held."""
    return work.session.scalars(
        select(ProductChange)
        .where(ProductChange.product_id == product_id, ProductChange.ended_at.is_(None))
        .execution_options(populate_existing=True)
    ).one_or_none()


def refuse_group(work: Work, product: Product, group: str) -> None:
    """Refuse a group in which the goods' packs or lots cannot be.

    Raises:
        GroupUnfit, GroupHasLots: a service is neither weighed nor made in lots.
    """
    if kind_of(group) == product.kind or kind_of(group) == "goods":
        return
    packs = select(func.count()).select_from(Pack).where(Pack.product_id == product.id)
    if work.session.scalar(packs.where(Pack.base_unit != "piece")):
        raise GroupUnfit(f"product {product.id} is weighed")
    if work.session.scalar(select(Lot.id).where(Lot.product_id == product.id).limit(1)):
        raise GroupHasLots(f"product {product.id} has lots")


def _refuse_other_paper(work: Work, paper: NewPaper) -> None:
    if paper.replaces is None:
        return
    version = work.session.scalar(
        select(Certificate.version).where(Certificate.id == paper.replaces)
    )
    if version != paper.replaces_version:
        raise PaperChanged(f"certificate {paper.replaces} is at {version}")


def _hold_open(work: Work, product_id: int, seen: Seen) -> tuple[Product, ProductChange]:
    product = hold_published(work, product_id)
    change = open_change_of(work, product_id)
    if change is None or Seen(change.version, change.public_id) != seen:
        raise ChangeMoved(f"product {product_id}: the change is not {seen}")
    return product, change


def _keep(
    work: Work,
    product: Product,
    change: ProductChange | None,
    *,
    base: dict[str, Any],
    proposed: dict[str, Any],
) -> None:
    """Send it (anew): its days begin today. `base` is what was published when it was worded.

    Whatever is sent anew carries its name along: one that came back is asked about again.
    """
    if change is None:
        change = ProductChange(
            public_id=work.new_public_id(),
            product_id=product.id,
            enterprise_id=product.enterprise_id,
            version=0,
        )
        work.session.add(change)
    change.version += 1
    change.state, change.reason = "waiting", ""
    change.base, change.proposed = base, proposed
    change.submitted_at = work.now
    work.session.flush()
    record_of_product(work, product, act="propose_change", version=product.version)
    named = NamedObject("product", product.id, product.enterprise_id)
    if proposed["name"] != base["name"]:
        ask_about_name(work, of=named, name=proposed["name"])
    else:
        settle_names(work, of=named, outcome="withdrawn")


def _withdraw(work: Work, product: Product, change: ProductChange) -> None:
    change.state, change.ended_at = "withdrawn", work.now
    change.version += 1
    work.session.flush()
    named = NamedObject("product", product.id, product.enterprise_id)
    settle_names(work, of=named, outcome="withdrawn")
    record_of_product(work, product, act="withdraw_change", version=product.version)


def _as_json(work: Work, paper: NewPaper) -> dict[str, Any]:
    entry = asdict(paper.entry)
    for name in ("valid_from", "valid_until"):
        entry[name] = entry[name].isoformat() if entry[name] else None
    return entry | {
        "key": work.new_public_id(),
        "photo_id": paper.photo_id,
        "replaces": paper.replaces,
        "replaces_version": paper.replaces_version,
    }
