"""GS1's application identifiers, read from the table of its Barcode Syntax Dictionary."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

_TABLE: Final = Path(__file__).parent / "data" / "gs1_ai_table.txt"
_COMPONENT: Final = re.compile(r"(?P<set>[NXYZ])(?P<open>\.\.)?(?P<length>\d+)")
_FLAGS: Final = re.compile(r"[*?]+")
_RULES: Final = ("req=", "ex=", "dlpkey")


class Element(NamedTuple):
    """An application identifier with its value."""

    identifier: str
    value: str


@dataclass(frozen=True, slots=True)
class Component:
    """A stretch of a value: its characters, how many, and the checks it must pass, by name."""

    character_set: str
    shortest: int
    longest: int
    checks: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ApplicationIdentifier:
    """One row of the table. Identifiers in `required` and `excluded` may end in "n": any digit."""

    identifier: str
    title: str
    components: tuple[Component, ...]
    shortest: int  # Characters of a value, over all components.
    longest: int
    fixed_length: bool  # In an element string nothing need separate it from the next.
    attribute: bool  # May stand in the query of a Digital Link.
    required: tuple[tuple[str, ...], ...] = ()  # One of these groups must be there, all of it.
    excluded: tuple[str, ...] = ()  # None of these may be there.
    # As the primary key of a Digital Link: the sequences its qualifiers may follow it in.
    qualifiers: tuple[tuple[str, ...], ...] = ()

    @property
    def primary_key(self) -> bool:
        """Whether a Digital Link may begin with it."""
        return bool(self.qualifiers)


def _rows(table: str) -> Iterator[ApplicationIdentifier]:
    for line in table.splitlines():
        if line.strip() and not line.startswith("#"):
            row, _, title = line.partition("#")
            yield from _identifiers(row.split(), title.strip())


def _identifiers(words: list[str], title: str) -> Iterator[ApplicationIdentifier]:
    first, _, last = words[0].partition("-")
    flags = words[1] if _FLAGS.fullmatch(words[1]) else ""
    rules = [word for word in words if word.startswith(_RULES)]
    forms = [word for word in words[1:] if word not in rules and word != flags]
    components = tuple(_component(form) for form in forms)
    for number in range(int(first), int(last or first) + 1):
        yield ApplicationIdentifier(
            identifier=str(number).zfill(len(first)),
            title=title,
            components=components,
            shortest=sum(part.shortest for part in components if not part.optional),
            longest=sum(part.longest for part in components),
            fixed_length="*" in flags,
            attribute="?" in flags,
            required=tuple(tuple(group.split("+")) for group in _listed(rules, "req=", ",")),
            excluded=_listed(rules, "ex=", ","),
            qualifiers=_sequences(rules),
        )


def _component(word: str) -> Component:
    """Read `N13,csum`, `X..20` or `[N3],iso3166`: brackets say that it may be missing."""
    form, *checks = word.replace("[", "").replace("]", "").split(",")
    parts = _COMPONENT.fullmatch(form)
    assert parts, word
    longest = int(parts["length"])
    shortest = 1 if parts["open"] else longest
    return Component(parts["set"], shortest, longest, tuple(checks), optional="[" in word)


def _listed(rules: list[str], name: str, separator: str) -> tuple[str, ...]:
    for rule in rules:
        if rule.startswith(name):
            return tuple(rule.removeprefix(name).split(separator))
    return ()


def _sequences(rules: list[str]) -> tuple[tuple[str, ...], ...]:
    """A key alone (`dlpkey`) has one sequence, the empty one; other rows have none."""
    if "dlpkey" in rules:
        return ((),)
    return tuple(tuple(each.split(",")) for each in _listed(rules, "dlpkey=", "|"))


APPLICATION_IDENTIFIERS: Final[Mapping[str, ApplicationIdentifier]] = MappingProxyType(
    {row.identifier: row for row in _rows(_TABLE.read_text(encoding="utf-8"))}
)
