"""What an import is made of, whatever file it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from accounts.service import NewEnterprise
from catalog.errors import Beside
from catalog.rules import SERVICES
from core.errors import AppError


def kind_of(group: str) -> str:
    """Goods, or a service: a visit has no lot and no stamp."""
    return "service" if group in SERVICES else "goods"


@dataclass(frozen=True)
class Words:
    """A product's words in one language; None where whoever speaks says nothing of it."""

    name: str
    language: str = "vi"
    summary: str | None = None
    story: str | None = None

    def over(self, stored: "Words | None") -> "Words":
        """These words, with what is stored where they say nothing."""
        below = stored or Words(self.name, self.language, "", "")
        return Words(
            self.name,
            self.language,
            below.summary if self.summary is None else self.summary,
            below.story if self.story is None else self.story,
        )


@dataclass(frozen=True)
class PackRow:
    """A pack and its maker's price for it."""

    content: int  # In base units.
    base_unit: str  # g | ml | piece
    words: str
    price_vnd: int
    is_illustrative: bool = False
    by_weight: bool = False
    gtin: str | None = None
    size_words: str | None = None
    weight_g: int | None = None
    # Whether the maker called it so: else any pack with the same content is meant.
    is_named: bool = field(default=True, compare=False)
    # Whether an odd price is asked about: typed in a form, and not confirmed there.
    price_is_asked: bool = field(default=False, compare=False)

    @property
    def measure(self) -> tuple[int, str, str]:
        """What tells the packs of a product apart."""
        return self.content, self.base_unit, self.words

    def over(self, stored: "PackRow") -> "PackRow":
        """This pack, with what is stored where it says nothing; a typed price is no guess again."""
        keeps_price = self.is_illustrative and not stored.is_illustrative
        return replace(
            self,
            price_vnd=stored.price_vnd if keeps_price else self.price_vnd,
            is_illustrative=self.is_illustrative and not keeps_price,
            words=self.words if self.is_named else stored.words,
            gtin=self.gtin or stored.gtin,
            size_words=self.size_words or stored.size_words,
            weight_g=self.weight_g or stored.weight_g,
        )


@dataclass(frozen=True)
class RecognitionRow:
    """What a source says of a product's OCOP rank; field names are the columns'."""

    stage: str
    stars: int | None = None
    decision: str | None = None
    authority: str | None = None
    decided_on: date | None = None
    decided_year: int | None = None
    valid_until: date | None = None
    source_url: str | None = None


@dataclass(frozen=True)
class ProductRow:
    """One product to be imported. `key` says which product the same row means next time."""

    key: str
    producer: NewEnterprise | int  # To be entered if unknown, or the id of one that exists.
    group: str
    words: tuple[Words, ...]  # Vietnamese first.
    is_published: bool
    source_url: str | None = None
    recognition: RecognitionRow | None = None
    packs: tuple[PackRow, ...] = ()

    @property
    def kind(self) -> str:
        """Goods, or a service."""
        return kind_of(self.group)

    @property
    def is_its_makers(self) -> bool:
        """Whether a member brings it: then it may change no more than the form lets them."""
        return isinstance(self.producer, int)


class Fate(StrEnum):
    """What becomes of a row of an import."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """What became of one row; with what undoing it needs."""

    fate: Fate
    object_id: int | None = None
    version: int | None = None  # The object's, after the row was written.
    before: dict[str, Any] | None = None  # What an update wrote over, as JSON keeps it.
    refusal: AppError | None = None
    doubt: Beside | None = None  # What a reader should look at before it is written.


@dataclass(frozen=True)
class ImportCounts:
    """How many products an import made, changed and found as they were; what it refused."""

    created: int
    updated: int
    unchanged: int
    refused: Mapping[str, AppError] = field(default_factory=dict)  # By the row's key: why.

    @property
    def numbers(self) -> dict[str, int]:
        """What a command says of it."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": len(self.refused),
        }
