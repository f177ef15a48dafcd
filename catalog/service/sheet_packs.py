"""The pack a line of a sheet names: how much is in it, what it is called, its price. Pure."""

from collections.abc import Mapping

from catalog.models.products import MAX_CONTENT, MAX_PRICE_VND
from catalog.service.entries import PackRow
from catalog.service.sheet_cells import cell, whole
from catalog.sheets.columns import joined
from core.gs1.check_digits import MalformedGtin, gtin14
from core.text.amounts import Amount, amount
from core.text.contents import content_in
from core.text.dong import dong
from core.text.lines import one_line
from core.text.refusal import Unreadable
from core.text.typed import within

PACK_WORDS_LENGTH = 60
MAX_WEIGHT_G = 10**6
LEAST_SOLD_ALONE = 100  # g or ml. Goods are sold by the kg, lạng or litre, none by one gram.
_COLUMNS = ("pack_content", "price_vnd", "gtin")
_OTHERWISE_READ = {"amount_unreadable", "amount_unit_unknown"}  # "gói 500 g" is no amount alone.


def packs_of(texts: Mapping[str, str]) -> tuple[PackRow, ...]:
    """The pack a line names; none where it says neither how much nor for how much.

    Raises:
        Unreadable: with the column and the reason.
    """
    if not any(texts.get(column) for column in _COLUMNS):
        return ()
    texts = _counted_apart(texts)
    content, base_unit = _content(texts)
    called = cell(
        texts, "pack_words", lambda text: one_line(text, at_most=PACK_WORDS_LENGTH, at_least=0)
    )
    size_words = cell(
        texts, "size_words", lambda text: one_line(text, at_most=PACK_WORDS_LENGTH, at_least=0)
    )
    pack = PackRow(
        content=content,
        base_unit=base_unit,
        words=called or _as_counted(texts),
        is_named=bool(called),
        price_vnd=cell(texts, "price_vnd", _price),
        gtin=cell(texts, "gtin", _gtin) if texts.get("gtin") else None,
        size_words=size_words or None,
        weight_g=cell(texts, "weight_g", _weight) if texts.get("weight_g") else None,
    )
    return (pack,)


def _counted_apart(texts: Mapping[str, str]) -> Mapping[str, str]:
    """A bare number among the packs' names ("500", its unit beside it) is how much is in one."""
    called = whole(texts.get("pack_words", ""))
    if texts.get("pack_content") or not called.replace(",", "").replace(".", "").isdigit():
        return texts
    return {**texts, "pack_content": called, "pack_words": ""}


def _as_counted(texts: Mapping[str, str]) -> str:
    """What to call a pack that has no name: its content, "200 g", or what one of it is, "1 kg"."""
    content, unit = texts.get("pack_content", ""), texts.get("pack_unit", "")
    if content or any(each.isdigit() for each in unit):
        return " ".join(part for part in (content, unit) if part)
    return f"1 {unit}"


def _content(texts: Mapping[str, str]) -> Amount:
    """The content with its unit: of its own column, else of the pack's name, else of the unit.

    Raises:
        Unreadable: no reading, or several.
    """
    if texts.get("pack_content"):
        found = cell(texts, "pack_content", lambda text: _typed_content(text, _unit(texts)))
    elif texts.get("pack_words"):
        found = _called_content(texts)
    elif texts.get("pack_unit"):
        found = cell(texts, "pack_unit", _one_of)
    else:
        raise Unreadable("content_missing", column="pack_content")
    return Amount(
        cell(texts, "pack_content", lambda _: within(found.content, 1, MAX_CONTENT)),
        found.base_unit,
    )


def _typed_content(text: str, unit: str) -> Amount:
    try:
        return amount(text)
    except Unreadable as refused:
        if refused.code == "amount_unit_missing":
            return amount(f"{whole(text)} {unit}")
        if refused.code not in _OTHERWISE_READ:
            raise
        return _found_among(text, else_=refused)


def _found_among(text: str, *, else_: Unreadable) -> Amount:
    try:
        return content_in(text)
    except Unreadable as refused:
        raise (else_ if refused.code == "content_unsaid" else refused) from refused


def _called_content(texts: Mapping[str, str]) -> Amount:
    try:
        return cell(texts, "pack_words", content_in)
    except Unreadable as refused:
        if refused.code != "content_unsaid" or not texts.get("pack_unit"):
            raise
        return cell(texts, "pack_unit", _one_of)


def _one_of(unit: str) -> Amount:
    """What one unit is: a column may say "kg", "hộp" or "chai 500 ml" and no more.

    Raises:
        Unreadable: it is no unit, or goods are not sold by one of it.
    """
    if any(each.isdigit() for each in unit):
        return content_in(unit)
    found = amount(f"1 {unit}")
    if found.base_unit != "piece" and found.content < LEAST_SOLD_ALONE:
        raise Unreadable("content_missing")
    return found


def _unit(texts: Mapping[str, str]) -> str:
    unit = texts.get("pack_unit", "")
    return "cái" if joined(unit) == "cai luot" else unit


def _price(text: str) -> int:
    return within(dong(whole(text)), 1, MAX_PRICE_VND)


def _weight(text: str) -> int:
    found = amount(f"{text} g" if text[-1:].isdigit() else text)
    if found.base_unit != "g":
        raise Unreadable("amount_unit_unknown", text=text, unit=text)
    return within(found.content, 1, MAX_WEIGHT_G)


def _gtin(text: str) -> str:
    try:
        return gtin14(whole(text))
    except MalformedGtin as malformed:
        raise Unreadable(malformed.fault.value) from malformed
