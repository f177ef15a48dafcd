"""Where a log finds its witnesses, as its operator names them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from traceability.log.errors import KeyRefused
from traceability.log.notes import COSIGNATURE, VerifyingKey
from traceability.log.policy import RESERVED


class PlaceRefused(Exception):
    """A line names no witness; the message says which and why."""


@dataclass(frozen=True)
class WitnessPlace:
    """A witness: the key that checks its cosignatures, its address, and whose it is."""

    key: VerifyingKey
    url: str
    label: str

    @classmethod
    def from_text(cls, text: str) -> "WitnessPlace":
        """Read `name+hash+key url [whose it is]`; without a label its key's name stands for it.

        Raises:
            PlaceRefused: it is no such line.
        """
        key, url, label = (*text.split(maxsplit=2), "", "", "")[:3]
        try:
            found = VerifyingKey.from_text(key)
        except KeyRefused as wrong:
            raise PlaceRefused(f"{key[:60]!r} is no key of a witness: {wrong}") from wrong
        if found.algorithm != COSIGNATURE:
            raise PlaceRefused(f"{found.name} is a key that signs notes, not a witness's")
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
            raise PlaceRefused(f"{found.name} has no address such as https://witness.example")
        return cls(found, url.rstrip("/"), label.strip() or found.name)


def named_places(value: str) -> tuple[WitnessPlace, ...]:
    """The witnesses a setting names: lines parted by semicolons, or a file of such lines.

    Raises:
        PlaceRefused: the file cannot be read, or a line names no witness.
    """
    if " http" in value:  # No file is called so.
        return parse_places(value.split(";"))
    try:
        return parse_places(Path(value).read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as wrong:
        raise PlaceRefused(f"{value} cannot be read: {wrong}") from wrong


def parse_places(lines: Iterable[str]) -> tuple[WitnessPlace, ...]:
    """The witnesses of a file's lines; empty lines and those that begin with # say nothing.

    Raises:
        PlaceRefused: a line names none, or two name the same key: it would count twice. So with
            names: in the log's policy each stands once, beside those of `policy.RESERVED`.
    """
    stripped = (line.strip() for line in lines)
    places = [WitnessPlace.from_text(line) for line in stripped if line and line[0] != "#"]
    keys = [place.key.public for place in places]
    if len(set(keys)) < len(keys):
        raise PlaceRefused("two witnesses have the same key")
    names = [place.key.name for place in places]
    if len({*names, *RESERVED}) < len(names) + len(RESERVED):
        raise PlaceRefused(f"two witnesses have the same name, or one is called {RESERVED}")
    return tuple(places)
