"""What an import is made of, whatever file it came from."""

from dataclasses import dataclass
from datetime import date

from accounts.service import NewEnterprise


@dataclass(frozen=True)
class Words:
    """A product's words in one language."""

    name: str
    language: str = "vi"
    summary: str = ""
    story: str = ""


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
        """Goods, or a service: a visit has no lot and no stamp."""
        return "service" if self.group == "du_lich" else "goods"


@dataclass(frozen=True)
class ImportCounts:
    """How many products an import made, changed and found as they were."""

    created: int
    updated: int
    unchanged: int
