"""One line of a sheet as a product to import. Pure but for the list of provinces."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from accounts.service import NewEnterprise
from catalog.models.products import GROUPS
from catalog.rules import valid_until
from catalog.service.decisions import read_decision
from catalog.service.entries import PackRow, ProductRow, RecognitionRow, Words
from core.gs1.check_digits import MalformedGtin, gtin14
from core.places import province_code_of
from core.text.amounts import amount
from core.text.dong import dong
from core.text.fold import normal
from core.text.lines import one_line
from core.text.refusal import Unreadable

NAME_LENGTH = 200
STARS = 5
NOBODY = "Chưa rõ người làm ra"  # Whoever makes a product whose source names no producer.
KINDS = {
    "doanh_nghiep": "company",
    "htx": "cooperative",
    "tht": "group",
    "ho_kinh_doanh": "household_business",
    "": "household",
}
# What a source's word says of a rank; any other word: a dossier was filed or graded, no more.
STAGES = {
    "recognised": "recognised",
    "star_unknown": "recognised",
    "expired": "lapsed",
    "seed": "none",
}

Value = TypeVar("Value")


@dataclass(frozen=True)
class Owner:
    """The enterprise a sheet belongs to."""

    enterprise_id: int
    public_id: str
    name: str


def public_line(texts: Mapping[str, str], *, owner: Owner | None) -> ProductRow:
    """A line of a published list. Without a producer it is a draft; an owner's are drafts too.

    Raises:
        Unreadable: with the column and the reason.
    """
    name = _cell(texts, "product_name", _name)
    producer = texts["producer"]
    if owner is not None and normal(producer) != normal(owner.name):
        raise Unreadable("another_producer", column="producer")
    new = _producer(texts)
    key = (_owner_key(owner), normal(name), normal(producer), new.province_code or "")
    return ProductRow(
        key="|".join(key),
        producer=new if owner is None else owner.enterprise_id,
        group=_cell(texts, "group", _group),
        words=(Words(name),),
        is_published=bool(producer) and owner is None,
        source_url=_source(texts),
        recognition=_recognition(texts),
    )


def form_line(texts: Mapping[str, str], *, owner: Owner) -> ProductRow:
    """A line with the fields of the product form: a draft of the owner's.

    Raises:
        Unreadable: with the column and the reason.
    """
    name = _cell(texts, "name", _name)
    unit = texts["pack_unit"]
    content = _cell(texts, "pack_content", lambda text: amount(f"{text} {unit}"))
    pack = PackRow(
        content=content.content,
        base_unit=content.base_unit,
        words=f"{texts['pack_content']} {unit}",
        price_vnd=_cell(texts, "price_vnd", dong),
        gtin=_cell(texts, "gtin", _gtin) if texts.get("gtin") else None,
    )
    return ProductRow(
        key=f"{_owner_key(owner)}|{normal(name)}",
        producer=owner.enterprise_id,
        group=_cell(texts, "group", _group),
        words=(Words(name),),
        is_published=False,
        packs=(pack,),
    )


def _cell(texts: Mapping[str, str], column: str, read: Callable[[str], Value]) -> Value:
    try:
        return read(texts.get(column, ""))  # A layout may lack what it need not have.
    except Unreadable as refused:
        raise Unreadable(refused.code, **{**refused.values, "column": column}) from refused


def _name(text: str) -> str:
    return one_line(text, at_most=NAME_LENGTH)


def _group(text: str) -> str:
    if text not in GROUPS:
        raise Unreadable("unknown_group")
    return text


def _gtin(text: str) -> str:
    try:
        return gtin14(text)
    except MalformedGtin as malformed:
        raise Unreadable(malformed.fault.value) from malformed


def _owner_key(owner: Owner | None) -> str:
    return owner.public_id if owner else "public"


def _producer(texts: Mapping[str, str]) -> NewEnterprise:
    province = texts.get("province", "")
    present = texts.get("province_2025") or province
    code = province_code_of(present)
    if code is None:
        raise Unreadable("unknown_province", column="province_2025")
    parts = (texts.get("commune", ""), texts.get("district", ""), province)
    place = ", ".join(part for part in parts if part)
    kind = KINDS.get(texts.get("producer_type", ""))
    if kind is None:
        raise Unreadable("unknown_kind", column="producer_type")
    return NewEnterprise(
        name=texts["producer"] or f"{NOBODY} ({place})",
        kind=kind,
        place_published=place,
        former_province=province if province_code_of(province) != code else None,
        province_code=code,
        state="verified" if texts["producer"] else "draft",
    )


def _source(texts: Mapping[str, str]) -> str | None:
    source = texts["source"]
    return source if source.startswith(("https://", "http://")) else None


def _recognition(texts: Mapping[str, str]) -> RecognitionRow:
    stars = _cell(texts, "stars", _stars)
    province, district = texts.get("province", ""), texts.get("district", "")
    said = read_decision(
        texts.get("decision", ""), stars=stars, province=province, district=district
    )
    stage = STAGES.get(texts["status"], "filed")
    year = texts.get("recognised_year", "")
    holds = stage == "recognised" and said.decided_on is not None
    return RecognitionRow(
        stage=stage,
        stars=stars,
        decision=said.number,
        authority=said.authority,
        decided_on=said.decided_on,
        decided_year=int(year) if year.isascii() and year.isdigit() else said.decided_year,
        valid_until=valid_until(said.decided_on) if holds and said.decided_on else None,
        source_url=_source(texts),
    )


def _stars(text: str) -> int | None:
    if not text:
        return None
    if text not in {str(count) for count in range(1, STARS + 1)}:
        raise Unreadable("unknown_stars")
    return int(text)
