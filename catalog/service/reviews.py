"""What officers decide about listings: kept with what they saw, and told to the maker."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from accounts.service import NamedObject, settle_names
from accounts.turns import Level, days_left, is_on_time
from catalog.models import Pack, Product, ProductChange, ProductReview
from catalog.service.revisions import words_fields
from core.clock import day_of
from core.messages import send
from core.work import Work


@dataclass(frozen=True)
class Look:
    """An officer's look at a product as it stood on the screen."""

    product_id: int
    version: int
    level: Level
    looked_at: Collection[str] = ()
    as_deputy: bool = False


def keep_review(
    work: Work,
    look: Look,
    product: Product,
    *,
    outcome: str,
    reason: str = "",
    change: ProductChange | None = None,
) -> None:
    """Store what was seen and decided, whether in time, and tell the maker.

    Cases about its name end with the decision. With `change` the look was at a change of goods
    on sale, and `look.version` is the change's.
    """
    assert work.by.person_id is not None, "only people look"
    sent_at = change.submitted_at if change else product.submitted_at
    work.session.flush()
    named = NamedObject("product", product.id, product.enterprise_id)
    settle_names(work, of=named, outcome="accepted" if outcome == "published" else "returned")
    work.session.add(
        ProductReview(
            product_id=look.product_id,
            enterprise_id=product.enterprise_id,
            officer_id=work.by.person_id,
            level=look.level,
            as_deputy=look.as_deputy,
            outcome=outcome,
            looked_at=sorted(look.looked_at),
            reason=reason,
            product_version=_version_seen(look, product, outcome, change),
            said=_said(work, product) | _proposed(change),
            on_time=is_on_time(day_of(sent_at), work.today) if sent_at else None,
            days_left=days_left(day_of(sent_at), work.today) if sent_at else None,
            reviewed_at=work.now,
        )
    )
    kind = f"{'change' if change else 'product'}_{outcome}"
    send(
        work,
        enterprise_id=product.enterprise_id,
        kind=kind,
        values={"product_id": look.product_id},
        once_key=f"{kind}:{change.public_id if change else look.product_id}:{look.version}",
    )


def _version_seen(look: Look, product: Product, outcome: str, change: ProductChange | None) -> int:
    """The listing's version on the screen: publishing a change raised it, a return did not."""
    if change is None:
        return look.version
    return product.version - 1 if outcome == "published" else product.version


def _proposed(change: ProductChange | None) -> dict[str, Any]:
    """The words of a change that was on the screen: over those that are published."""
    if change is None:
        return {}
    return {name: change.proposed[name] for name in change.base}


def _said(work: Work, product: Product) -> dict[str, Any]:
    """The words that were on the officer's screen."""
    packs = work.session.scalars(
        select(Pack.words).where(Pack.product_id == product.id).order_by(Pack.id)
    ).all()
    return words_fields(work, product) | {"packs": list(packs)}
