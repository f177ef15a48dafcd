"""What an officer decides about a change of goods on sale: it is written, or goes back."""

from datetime import date
from typing import Any

from sqlalchemy import update

from accounts.queries import makers
from catalog.errors import ChangeBaseMoved, ChangeDecided, SellerUnverified
from catalog.models import Product, ProductChange, ProductText
from catalog.rules import ProductState
from catalog.search import mark_changed
from catalog.service.certificates import CertificateEntry, add_certificate, change_certificate
from catalog.service.changes import raise_version, record_of_product
from catalog.service.entries import kind_of
from catalog.service.proposing import hold_published, open_change_of, refuse_group
from catalog.service.reviews import Look, keep_review
from catalog.service.revisions import keep_revision, words_fields
from core.errors import Changed
from core.work import Work

WORDS = ("name", "group", "summary", "story")


def publish_change(work: Work, *, look: Look) -> None:
    """Write a change an officer compared over what is published: one revision.

    `look.version` is the change's, not the listing's: prices move meanwhile, and may.

    Raises:
        ChangeDecided: it waits no longer, or is not what was on the officer's screen.
        ProductClosed: the goods left the shop.
        SellerUnverified: whoever sells may not sell now.
        ChangeBaseMoved: what is published changed since it was asked for.
        GroupUnfit, GroupHasLots: see `propose_words`.
    """
    assert look.looked_at, "an officer names what was compared"
    product, change = _hold(work, look)
    if makers(work.session, [product.enterprise_id])[product.enterprise_id].state != "verified":
        raise SellerUnverified(f"enterprise {product.enterprise_id} is not verified")
    before = words_fields(work, product)
    if before != change.base:
        raise ChangeBaseMoved(f"product {product.id} says something else since")
    refuse_group(work, product, change.proposed["group"])
    product = raise_version(
        work,
        product_id=product.id,
        version=product.version,
        act="publish_change",
        within=(ProductState.PUBLISHED,),
        group=change.proposed["group"],
        kind=kind_of(change.proposed["group"]),
    )
    after = {name: change.proposed[name] for name in WORDS}
    _write_words(work, product, after)
    for paper in change.proposed["certificates"]:
        _write_paper(work, product, paper)
    keep_revision(work, product, act="publish_change", before=before, after=after)
    change.state, change.ended_at = "published", work.now
    change.version += 1
    keep_review(work, look, product, outcome="published", change=change)
    mark_changed(work, [product.id])


def return_change(work: Work, *, look: Look, reason: str) -> None:
    """Send a change back with the reason; what is published stays.

    Raises:
        ChangeDecided, ProductClosed: as `publish_change`.
    """
    product, change = _hold(work, look)
    change.state, change.reason = "returned", reason
    change.version += 1
    record_of_product(work, product, act="return_change", version=product.version)
    keep_review(work, look, product, outcome="returned", reason=reason, change=change)


def _hold(work: Work, look: Look) -> tuple[Product, ProductChange]:
    product = hold_published(work, look.product_id)
    change = open_change_of(work, product.id)
    if change is None or (change.state, change.version) != ("waiting", look.version):
        raise ChangeDecided(f"the change of product {product.id} is not as it was seen")
    return product, change


def _write_words(work: Work, product: Product, after: dict[str, Any]) -> None:
    work.session.execute(
        update(ProductText)
        .where(ProductText.product_id == product.id, ProductText.language == "vi")
        .values(name=after["name"], summary=after["summary"], story=after["story"])
    )


def _write_paper(work: Work, product: Product, paper: dict[str, Any]) -> None:
    until = paper["valid_until"]
    entry = CertificateEntry(
        name=paper["name"],
        issuer=paper["issuer"],
        number=paper["number"],
        scope=paper["scope"],
        valid_from=date.fromisoformat(paper["valid_from"]),
        valid_until=date.fromisoformat(until) if until else None,
    )
    photo_id = paper["photo_id"]
    if paper["replaces"] is None:
        add_certificate(
            work,
            product_id=product.id,
            enterprise_id=product.enterprise_id,
            entry=entry,
            photo_id=photo_id,
        )
        return
    try:
        change_certificate(
            work,
            certificate_id=paper["replaces"],
            version=paper["replaces_version"],
            entry=entry,
            photo_id=photo_id,
        )
    except Changed as error:
        raise ChangeBaseMoved(str(error)) from error
