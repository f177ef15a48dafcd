"""Values of every application identifier, right and a little wrong, always the same ones."""

import random
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from core.gs1 import APPLICATION_IDENTIFIERS, Element
from core.gs1.check_digits import check_digit
from core.gs1.identifiers import Component

SEED: Final = 20261122
EACH: Final = 40  # Values of an identifier.
EACH_MEASURE: Final = 4  # 3100 to 3695 are one row with many numbers.
_CHARACTERS: Final[Mapping[str, str]] = MappingProxyType(
    {"N": "0123456789", "X": "ABz019!-/", "Y": "AZ09#-/", "Z": "Az09-_="}
)
_WRONG: Final = "0129AZaz_#^/ ("
_FITTING: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "yymmdd": ("261121", "000229", "251231"),
        "yymmd0": ("261100", "240229"),
        "yyyymmdd": ("20261121", "19000228"),
        "hh": ("23",),
        "mi": ("59",),
        "ss": ("59",),
        "hhmi": ("2359", "0000"),
        "iso3166": ("704", "392"),
        "iso3166999": ("999", "704"),
        "iso3166alpha2": ("VN",),
        "iso4217": ("704", "978"),
        "iso5218": ("9",),
        "mediatype": ("80", "10"),
        "winding": ("9",),
        "yesno": ("1",),
        "zero": ("0",),
        "pieceoftotal": ("0102", "0202"),
        "posinseqslash": ("1/2", "2/2"),
        "latitude": ("0279085848", "1800000000"),
        "longitude": ("0279085848", "3600000000"),
        "hyphen": ("-",),
        "importeridx": ("A", "_"),
        "csumalpha": ("1987654Ad4X4bL5ttr2310c2K", "12345678901234567890123NT"),
        "iban": ("FR7630006000011234567890189", "BE71096123456769"),
        "couponcode": ("012345612345611110123", "0123456123456111101233261121"),
        "couponposoffer": ("001234561234560123456",),
    }
)


def values() -> Iterator[Element]:
    """Give the values; none has a square bracket, which zint would take for its own."""
    draw = random.Random(SEED)  # noqa: S311  # Nobody guards anything with it.
    for row in APPLICATION_IDENTIFIERS.values():
        for _ in range(EACH_MEASURE if "3100" <= row.identifier <= "3695" else EACH):
            parts = (
                _part(component, draw)
                for component in row.components
                if not component.optional or draw.random() < 0.5
            )
            value = "".join(parts)
            yield Element(row.identifier, value if draw.random() < 0.65 else _spoilt(value, draw))


def _part(component: Component, draw: random.Random) -> str:
    for check in component.checks:
        if check in _FITTING and draw.random() < 0.8:
            return draw.choice(_FITTING[check])
    letters = _CHARACTERS[component.character_set]
    length = draw.randint(component.shortest, component.longest)
    text = "".join(draw.choice(letters) for _ in range(length))
    if "gcppos1" in component.checks:
        text = f"9521{text}"[:length]
    if "csum" in component.checks and draw.random() < 0.8:
        text = text[:-1] + check_digit(text[:-1])
    return text


def _spoilt(value: str, draw: random.Random) -> str:
    place = draw.randrange(len(value))
    longer = value[:place] + draw.choice("0129") + value[place:]
    other = value[:place] + draw.choice(_WRONG) + value[place + 1 :]
    return draw.choice((value[:place] + value[place + 1 :] or longer, other, longer))
