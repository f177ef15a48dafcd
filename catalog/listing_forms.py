"""What makers type on the screens of a listing; a row of packs is a form of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated

from werkzeug.datastructures import MultiDict

from catalog.forms import PackForm, VersionForm
from catalog.models.products import MAX_PRICE_VND
from catalog.queries import ManagedPack
from catalog.rules import Group, story_of
from catalog.service import PackRow
from core.forms import Drawn, Refused, read
from core.text.typed import Dong, ManyLines, OneLine

ROWS_ASKED = 3  # A kilogram, half of one, a box: most sell in no more ways.
MOST_ROWS = 8
ROW_FIELDS = ("pack", "pack_content", "pack_unit", "pack_words", "price_vnd", "price_confirmed")
LOOSE_CONTENT_G = 1_000
LOOSE_WORDS = "kg"  # As on a market's board: "85.000 ₫ / kg".


class NameForm(VersionForm):
    """What buyers call it."""

    name: Annotated[str, OneLine(at_most=120, at_least=2)]


class GroupForm(VersionForm):
    """Its group, and what it is."""

    group: Group
    summary: Annotated[str, ManyLines(at_most=500)] = ""


class StoryForm(VersionForm):
    """The answers to three questions; a story that is there already comes as one text."""

    story: Annotated[str, ManyLines(at_most=2_000)] = ""
    story_who: Annotated[str, ManyLines(at_most=600)] = ""
    story_how: Annotated[str, ManyLines(at_most=600)] = ""
    story_why: Annotated[str, ManyLines(at_most=600)] = ""

    @property
    def told(self) -> str:
        """The one text that is kept."""
        return story_of([self.story, self.story_who, self.story_how, self.story_why])


class LooseForm(VersionForm):
    """The price of a kilogram, where goods are weighed before the buyer's eyes."""

    loose_price_vnd: Annotated[int, Dong(at_least=1, at_most=MAX_PRICE_VND)] | None = None
    loose_price_confirmed: bool = False

    @property
    def pack(self) -> PackRow | None:
        """The kilogram; None where nothing is sold by weight."""
        if self.loose_price_vnd is None:
            return None
        return PackRow(
            LOOSE_CONTENT_G,
            "g",
            LOOSE_WORDS,
            self.loose_price_vnd,
            by_weight=True,
            price_is_asked=not self.loose_price_confirmed,
        )


@dataclass(frozen=True)
class PackTyped:
    """One row as it was understood."""

    number: int  # As drawn: its fields end in it.
    pack: PackRow
    public_id: str = ""  # Of the pack it changes.


@dataclass(frozen=True)
class PacksTyped:
    """All rows as they were typed, and those that could be understood."""

    values: Mapping[str, str | list[str]]
    errors: Mapping[str, str] = field(default_factory=dict)
    rows: Sequence[PackTyped] = ()
    loose: PackRow | None = None
    version: int = 0

    @property
    def is_refused(self) -> bool:
        """Whether some row cannot be taken."""
        return bool(self.errors)


def rows_of(stored: int) -> int:
    """How many rows a form has whose product has so many packs: at least one is free."""
    return min(max(ROWS_ASKED, stored + 1), MOST_ROWS)


def read_packs(sent: MultiDict[str, str], stored: Sequence[ManagedPack]) -> PacksTyped:
    """The rows that hold something; an empty one is no pack."""
    values: dict[str, str | list[str]] = {}
    errors: dict[str, str] = {}
    rows: list[PackTyped] = []
    head = read(LooseForm, sent)
    values |= _values(head, sent, tuple(LooseForm.model_fields))
    errors |= head.errors if isinstance(head, Refused) else {}
    known = {each.public_id: each for each in stored}
    for number in range(1, MOST_ROWS + 1):
        row = MultiDict({name: sent.get(f"{name}_{number}", "") for name in ROW_FIELDS})
        values |= {f"{name}_{number}": row[name] for name in ROW_FIELDS}
        if not any(row[name].strip() for name in ("pack_content", "pack_words", "price_vnd")):
            continue
        form = read(PackForm, row)
        if isinstance(form, Refused):
            errors |= {f"{name}_{number}": said for name, said in form.errors.items()}
        else:
            rows.append(_row(number, form, known.get(row["pack"])))
    return PacksTyped(
        values,
        errors,
        rows,
        None if isinstance(head, Refused) else head.pack,
        0 if isinstance(head, Refused) else head.version,
    )


def _row(number: int, form: PackForm, stored: ManagedPack | None) -> PackTyped:
    """The row, with what only the pack's own page asks for left as it is."""
    if stored is None:
        return PackTyped(number, form.pack)
    pack = replace(
        form.pack, gtin=stored.gtin, size_words=stored.size_words, weight_g=stored.weight_g
    )
    return PackTyped(number, pack, stored.public_id)


def _values(
    form: LooseForm | Refused, sent: MultiDict[str, str], names: Sequence[str]
) -> dict[str, str | list[str]]:
    if isinstance(form, Drawn):
        return {name: form.value(name) for name in names}
    return {name: sent.get(name, "") for name in names}
