"""Products in the reader's words: plain values for the templates of `templates/ui`."""

from dataclasses import dataclass

from markupsafe import Markup

from accounts.queries import Maker
from catalog.covers import cover_svg
from catalog.queries import Price, ProductCard, Rank
from core import display
from core.errors import sentence
from core.language import current_language, gettext
from core.photos.queries import Picture

# What packs are called, for readers of English; sizes and units follow and need no translation.
PACK_WORDS = (
    sentence("lượt khách"),
    sentence("đêm nghỉ"),
    sentence("hộp"),
    sentence("gói"),
    sentence("túi"),
    sentence("chai"),
    sentence("lọ"),
    sentence("hũ"),
    sentence("khay"),
    sentence("vỉ"),
    sentence("lốc"),
    sentence("cốc"),
    sentence("tuýp"),
    sentence("chiếc"),
    sentence("viên"),
    sentence("bức"),
    sentence("chậu"),
    sentence("đôi"),
    sentence("con"),
    sentence("bộ"),
)


@dataclass(frozen=True)
class PriceWords:
    """A price as it is read."""

    amount: str
    unit: str
    per: str
    illustrative: bool


@dataclass(frozen=True)
class CardWords:
    """A product in a list."""

    url: str
    name: str
    maker: str
    place: str
    drawing: Markup  # Empty where there is a photo.
    picture: Picture | None
    price: PriceWords | None
    standing: str
    stars: int
    until: str


def card_words(product: ProductCard, locale: str) -> CardWords:
    """A product for the macro `card`."""
    return CardWords(
        url=f"/products/{product.slug}",
        name=product.name,
        maker=product.maker.name,
        place=product.maker.province,
        drawing=Markup() if product.cover else drawing_of(product),
        picture=product.cover,
        price=price_words(product.prices[0], locale) if product.prices else None,
        standing=product.rank.standing.value,
        stars=product.rank.stars,
        until=until_of(product.rank, locale),
    )


def drawing_of(product: ProductCard) -> Markup:
    """The drawn cover; its words choose the motif, its id the pigments."""
    # Our own drawing: no word of the product stands in it.
    return Markup(cover_svg(product.own_name, product.group, product.cover_seed))  # noqa: S704


def until_of(rank: Rank, locale: str) -> str:
    """The last day in force; empty where no stars may be shown."""
    facts = rank.facts
    if not rank.stars or facts is None or facts.valid_until is None:
        return ""
    return display.day(facts.valid_until, locale)


def price_words(price: Price, locale: str) -> PriceWords:
    """A price for the macro `price`: with the price of a kilogram or litre where it says more."""
    per = ""
    if price.has_unit_price:
        per = display.unit_price(price.price_vnd, price.content, price.base_unit, locale)
    return PriceWords(
        amount=display.vnd(price.price_vnd, locale),
        unit=pack_words(price.words),
        per=per,
        illustrative=price.is_illustrative,
    )


def pack_words(words: str) -> str:
    """A pack's words, its kind translated: "hộp 200 g" is "box 200 g"."""
    if current_language() == "vi":
        return words
    for kind in PACK_WORDS:
        if words == kind or words.startswith(f"{kind} "):
            return str(gettext(kind)) + words[len(kind) :]
    return words


def place_words(maker: Maker) -> str:
    """Where goods are made: the present commune and province, or the place as published."""
    if maker.commune:
        return f"{maker.commune}, {maker.province}"
    return maker.place_published


def phone_words(phone: str) -> str:
    """A phone number as people read it aloud: "0900 000 011"."""
    return f"{phone[:4]} {phone[4:7]} {phone[7:]}"
