"""Lists of codes that GS1's values name countries, currencies and media by."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

_LISTS: Final = Path(__file__).parent / "data" / "code_lists.txt"


def _read(text: str) -> Mapping[str, frozenset[str]]:
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for line in text.splitlines():
        if not line.startswith("#"):
            name, *listed = line.split()
            codes[name].update(listed)
    return MappingProxyType({name: frozenset(listed) for name, listed in codes.items()})


CODE_LISTS: Final = _read(_LISTS.read_text(encoding="utf-8"))
