"""GS1 Digital Link (URI Syntax 1.6): the value of a link, and what is built from elements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from core.gs1 import errors
from core.gs1.elements import known, padded, require_together, require_value
from core.gs1.identifiers import ApplicationIdentifier, Element

CANONICAL_STEM: Final = "https://id.gs1.org"


@dataclass(frozen=True, slots=True)
class DigitalLink:
    """A primary key with its qualifiers, as the path says them, and attributes from the query.

    `query` is the query as it came, with what else it says; nothing built here repeats it.
    """

    path_elements: tuple[Element, ...]
    attributes: tuple[Element, ...] = ()
    query: str = ""

    @property
    def elements(self) -> tuple[Element, ...]:
        """All that the link says in GS1's terms, in its order."""
        return self.path_elements + self.attributes

    @property
    def primary_key(self) -> Element:
        """What the link is about: goods, a place, a party, a document."""
        return self.path_elements[0]

    @property
    def gtin14(self) -> str | None:
        """The 14 digits of the GTIN, where the link is about goods."""
        return self._in_path("01")

    @property
    def lot(self) -> str | None:
        """The lot's code, as the link says."""
        return self._in_path("10")

    @property
    def serial(self) -> str | None:
        """The serial, as the link says: any text of GS1's set, not yet one of ours."""
        return self._in_path("21")

    @property
    def path(self) -> str:
        """The path, percent-encoded as the standard wants it."""
        return "".join(f"/{name}/{quote(value, safe='')}" for name, value in self.path_elements)

    @property
    def canonical(self) -> str:
        """The one address of these elements: GS1's own stem, attributes in order, nothing else."""
        return self.under(CANONICAL_STEM)

    def under(self, stem: str) -> str:
        """Give the address under a stem: scheme, host and perhaps a leading path."""
        fields = (f"{name}={quote(value, safe='')}" for name, value in sorted(self.attributes))
        query = "&".join(fields)
        return stem.removesuffix("/") + self.path + (f"?{query}" if query else "")

    def _in_path(self, identifier: str) -> str | None:
        return next((value for name, value in self.path_elements if name == identifier), None)


def link_of(elements: Iterable[tuple[str, str]]) -> DigitalLink:
    """Give the link of elements in any order; a GTIN-8, -12 or -13 is filled up to 14 digits.

    The first that can be is the primary key, as many others as can be are its qualifiers.

    Raises:
        Malformed: a wrong value, elements that do not go together or that no link carries.
    """
    given = tuple(dict.fromkeys(padded(Element(*element)) for element in elements))
    for element in given:
        require_value(element)
    require_together(given)
    key = next((each for each in given if known(each.identifier).primary_key), None)
    if key is None:
        raise errors.NoPrimaryKey
    values = dict(given)
    sequences = known(key.identifier).qualifiers
    qualifiers = max(
        ([name for name in sequence if name in values] for sequence in sequences), key=_need
    )
    path_elements = (key, *(Element(name, values[name]) for name in qualifiers))
    attributes = tuple(each for each in given if each not in path_elements)
    require_attributes(path_elements, attributes)
    return DigitalLink(path_elements, attributes)


def build(elements: Iterable[tuple[str, str]], stem: str = CANONICAL_STEM) -> str:
    """Give the address of elements in any order under a stem, by default the canonical one.

    Raises:
        Malformed: as `link_of`.
    """
    return link_of(elements).under(stem)


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
    return stem + DigitalLink((Element("01", gtin14), Element("21", serial))).path


def require_sequence(path_elements: Sequence[Element]) -> None:
    """Check that the qualifiers follow their key in an order the standard has.

    Raises:
        WrongSequence: one is there twice, out of order, or not of this key.
    """
    key, *qualifiers = (element.identifier for element in path_elements)
    for sequence in known(key).qualifiers:
        if qualifiers == [name for name in sequence if name in qualifiers]:
            return
    raise errors.WrongSequence(qualifiers[-1])


def require_attributes(path_elements: Sequence[Element], attributes: Sequence[Element]) -> None:
    """Check that each attribute may stand in the query beside this path.

    Raises:
        RepeatedIdentifier: it is already there.
        NotAnAttribute: it never stands in a query.
        QualifierInQuery: the path could carry it.
    """
    in_path = [element.identifier for element in path_elements]
    seen = set(in_path)
    for identifier, _ in attributes:
        if identifier in seen:
            raise errors.RepeatedIdentifier(identifier)
        seen.add(identifier)
        if _qualifies(identifier, known(in_path[0]), in_path[1:]):
            raise errors.QualifierInQuery(identifier)
        if not known(identifier).attribute:
            raise errors.NotAnAttribute(identifier)


def _need(qualifiers: list[str]) -> tuple[int, int]:
    """How much a sequence is needed: by those that could stand nowhere else, then by all."""
    return sum(not known(name).attribute for name in qualifiers), len(qualifiers)


def _qualifies(identifier: str, key: ApplicationIdentifier, qualifiers: list[str]) -> bool:
    """Say whether the path could carry it, beside the qualifiers it has.

    A lot belongs into the path of goods, but not beside a third party's serial: no sequence has
    both, so there it is an attribute.
    """
    return any(
        identifier in sequence and set(qualifiers) <= set(sequence) for sequence in key.qualifiers
    )
