"""What the catalog counts: listings, papers that end, ranks, answers in time."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from accounts.queries import answers_by_deadline
from catalog.models import Certificate, Product, ProductReview, Recognition
from catalog.queries.ranks import RECOGNITION
from catalog.rules import ProductState, RecognitionFacts, Standing, best_standing
from core.figures import Area, Span

PAPERS_END_WITHIN = timedelta(days=90)


def figures_of_makers(
    session: Session, enterprise_ids: Select[int], today: date
) -> dict[int, dict[str, int]]:
    """Each maker's listings by state, and its papers that end within 90 days. Two statements."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for maker_id, listings in listings_by_state(session, enterprise_ids).items():
        for state, count in listings.items():
            found[maker_id][f"listings_{state.value}"] = count
    for id_, count in session.execute(_papers_ending(enterprise_ids, today)):
        found[id_]["papers_ending"] = int(count)
    return found


def listings_by_state(
    session: Session, enterprise_ids: Select[int] | Collection[int]
) -> dict[int, dict[ProductState, int]]:
    """By maker, how many listings are in which state; one without any is not in it."""
    found: dict[int, dict[ProductState, int]] = defaultdict(dict)
    for id_, state, count in session.execute(
        select(Product.enterprise_id, Product.state, func.count())
        .where(Product.enterprise_id.in_(enterprise_ids))
        .group_by(Product.enterprise_id, Product.state)
    ):
        found[id_][ProductState(state)] = count
    return found


def month_of_goods(session: Session, area: Area, span: Span) -> dict[str, int]:
    """Listings on sale and new, ranks on the last day, answers to listings. Three statements."""
    new = and_(Product.published_at >= span.begins_at, Product.published_at < span.ends_at)
    listings = session.execute(
        select(func.count(), func.count().filter(new)).where(
            Product.enterprise_id.in_(area.enterprise_ids),
            Product.state == ProductState.PUBLISHED,
            Product.published_at < span.ends_at,
        )
    ).one()
    answers = session.execute(
        select(*answers_by_deadline(ProductReview))
        .where(ProductReview.enterprise_id.in_(area.enterprise_ids))
        .where(ProductReview.reviewed_at >= span.begins_at)
        .where(ProductReview.reviewed_at < span.ends_at)
    ).one()
    names = ("listing_answers_before", "listing_answers_on", "listing_answers_after")
    return {
        "listings": listings[0],
        "listings_new": listings[1],
        **_ranks(session, area, span),
        **dict(zip(names, answers, strict=True)),
    }


def _papers_ending(enterprise_ids: Select[int], today: date) -> Select[int, int]:
    """By maker, how many certificates and ranks end from today within 90 days."""
    until = today + PAPERS_END_WITHIN
    both = (
        select(Certificate.enterprise_id.label("enterprise_id"))
        .where(Certificate.enterprise_id.in_(enterprise_ids))
        .where(Certificate.valid_until.between(today, until))
        .union_all(
            select(Recognition.enterprise_id)
            .where(Recognition.enterprise_id.in_(enterprise_ids))
            .where(Recognition.valid_until.between(today, until))
            .where(Recognition.review != "refused")
        )
        .subquery("papers")
    )
    return select(both.c.enterprise_id, func.count()).group_by(both.c.enterprise_id)


def _ranks(session: Session, area: Area, span: Span) -> dict[str, int]:
    """How many goods had which standing at the end of the days, as was known then."""
    by_product: dict[int, list[RecognitionFacts]] = defaultdict(list)
    known = or_(Recognition.entered_at.is_(None), Recognition.entered_at < span.ends_at)
    for product_id, confirmed_at, *values in session.execute(
        select(Recognition.product_id, Recognition.confirmed_at, *RECOGNITION)
        .join(Product, Product.id == Recognition.product_id)
        .where(Recognition.enterprise_id.in_(area.enterprise_ids), known)
        .where(Product.state == ProductState.PUBLISHED, Product.published_at < span.ends_at)
    ):
        facts = RecognitionFacts(*values)
        if confirmed_at is not None and confirmed_at >= span.ends_at:
            facts = replace(facts, review="waiting")
        by_product[product_id].append(facts)
    counted = Counter(best_standing(each, today=span.last_on) for each in by_product.values())
    return {f"ranks_{one.value}": counted[one] for one in Standing if one is not Standing.NONE}
