"""Provinces as lists of before and after July 2025 name them: with their kind, short, or merged."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from core.places import REFERENCE, provinces
from core.text.fold import fold

_KIND = re.compile(r"^(?:(?:tinh|thanh pho|t\.? ?p\.?)[ .]*)+")
_NO_WORD = re.compile(r"[\W_]+")
_SHORT = {"hcm": "ho chi minh", "hn": "ha noi", "sai gon": "ho chi minh", "brvt": "ba ria vung tau"}


@dataclass(frozen=True)
class NamedProvince:
    """A province as a list names it, and the present one it lies in."""

    name: str  # As the tables spell it: "Trà Vinh".
    code: str  # Of the present province.
    is_former: bool


def named_province(name: str) -> NamedProvince | None:
    """The province a name means: "TP.HCM", "Tỉnh TRÀ VINH"; None where it means none.

    A province that was merged lies in the one it became (resolution 202/2025/QH15).
    """
    said = _plain(name)
    return _by_name().get(_SHORT.get(said, said))


@cache
def _by_name() -> Mapping[str, NamedProvince]:
    present = {
        _plain(each.name): NamedProvince(each.name, each.code, is_former=False)
        for each in provinces().values()
    }
    with (REFERENCE / "former_provinces.csv").open(encoding="utf-8", newline="") as file:
        former = {
            _plain(row["former_name"]): NamedProvince(
                row["former_name"], present[_plain(row["province_name"])].code, is_former=True
            )
            for row in csv.DictReader(file)
        }
    return former | present


@lru_cache(maxsize=1_024)  # A list says a few names thousands of times.
def _plain(name: str) -> str:
    return " ".join(_NO_WORD.sub(" ", _KIND.sub("", fold(name))).split())
