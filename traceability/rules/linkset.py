"""Links of a GS1 resolver: their types, which of them is meant, and all of them as a linkset.

Sources: GS1-Conformant Resolver 1.2 (2026), GS1 Web Vocabulary 1.16, RFC 9264.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

VOCABULARY: Final = "https://ref.gs1.org/voc/"
PREFIX: Final = "gs1:"
# As links of older programs write the same vocabulary.
_SPELLINGS: Final = (
    PREFIX,
    VOCABULARY,
    "https://gs1.org/voc/",
    "https://www.gs1.org/voc/",
    "http://gs1.org/voc/",
)
CONTEXT: Final = "https://ref.gs1.org/standards/resolver/linkset-context"  # Makes it JSON-LD.

# Picks what a request likes best among what is offered; None: it does not say.
Best = Callable[[Sequence[str]], str | None]


class LinkType(StrEnum):
    """What a link is to somebody, by its name in GS1's vocabulary."""

    DEFAULT = "defaultLink"
    VERIFICATION = "verificationService"
    TRACEABILITY = "traceability"
    RECALL = "recallStatus"
    PRODUCT = "pip"
    CERTIFICATION = "certificationInfo"
    RETAILERS = "hasRetailers"


@dataclass(frozen=True, slots=True)
class Link:
    """One link. `href` is a path of ours; the default link says nothing but its title."""

    type: LinkType
    href: str
    title: str
    media_type: str = ""
    languages: tuple[str, ...] = ()
    context: str = ""  # What tells links of one type apart besides: a province's code.


def link_type_named(name: str) -> LinkType | None:
    """Read a link type: `gs1:pip`, `pip`, or whole as the vocabulary has it; None: not ours."""
    for start in _SPELLINGS:
        if name.startswith(start):
            name = name.removeprefix(start)
            break
    return LinkType(name) if name in set(LinkType) else None


def choose(
    links: Iterable[Link], *, language: Best, media_type: Best, context: str = ""
) -> list[Link]:
    """Give what a request means among links of one type: several only where they are equal.

    Nothing that is asked for empties the choice. Where a request says nothing, the first link's
    language and media type are meant.
    """
    left = list(links)
    left = [link for link in left if context and link.context == context] or left
    offered = _once(name for link in left for name in link.languages)
    spoken = language(offered) or next(iter(offered), "")
    left = [link for link in left if spoken in link.languages] or left
    offered = _once(link.media_type for link in left)
    written = media_type(offered) or next(iter(offered), "")
    return [link for link in left if link.media_type == written]


def linkset(anchor: str, links: Iterable[Link], *, root: str) -> dict[str, object]:
    """Give the links of one subject as RFC 9264 writes a linkset in JSON; `root` ends in no slash.

    Names of the vocabulary are whole there; attributes of our own are arrays (RFC 9264, 4.2.4.3).
    """
    subject: dict[str, object] = {"anchor": anchor}
    by_type: dict[LinkType, list[dict[str, object]]] = {}
    for link in links:
        by_type.setdefault(link.type, []).append(_target(link, root))
    subject |= {VOCABULARY + type_: targets for type_, targets in by_type.items()}
    return {"linkset": [subject]}


def _target(link: Link, root: str) -> dict[str, object]:
    said = {
        "href": root + link.href,
        "title": link.title,
        "type": link.media_type,
        "hreflang": list(link.languages),
        "context": [link.context] if link.context else [],
    }
    return {name: value for name, value in said.items() if value}


def _once(names: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name]
