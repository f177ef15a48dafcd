"""What an engine keeps of a product: tokens of `core.text`, facet values and numbers. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from catalog.search.standing import Period
from core.text.search import QUERY_CHARACTERS, TextTokens, index_tokens

# Between two texts in a field: no phrase reaches across it, and no question can hold it, because
# it is no letter. A token of its own for both engines.
GAP = "¦"


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """The searched fields, each a line of tokens with single spaces between."""

    name: str  # Of the product's own name: every spelling, with marks and without, no order.
    exact: str
    fold: str
    joined: str
    prefixes: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """One published product."""

    product_id: int
    tokens: Tokens
    group: str
    province: str | None
    commune: str | None
    producer: str  # Slug key.
    periods: tuple[Period, ...]  # Standing by day.
    price_vnd: int | None  # The lowest offered.
    unit_price_vnd: int | None  # The lowest per kilogram or litre; None for pieces.
    quality: int
    published_at: int  # Seconds since 1970, UTC.


def tokens_of(*, names: Iterable[str], others: Iterable[str]) -> Tokens:
    """Give the tokens of a product: its names (each language), then maker, places and kinds."""
    of_names = [index_tokens(text) for text in names if text]
    every = of_names + [_kept_tokens(text) for text in others if text]
    return Tokens(
        name=_line((*each.exact, *each.joined) for each in of_names),
        exact=f" {GAP} ".join(" ".join(_askable(each.exact)) for each in every),
        fold=_line(each.fold for each in every),
        joined=_line(each.joined for each in every),
        prefixes=_line(each.prefixes for each in every),
    )


@lru_cache(maxsize=2_048)  # Makers, places, groups and kinds come again and again.
def _kept_tokens(text: str) -> TextTokens:
    return index_tokens(text)


def _line(fields: Iterable[Iterable[str]]) -> str:
    """Distinct tokens of all texts: order and frequency do not matter outside `exact`."""
    return " ".join(dict.fromkeys(token for field in fields for token in _askable(field)))


def _askable(tokens: Iterable[str]) -> Iterator[str]:
    """Leave out what no question is long enough to hold, and an engine would cut into pieces."""
    return (token for token in tokens if len(token) <= QUERY_CHARACTERS)
