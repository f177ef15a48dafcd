"""What the published words of an OCOP decision say: number, day, year, authority. Pure."""

import re
from dataclasses import dataclass
from datetime import date

DISTRICTS_GRADED_FROM = date(2023, 2, 24)  # Decision 148/QĐ-TTg: districts recognise 3 stars …
DISTRICTS_GRADED_UNTIL = date(2025, 7, 6)  # … until decision 1489/QĐ-TTg: no district level.
STARS_OF_A_DISTRICT = 3
MINISTRIES = {
    "BNN": "Bộ Nông nghiệp và Phát triển nông thôn",
    "BNNMT": "Bộ Nông nghiệp và Môi trường",
}
CITIES = frozenset({"Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế"})  # Under the government.

_SHAPE = re.compile(r"(?P<number>[^()]*[^()\s])\s*(?:\((?P<note>[^()]*)\))?")
_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_ISSUER = re.compile(r"QĐ-([A-ZĐ]+)")


@dataclass(frozen=True)
class Decision:
    """The parts of a decision that its words give; what they do not give is None."""

    number: str | None = None
    decided_on: date | None = None
    decided_year: int | None = None
    authority: str | None = None


def read_decision(text: str, *, stars: int | None, province: str, district: str) -> Decision:
    """Read "385/QĐ-UBND (17/02/2021)" of a product of `district`, `province` (as published).

    An authority is given only with a whole date: who recognised what changed in 2023 and 2025.
    """
    shape = _SHAPE.fullmatch(text.strip())
    if shape is None:
        return Decision()
    number, note = shape["number"], shape["note"] or ""
    decided_on = _day(note)
    if decided_on is None:
        year = _YEAR.search(note)
        return Decision(number, None, int(year[0]) if year else None)
    authority = _authority(number, decided_on, stars, province, district)
    return Decision(number, decided_on, decided_on.year, authority)


def _day(note: str) -> date | None:
    found = _DAY.search(note)
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def _authority(
    number: str, decided_on: date, stars: int | None, province: str, district: str
) -> str | None:
    issuer = _ISSUER.search(number)
    if issuer is None:
        return None
    if issuer[1] in MINISTRIES:
        return MINISTRIES[issuer[1]]
    if issuer[1] != "UBND":
        return None
    by_district = (
        stars is not None
        and stars <= STARS_OF_A_DISTRICT
        and DISTRICTS_GRADED_FROM <= decided_on < DISTRICTS_GRADED_UNTIL
    )
    if by_district:
        return f"UBND {district}" if district else None
    if province.startswith("Thành phố"):
        return f"UBND {province}"
    return f"UBND {'thành phố' if province in CITIES else 'tỉnh'} {province}"
