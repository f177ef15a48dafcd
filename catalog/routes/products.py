"""A product's page."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from apiflask import APIBlueprint
from flask import Response
from markupsafe import Markup

from catalog import queries
from catalog.errors import MakerClosed
from catalog.queries import FullProduct, Paper, PublicLot
from catalog.routes import showing
from catalog.routes.addresses import moved
from catalog.routes.lot_lines import lot_lines
from catalog.rules import RecognitionFacts
from core import clock, display
from core.errors import NotFound
from core.language import current_language
from core.pages import public_page
from core.photos.queries import Picture
from core.slots import fill
from core.slugs import slug_key_of
from core.work import reading

bp = APIBlueprint("products", __name__, enable_openapi=False)


@dataclass(frozen=True)
class ProductPage:
    """Everything a product's page shows."""

    product: FullProduct
    lots: list[PublicLot]
    pictures: list[Picture]
    papers: list[Paper]
    origin: list[Markup]

    @property
    def reviewed_on(self) -> date | None:
        """The day in Việt Nam on which an officer looked."""
        review = self.product.review
        return clock.day_of(review.reviewed_at) if review else None

    @property
    def versions(self) -> tuple[object, ...]:
        """What the page was made of, for its ETag."""
        lots = tuple((lot.id, lot.version, lot.on_hold_since) for lot in self.lots)
        card = self.product.card
        return (
            card.versions,
            lots,
            self.pictures,
            self.papers,
            self.product.review,
            self.origin,
        )


@bp.get("/products/<slug>")
def product(slug: str) -> Response:
    """One product: price, maker, rank, lots. Another slug of the same product leads here."""
    language, today = current_language(), clock.today()
    shown = _page(slug, language, today)
    if shown.product.card.slug != slug:
        return moved(f"/products/{shown.product.card.slug}")
    return public_page(
        "catalog/product.html",
        versions=shown.versions,
        context=lambda: _context(shown, language, today),
    )


def _page(slug: str, language: str, today: date) -> ProductPage:
    key = slug_key_of(slug)
    if key is None:
        raise NotFound("not a slug")
    with reading() as session:
        found = queries.product_by_slug_key(session, key, language=language, today=today)
        if found is None:
            left = queries.left_with_maker(session, key)
            raise (MakerClosed if left else NotFound)("no published product has this slug")
        card = found.card
        return ProductPage(
            product=found,
            lots=queries.lots_of(session, card.id),
            pictures=[
                each.picture
                for each in queries.pictures_of(session, card.id)
                if each.subject == "gallery"
            ],
            papers=queries.papers_in_force(
                session, product_id=card.id, enterprise_id=card.maker.id, today=today
            ),
            origin=fill("product.origin", session, [card.id])[card.id],
        )


def _context(shown: ProductPage, language: str, today: date) -> dict[str, object]:
    found, product = shown.product, shown.product.card
    facts = product.rank.facts
    return {
        "product": product,
        "full": found,
        "pictures": shown.pictures,
        "card": showing.card_words(product, language),
        "prices": [showing.price_words(price, language) for price in product.prices],
        "place": showing.place_words(product.maker),
        "phone_words": showing.phone_words(product.maker.phone) if product.maker.phone else "",
        "facts": facts,
        "decided": _decided(facts, language),
        "lots": lot_lines(shown.lots, language, today),
        "papers": [(paper, _day(paper.valid_until, language)) for paper in shown.papers],
        "looked_by": found.review.level if found.review else "",
        "looked_at": found.review.looked_at if found.review else (),
        "reviewed": _day(shown.reviewed_on, language),
        "origin": shown.origin,
        "source_host": urlsplit(found.source_url).hostname if found.source_url else "",
    }


def _decided(facts: RecognitionFacts | None, language: str) -> str:
    """The day of a recognition, or its year where no more is known; else empty."""
    if facts is None:
        return ""
    return _day(facts.decided_on, language) or str(facts.decided_year or "")


def _day(value: date | None, language: str) -> str:
    return display.day(value, language) if value else ""
