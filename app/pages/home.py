"""The front door."""

from apiflask import APIBlueprint
from flask import Response
from markupsafe import Markup

from accounts.queries import MakerName
from catalog import queries
from catalog.queries import Counts
from catalog.routes import showing
from catalog.routes.groups import group_drawing, group_name
from catalog.rules import Group
from core import clock, display
from core.language import current_language, gettext
from core.pages import public_page
from core.places import provinces
from core.work import reading

bp = APIBlueprint("home", __name__, enable_openapi=False)
GOODS_CHOSEN = 10  # Two rows of five, five of two.


@bp.get("/")
def home() -> Response:
    """What is here and where to begin: place and kind first, then a choice that turns by day."""
    language, today = current_language(), clock.today()
    with reading() as session:
        counts = queries.counts(session)
        makers = queries.listed_makers(session)
        chosen = queries.todays_choice(session, today=today, size=GOODS_CHOSEN)
        cards = queries.product_cards(session, chosen, language=language, today=today)
    return public_page(
        "app/home.html",
        versions=(counts, len(makers), *(card.versions for card in cards)),
        context=lambda: {
            "told": _told(counts, makers, language),
            "kinds": _kinds(counts, language),
            "places": _places(counts, language),
            "cards": [showing.card_words(card, language) for card in cards],
        },
    )


def _told(counts: Counts, makers: list[MakerName], language: str) -> str:
    return str(
        gettext(
            "%(products)s sản phẩm của %(makers)s người làm ra ở %(provinces)s tỉnh, thành.",
            products=display.number(counts.products, language),
            makers=display.number(len(makers), language),
            provinces=display.number(len(counts.by_province), language),
        )
    )


def _kinds(counts: Counts, language: str) -> list[tuple[str, str, str, Markup]]:
    """Groups with goods: (code, name, count, drawing)."""
    return [
        (
            group,
            group_name(group),
            display.number(counts.by_group[group], language),
            group_drawing(group),
        )
        for group in Group
        if group in counts.by_group
    ]


def _places(counts: Counts, language: str) -> list[tuple[str, str, str]]:
    """Provinces with goods: (code, name, count)."""
    return [
        (code, place.name, display.number(counts.by_province[code], language))
        for code, place in provinces().items()
        if code in counts.by_province
    ]
