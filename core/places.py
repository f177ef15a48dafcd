"""Places of the country since July 2025: provinces and communes, by their official codes."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from core.text.fold import fold, normal

REFERENCE = Path(__file__).resolve().parent / "reference"
_CITY = "Thành phố "
_KINDS = ("Phường ", "Xã ", "Đặc khu ")
_KEEPS_ITS_KIND = "Thành phố Hồ Chí Minh"  # Nobody calls the city by the man's name alone.


@dataclass(frozen=True)
class Province:
    """A province or city under the government; `name` as people say it ("Huế")."""

    code: str
    name: str


@dataclass(frozen=True)
class Commune:
    """A commune, ward or special zone; `name` with its kind ("Phường Hoàn Kiếm")."""

    code: str
    name: str
    province_code: str


@cache
def provinces() -> Mapping[str, Province]:
    """The 34 provinces by code, in the order of the list."""
    return MappingProxyType(
        {
            row["province_code"]: Province(row["province_code"], _said(row["province_name"]))
            for row in _rows("provinces_2025.csv")
        }
    )


@cache
def communes() -> Mapping[str, Commune]:
    """All communes by code."""
    return MappingProxyType(
        {
            row["commune_code"]: Commune(
                row["commune_code"], row["commune_name"], row["province_code"]
            )
            for row in _rows("communes_2025.csv")
        }
    )


def province_code_of(name: str) -> str | None:
    """The code of a present province by its name, with or without "Thành phố"; else None."""
    return _codes_by_name().get(normal(name).removeprefix(normal(_CITY) + " "))


def places_like(typed: str, *, at_most: int) -> list[Commune]:
    """Communes meant by what is typed, without diacritics too: "phuc sen", "quang uyen cao bang".

    Each word begins a word of the commune's or its province's name. First those whose own name
    begins with what was typed, then by name.
    """
    words = fold(typed).split()
    if not words:
        return []
    said = " ".join(words)
    found = [
        (not f" {name}".startswith((f" {said}", f" xa {said}", f" phuong {said}")), name, commune)
        for name, whole, commune in _folded_places()
        if all(f" {word}" in whole for word in words)
    ]
    found.sort(key=lambda one: one[:2])
    return [commune for _, _, commune in found[:at_most]]


def place_named(typed: str) -> Commune | None:
    """The commune whose whole name and province's are typed, with or without its kind; else None.

    Beginnings of names are for choosing from a list. Where nobody chooses, "Hậu Giang" is a
    province of before July 2025, not xã Vĩnh Hậu of An Giang, and "phố cổ" is no place at all.
    """
    apart = typed.replace(",", " ")
    found = places_like(apart, at_most=2)
    if len(found) != 1:
        return None
    whole = f" {fold(apart)} "
    province = province_name(found[0].province_code).removeprefix(_CITY)
    said = (_bare(found[0].name), province)
    return found[0] if all(f" {fold(name)} " in whole for name in said) else None


def _bare(name: str) -> str:
    """A commune's name without its kind."""
    kind = next((each for each in _KINDS if name.startswith(each)), "")
    return name.removeprefix(kind)


@cache
def _folded_places() -> tuple[tuple[str, str, Commune], ...]:
    """Each commune's folded name, and it with its province's for finding words in."""
    return tuple(
        (fold(each.name), f" {fold(each.name)} {fold(provinces()[each.province_code].name)}", each)
        for each in communes().values()
    )


def province_name(code: str | None) -> str:
    """The name of a present province; empty for an unknown code."""
    province = provinces().get(code or "")
    return province.name if province else ""


def commune_name(code: str | None) -> str:
    """The name of a present commune; empty for an unknown code."""
    commune = communes().get(code or "")
    return commune.name if commune else ""


@cache
def _codes_by_name() -> Mapping[str, str]:
    prefix = normal(_CITY) + " "
    return {normal(each.name).removeprefix(prefix): each.code for each in provinces().values()}


def _said(name: str) -> str:
    return name if name == _KEEPS_ITS_KIND else name.removeprefix(_CITY)


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
