"""One line of a sheet as a product to import. Pure but for the list of provinces."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR

from accounts.service import NewEnterprise
from catalog.rules import valid_until
from catalog.service.decisions import read_decision
from catalog.service.entries import ProductRow, RecognitionRow, Words
from catalog.service.sheet_cells import cell, whole
from catalog.service.sheet_packs import packs_of
from catalog.sheets.columns import joined
from catalog.sheets.products import (
    GROUP_WORDS,
    KIND_BEGINNINGS,
    KIND_WORDS,
    STAGE_WORDS,
    STAR_WORDS,
)
from core.former_places import named_province
from core.text.fold import normal
from core.text.lines import many_lines, one_line
from core.text.numbers import bounded
from core.text.refusal import Unreadable

NAME_LENGTH = 200
OWN_NAME_LENGTH = 120  # As the product's form.
SUMMARY_LENGTH = 500
STARS = 5
NOBODY = "Chưa rõ người làm ra"  # Whoever makes a product whose source names no producer.
# How lists count and call their groups, folded: "I. Nhóm thực phẩm", "Ngành hàng: đồ uống".
_LISTED = re.compile(r"^(?:(?:[0-9]+|[ivx]+) )?(?:(?:bo|nhom|nganh|hang|san pham) )*")
# A number below nothing or with a part of a star, not the hyphen of "OCOP-4".
_NO_WHOLE_STARS = re.compile(r"(?:^|\s)[-−–]\s*\d|\d\s*[.,]\s*0*[1-9]")


@dataclass(frozen=True)
class Owner:
    """The enterprise a sheet belongs to."""

    enterprise_id: int
    public_id: str
    name: str


def product_line(texts: Mapping[str, str], *, owner: Owner | None) -> ProductRow:
    """A line as a product: an owner's draft, or one of a published list that names its producers.

    Without a producer a published line is a draft of nobody's.

    Raises:
        Unreadable: with the column and the reason.
    """
    at_most = NAME_LENGTH if owner is None else OWN_NAME_LENGTH
    name = cell(texts, "name", lambda text: one_line(text, at_most=at_most))
    producer = texts.get("producer", "")
    if owner is None:
        new = _producer(texts)
        key = "|".join(("public", normal(name), normal(producer), new.province_code or ""))
    else:
        if producer and normal(producer) != normal(owner.name):
            raise Unreadable("another_producer", column="producer")
        key = f"{owner.public_id}|{normal(name)}"
    return ProductRow(
        key=key,
        producer=new if owner is None else owner.enterprise_id,
        group=cell(texts, "group", _group),
        words=(Words(name, summary=_summary(texts)),),
        is_published=bool(producer) and owner is None,
        source_url=_source(texts),
        recognition=_recognition(texts),
        packs=packs_of(texts),
    )


def _group(text: str) -> str:
    words = joined(text)
    group = GROUP_WORDS.get(words) or GROUP_WORDS.get(_LISTED.sub("", words))
    if group is None:
        raise Unreadable("unknown_group" if text else "empty")
    return group


def _summary(texts: Mapping[str, str]) -> str | None:
    if not texts.get("summary"):
        return None
    return cell(texts, "summary", lambda text: many_lines(text, at_most=SUMMARY_LENGTH))


def _producer(texts: Mapping[str, str]) -> NewEnterprise:
    producer, written = texts.get("producer", ""), texts.get("province", "")
    present = named_province(texts.get("province_2025") or written)
    if present is None:
        raise Unreadable("unknown_province", column="province_2025")
    province = named_province(written)
    parts = (texts.get("commune", ""), texts.get("district", ""), _province(texts))
    place = ", ".join(part for part in parts if part)
    is_merged = written and (
        province is None or province.is_former or province.code != present.code
    )
    return NewEnterprise(
        name=producer or f"{NOBODY} ({place})",
        kind=cell(texts, "producer_type", lambda text: _kind(text, producer)),
        place_published=place,
        former_province=_province(texts) if is_merged else None,
        province_code=present.code,
        state="verified" if producer else "draft",
    )


def _province(texts: Mapping[str, str]) -> str:
    """The province as published, in the usual spelling."""
    written = texts.get("province", "")
    province = named_province(written)
    return province.name if province else written


def _kind(text: str, producer: str) -> str:
    """The kind a cell says; without one what the name begins with, else a household."""
    if text:
        kind = KIND_WORDS.get(joined(text))
        if kind is None:
            raise Unreadable("unknown_kind")
        return kind
    name = f"{joined(producer)} "
    begun = (kind for words, kind in KIND_BEGINNINGS.items() if name.startswith(f"{words} "))
    return next(begun, "household")


def _source(texts: Mapping[str, str]) -> str | None:
    source = texts.get("source", "")
    return source if source.startswith(("https://", "http://")) else None


def _recognition(texts: Mapping[str, str]) -> RecognitionRow | None:
    """What the line says of an OCOP rank; None where it has no word on it."""
    if not any(texts.get(column) for column in ("stars", "decision", "status", "recognised_year")):
        return None
    stars = cell(texts, "stars", _stars)
    province, district = _province(texts), texts.get("district", "")
    said = read_decision(
        texts.get("decision", ""), stars=stars, province=province, district=district
    )
    stage = _stage(texts.get("status", ""), has_rank=stars is not None or bool(said.number))
    year = bounded(whole(texts.get("recognised_year", "")), most=MAXYEAR + 1)
    holds = stage == "recognised" and said.decided_on is not None
    return RecognitionRow(
        stage=stage,
        stars=stars,
        decision=said.number,
        authority=said.authority,
        decided_on=said.decided_on,
        decided_year=said.decided_year if year is None or year > MAXYEAR else year,
        valid_until=valid_until(said.decided_on) if holds and said.decided_on else None,
        source_url=_source(texts),
    )


def _stage(status: str, *, has_rank: bool) -> str:
    if not status:  # A rank without a word on its state is to be verified by its decision.
        return "recognised" if has_rank else "none"
    return STAGE_WORDS.get(joined(status), "filed")


def _stars(text: str) -> int | None:
    if not text:
        return None
    if _NO_WHOLE_STARS.search(text):  # Folding would drop the sign: "-1" is no star.
        raise Unreadable("unknown_stars")
    words = [word for word in joined(text).split() if word not in {"sao", "ocop", "hang", "dat"}]
    drawn = sum(text.count(star) for star in "★⭐*")
    word = whole(words[0]) if len(words) == 1 else str(drawn) if not words else ""
    figure = bounded(word, most=STARS + 1)
    count = STAR_WORDS.get(word, 0) if figure is None else figure
    if not 1 <= count <= STARS:
        raise Unreadable("unknown_stars")
    return count
