"""What the address of the list asks for: bad values are left out and named, never an error."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from catalog.models.products import GROUPS
from catalog.search import SearchRequest, Sort
from catalog.search.standing import IN_FORCE, STANDINGS
from core.paging import address, page_number
from core.places import communes, provinces
from core.slugs import slug_key_of
from core.text.dong import dong
from core.text.refusal import Unreadable

WORDS_LENGTH = 200  # Of ?q=: longer than any name of goods.
VALUES_AT_MOST = 40  # Of one facet: more than the country has provinces.
PATH = "/products"
SHOWN_FACETS = ("stars", "group", "province")  # Of communes and makers a page shows no lines.


@dataclass(frozen=True)
class Wishes:
    """The parameters of the list, each checked."""

    q: str = ""
    group: tuple[str, ...] = ()
    stars: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    commune: tuple[str, ...] = ()
    producer: tuple[str, ...] = ()  # Slugs as given.
    price_from: int | None = None
    price_to: int | None = None
    sort: str = ""  # As given; empty means what suits: the fit with words, else the newest.
    page: int = 1
    ignored: tuple[str, ...] = ()  # Names of parameters with values nobody can read.

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Every filter in use as (name, value), without words, order and page."""
        facets = ("group", "stars", "province", "commune", "producer")
        pairs = [(name, value) for name in facets for value in getattr(self, name)]
        prices = (("price_from", self.price_from), ("price_to", self.price_to))
        return pairs + [(name, str(value)) for name, value in prices if value is not None]

    def url(self, *, without: tuple[str, str] | None = None, page: int = 1, sort: str = "") -> str:
        """The address of this list: without one filter, on another page, in another order."""
        pairs = [("q", self.q), *(pair for pair in self.chosen if pair != without)]
        pairs += [("sort", sort or self.sort), ("page", str(page) if page > 1 else "")]
        return address(PATH, pairs)

    @property
    def unfiltered_url(self) -> str:
        """The same words without any filter."""
        return address(PATH, [("q", self.q)])

    def request(self, today: date) -> SearchRequest:
        """The question for the search engine."""
        return SearchRequest(
            today=today,
            q=self.q,
            groups=self.group,
            standings=self.stars,
            provinces=self.province,
            communes=self.commune,
            producers=tuple(slug_key_of(slug) or "" for slug in self.producer),
            price_from=self.price_from,
            price_to=self.price_to,
            counted=SHOWN_FACETS,
            sort=Sort(self.sort) if self.sort else Sort.FIT,
            page=self.page,
        )


_KNOWN: dict[str, Callable[[str], bool]] = {
    "group": lambda value: value in GROUPS,
    "stars": lambda value: value == IN_FORCE or value in STANDINGS,
    "province": lambda value: value in provinces(),
    "commune": lambda value: value in communes(),
    "producer": lambda value: len(value) <= WORDS_LENGTH and slug_key_of(value) is not None,
}


def read_wishes(given: "MultiDict[str, str]") -> Wishes:
    """Read the address; unknown parameters are nothing, bad values are named in `ignored`."""
    ignored: list[str] = []
    facets = {name: tuple(_values(given.getlist(name), name, ignored)) for name in _KNOWN}
    words = " ".join(given.get("q", "")[:WORDS_LENGTH].split())
    return Wishes(
        q=words,
        group=facets["group"],
        stars=facets["stars"],
        province=facets["province"],
        commune=facets["commune"],
        producer=facets["producer"],
        price_from=_price(given, "price_from", ignored),
        price_to=_price(given, "price_to", ignored),
        sort=_sort(given.get("sort", ""), ignored),
        page=_page(given.get("page", ""), ignored),
        ignored=tuple(dict.fromkeys(ignored)),
    )


def _values(given: Iterable[str], name: str, ignored: list[str]) -> Iterator[str]:
    for value in list(dict.fromkeys(given))[:VALUES_AT_MOST]:
        if _KNOWN[name](value):
            yield value
        elif value:
            ignored.append(name)


def _price(given: "MultiDict[str, str]", name: str, ignored: list[str]) -> int | None:
    text = given.get(name, "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return min(int(text[:12]), 10**10)
    try:
        return dong(text[:WORDS_LENGTH])
    except Unreadable:
        ignored.append(name)
        return None


def _sort(text: str, ignored: list[str]) -> str:
    if text and text not in set(Sort):
        ignored.append("sort")
        return ""
    return text


def _page(text: str, ignored: list[str]) -> int:
    number = page_number(text)
    if text and number is None:
        ignored.append("page")
    return number or 1
