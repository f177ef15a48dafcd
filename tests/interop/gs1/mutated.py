"""A thousand addresses near to Digital Links, always the same ones."""

import random
from collections.abc import Callable
from typing import Final

SEED: Final = 20261122
COUNT: Final = 1_000
STEM: Final = "https://ocop.example.vn"
GTIN: Final = "09521234543213"  # GS1's prefix for demonstrations.
SOURCES: Final = (
    f"{STEM}/01/{GTIN}",
    f"{STEM}/01/{GTIN}/10/L2611A/21/7K3MQ9T2XB40G",
    f"{STEM.upper()}/01/{GTIN}/21/7K3MQ9T2XB40G?s=123",
    f"{STEM}/shop/vn/01/{GTIN}/22/V1/10/L-1/21/S_1",
    f"{STEM}/01/{GTIN}/10/A%2FB?17=261130",
    f"{STEM}/01/{GTIN}/10/A+B?11=261121&416=9521234543213",
    f"{STEM}/01/{GTIN}/235/THIRD.PARTY",
    f"{STEM}/01/{GTIN}/21/S1?8030={'Az09-_' * 14}Az",
    f"{STEM}/01/{GTIN}?3103=000195&3922=0299&17=201225",
    f"{STEM}/01/{GTIN}?422=704&15=261200&linkType=gs1:pip",
    f"{STEM}/00/952012345678912345?02=09520123456788&37=25&10=ABC123",
    f"{STEM}/414/9521234543213/254/KHO1",
    f"{STEM}/417/9521234543213",
    f"{STEM}/253/9521234543213DOC7",
    f"{STEM}/8004/9521234ASSET?01={GTIN}",
    f"{STEM}/8003/09521234543213CRATE9",
    f"{STEM}/8006/{GTIN}0102/21/S1",
    f"{STEM}/8013/1987654Ad4X4bL5ttr2310c2K",
    f"{STEM}/8018/952123454321000003/8019/12",
)
_INSERTED: Final[tuple[str, ...]] = (
    *"0129AZaz-._~+!$*(/=&?",
    "%2F",
    "%2f",
    "%41",
    "%20",
    "%C3%94",
    "%zz",
    "%",
)
_FIELDS: Final = (
    "utm_source=zalo",
    "10=L9",
    "21=S9",
    f"01={GTIN}",
    "17=261331",
    "17=261200",
    "15=260230",
    "422=999",
    "99=NOTE",
    "89=UNKNOWN",
    "999=X",
    "37=5",
    "7040=1ABC",
    "singleton",
    "11",
    "linkType=all",
)
_NAMES: Final = ("00", "01", "10", "21", "22", "235", "254", "414", "89", "8019", "gtin", "lot")

Draw = random.Random


def mutated_links() -> list[str]:
    """Give the addresses: each a source with one to three faults, or changes that are none."""
    draw = random.Random(SEED)  # noqa: S311  # Nobody guards anything with it.
    found: dict[str, None] = {}
    while len(found) < COUNT:
        link = draw.choice(SOURCES)
        for _ in range(draw.choice((1, 1, 1, 2, 3))):
            link = draw.choice(_MUTATIONS)(link, draw)
        found[link] = None
    return list(found)


def _insert(link: str, draw: Draw) -> str:
    place = draw.randrange(len(STEM), len(link) + 1)
    return link[:place] + draw.choice(_INSERTED) + link[place:]


def _delete(link: str, draw: Draw) -> str:
    place = draw.randrange(len(STEM), len(link)) if len(link) > len(STEM) else 0
    return link[:place] + link[place + 1 :]


def _replace(link: str, draw: Draw) -> str:
    return _insert(_delete(link, draw), draw) if len(link) > len(STEM) + 1 else link


def _swap_segments(link: str, draw: Draw) -> str:
    path, mark, query = link.partition("?")
    parts = path.split("/")
    place = draw.randrange(3, len(parts)) if len(parts) > 3 else 0
    other = draw.randrange(3, len(parts)) if len(parts) > 3 else 0
    parts[place], parts[other] = parts[other], parts[place]
    return "/".join(parts) + mark + query


def _rename_segment(link: str, draw: Draw) -> str:
    path, mark, query = link.partition("?")
    parts = path.split("/")
    parts[draw.randrange(3, len(parts)) if len(parts) > 3 else -1] = draw.choice(_NAMES)
    return "/".join(parts) + mark + query


def _append_pair(link: str, draw: Draw) -> str:
    path, mark, query = link.partition("?")
    return f"{path}/{draw.choice(_NAMES)}/{draw.choice(('A', 'L2', '12', GTIN))}{mark}{query}"


def _add_field(link: str, draw: Draw) -> str:
    return link + ("&" if "?" in link else "?") + draw.choice(_FIELDS)


def _lengthen(link: str, draw: Draw) -> str:
    path, mark, query = link.partition("?")
    return path + "X" * draw.randrange(1, 20) + mark + query


def _dress(link: str, draw: Draw) -> str:
    """Changes that leave the elements as they are, or a scheme in mixed case."""
    scheme, _, rest = link.partition("://")
    host, _, path = rest.partition("/")
    return draw.choice(
        (
            f"http://{rest}",
            f"Https://{rest}",
            f"{scheme}://{host}:8443/{path}",
            f"{scheme}://{host}/a/b/{path}",
            f"{link}#top",
            f"{scheme}://user@{rest}",
            f"{scheme}:///{path}",
        )
    )


_MUTATIONS: Final[tuple[Callable[[str, Draw], str], ...]] = (
    _insert,
    _delete,
    _replace,
    _swap_segments,
    _rename_segment,
    _append_pair,
    _add_field,
    _add_field,
    _lengthen,
    _dress,
)
