"""GS1 Digital Link (URI Syntax 1.6): parse what a phone asks for, build what a stamp carries."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from core.gs1.check_digits import has_valid_check_digit
from core.gs1.elements import ELEMENTS, PATH_ONLY, QUALIFIERS

CANONICAL_STEM: Final = "https://id.gs1.org"
LONGEST_QUERY_FIELDS: Final = 50  # More than any link needs; bounds the work of a hostile one.
_BROKEN_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


class LinkFault(StrEnum):
    """Why a text is no Digital Link."""

    SCHEME = "scheme"  # Not http or https, or in mixed case.
    NO_PRIMARY_KEY = "no_primary_key"
    ORDER = "order"  # A qualifier twice, out of order, or one that does not go with the key.
    VALUE = "value"  # Length or character set.
    CHECK_DIGIT = "check_digit"
    QUALIFIER_IN_QUERY = "qualifier_in_query"
    QUERY = "query"  # More fields than any link needs.


class MalformedLink(ValueError):
    """The text is no Digital Link; `fault` says why, `identifier` where."""

    def __init__(self, fault: LinkFault, identifier: str = "") -> None:
        super().__init__(f"{fault.value} {identifier}".rstrip())
        self.fault = fault
        self.identifier = identifier


@dataclass(frozen=True, slots=True)
class DigitalLink:
    """The elements of a link's path in its order, and the query as it came, unjudged."""

    elements: tuple[tuple[str, str], ...]
    query: str = ""

    @property
    def gtin14(self) -> str:
        """The 14 digits of the GTIN."""
        return dict(self.elements)["01"]

    @property
    def lot(self) -> str | None:
        """The lot's code, as the link says."""
        return dict(self.elements).get("10")

    @property
    def serial(self) -> str | None:
        """The serial, as the link says: any text of GS1's set, not yet one of ours."""
        return dict(self.elements).get("21")

    @property
    def path(self) -> str:
        """The path, percent-encoded as the standard wants it."""
        return "".join(f"/{name}/{quote(value, safe='')}" for name, value in self.elements)

    @property
    def canonical(self) -> str:
        """The address under GS1's own stem, without the query."""
        return CANONICAL_STEM + self.path


def parse(uri: str) -> DigitalLink:
    """Read a whole address; the stem may be any domain and any leading path.

    Raises:
        MalformedLink: see `LinkFault`.
    """
    scheme = uri.partition("://")[0]
    if scheme not in {"http", "https", "HTTP", "HTTPS"}:
        raise MalformedLink(LinkFault.SCHEME)
    try:
        parts = urlsplit(uri)
    except ValueError as broken:  # Brackets that are no IPv6 address.
        raise MalformedLink(LinkFault.SCHEME) from broken
    if not parts.hostname:
        raise MalformedLink(LinkFault.SCHEME)
    return parse_path(parts.path, parts.query)


def parse_path(path: str, query: str = "") -> DigitalLink:
    """Read the path as it stands in the address (still percent-encoded), and guard the query.

    A trailing slash is tolerated, as a resolver should.

    Raises:
        MalformedLink: see `LinkFault`.
    """
    segments = path.rstrip("/").split("/")
    start = _primary_key_at(segments)
    pairs = zip(segments[start::2], segments[start + 1 :: 2], strict=True)
    elements = tuple((name, _value(name, raw)) for name, raw in pairs)
    _require_order(tuple(name for name, _ in elements))
    _require_quiet(query)
    return DigitalLink(elements, query)


def stamp_uri(base_url: str, gtin14: str | None, serial: str) -> str:
    """Give what a stamp's code carries: capitals, so that the code is small.

    A Digital Link where the pack has a GTIN, else our own `/S/…`; no GTIN is ever invented.
    `base_url` is scheme and host alone: only those may change their case.
    """
    parts = urlsplit(base_url)
    assert parts.path in {"", "/"}, base_url
    assert not parts.query, base_url
    assert not parts.fragment, base_url
    stem = f"{parts.scheme}://{parts.netloc}".upper()
    if gtin14 is None:
        return f"{stem}/S/{serial}"
    return stem + DigitalLink((("01", gtin14), ("21", serial))).path


def _primary_key_at(segments: list[str]) -> int:
    """The standard scans from the right: a stem may hold anything, a lot may be named "01"."""
    for start in range(len(segments) - 2, -1, -2):
        if segments[start] in QUALIFIERS:
            return start
    raise MalformedLink(LinkFault.NO_PRIMARY_KEY)


def _value(name: str, raw: str) -> str:
    element = ELEMENTS.get(name)
    if element is None:
        raise MalformedLink(LinkFault.ORDER, name)
    if _BROKEN_ESCAPE.search(raw):
        raise MalformedLink(LinkFault.VALUE, name)
    value = unquote(raw)  # Not `unquote_plus`: in a path a plus is a plus.
    if not element.form.fullmatch(value):
        raise MalformedLink(LinkFault.VALUE, name)
    if element.check_digit and not has_valid_check_digit(value):
        raise MalformedLink(LinkFault.CHECK_DIGIT, name)
    return value


def _require_order(names: tuple[str, ...]) -> None:
    key, *given = names
    for sequence in QUALIFIERS[key]:
        if given == [name for name in sequence if name in given]:
            return
    raise MalformedLink(LinkFault.ORDER, given[-1])


def _require_quiet(query: str) -> None:
    """Keys and qualifiers belong into the path; what else the query says is kept unjudged."""
    try:
        fields = parse_qsl(query, keep_blank_values=True, max_num_fields=LONGEST_QUERY_FIELDS)
    except ValueError as flood:
        raise MalformedLink(LinkFault.QUERY) from flood
    for name, _ in fields:
        if name in PATH_ONLY:
            raise MalformedLink(LinkFault.QUALIFIER_IN_QUERY, name)
