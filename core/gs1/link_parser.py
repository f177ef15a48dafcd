"""Reads Digital Links: whole addresses, and the paths that browsers ask us for."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote, unquote_plus

from core.gs1 import errors
from core.gs1.check_digits import is_digits
from core.gs1.digital_link import DigitalLink, require_attributes, require_sequence
from core.gs1.elements import padded, require_together, require_value
from core.gs1.identifiers import APPLICATION_IDENTIFIERS, Element

LONGEST_QUERY_FIELDS: Final = 50  # More than any link needs; bounds the work of a hostile one.
_SCHEMES: Final = frozenset({"http", "https", "HTTP", "HTTPS"})
_HOST: Final = re.compile(r"[-A-Za-z0-9.:\[\]]+")  # Names, addresses and ports; no user, no "%".
_URI_CHARACTERS: Final = re.compile(r"[-A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%]*")  # RFC 3986, 2.
_BROKEN_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def parse(uri: str) -> DigitalLink:
    """Read a whole address; the stem may be any domain and any leading path.

    A trailing slash is tolerated, as a resolver should; a fragment is no part of what is said.

    Raises:
        Malformed: see its subclasses, one for each reason.
    """
    scheme, _, rest = uri.partition("://")
    if scheme not in _SCHEMES:
        raise errors.WrongScheme
    if not _URI_CHARACTERS.fullmatch(rest):
        raise errors.ForeignUriCharacter
    host, slash, rest = rest.partition("/")
    if not slash or not _HOST.fullmatch(host):
        raise errors.WrongHost
    path, _, query = rest.partition("#")[0].partition("?")
    return parse_path(f"/{path}", query)


def parse_path(path: str, query: str = "") -> DigitalLink:
    """Read path and query as they stand in the address, still percent-encoded.

    Fields of the query whose name is no number are not looked at: apps hang on what they like.

    Raises:
        Malformed: see its subclasses, one for each reason.
    """
    segments = path.removesuffix("/").split("/")
    start = _primary_key_at(segments)
    pairs = zip(segments[start::2], segments[start + 1 :: 2], strict=True)
    path_elements = tuple(Element(name, _decoded(name, raw)) for name, raw in pairs)
    for element in path_elements:
        require_value(element)
    require_sequence(path_elements)
    attributes = tuple(_attributes(query))
    require_attributes(path_elements, attributes)
    require_together(path_elements + attributes)
    return DigitalLink(path_elements, attributes, query)


def _primary_key_at(segments: list[str]) -> int:
    """The standard scans from the right: a stem may hold anything, a lot may be named "01"."""
    for start in range(len(segments) - 2, 0, -2):
        row = APPLICATION_IDENTIFIERS.get(segments[start])
        if row is None:
            break
        if row.primary_key:
            return start
    raise errors.NoPrimaryKey


def _decoded(name: str, raw: str) -> str:
    if not _URI_CHARACTERS.fullmatch(raw):
        raise errors.ForeignUriCharacter(name)
    if _BROKEN_ESCAPE.search(raw):
        raise errors.BrokenEscape(name)
    return unquote(raw)  # Not `unquote_plus`: in a path a plus is a plus.


def _attributes(query: str) -> Iterator[Element]:
    fields = [field for field in query.split("&") if field]
    if len(fields) > LONGEST_QUERY_FIELDS:
        raise errors.TooManyFields
    for field in fields:
        name, given, raw = field.partition("=")
        if given and is_digits(name):
            if _BROKEN_ESCAPE.search(raw):
                raise errors.BrokenEscape(name)
            # In a query a plus is a space. Only here the standard lets a GTIN be short.
            element = padded(Element(name, unquote_plus(raw)))
            require_value(element)
            yield element
