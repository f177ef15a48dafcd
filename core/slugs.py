"""Addresses people can read: a folded name, then six letters of the id, which alone count."""

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from core.ids import CROCKFORD, SLUG_KEY_LENGTH
from core.text.fold import slug
from core.work import Work

_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def slug_of(name: str, slug_key: str) -> str:
    """The one address of a thing: "tra-shan-tuyet-7k3mq9"."""
    return "-".join(part for part in (slug(name), slug_key.lower()) if part)


def slug_key_of(text: str) -> str | None:
    """The key a slug ends with, whatever its words say; None when it has none."""
    key = text[-SLUG_KEY_LENGTH:].upper().translate(_MISREAD)
    is_key = len(key) == SLUG_KEY_LENGTH and all(letter in CROCKFORD for letter in key)
    return key if is_key else None


def fresh_public_ids(work: Work, taken: InstrumentedAttribute[str], count: int) -> list[str]:
    """`count` public ids whose slug keys are free in the column `taken`.

    Six letters are 30 bits: among 10,000 things a draw meets a taken one now and then.
    """
    fresh: dict[str, str] = {}
    while len(fresh) < count:
        drawn = [work.new_public_id() for _ in range(count - len(fresh))]
        keys = [public_id[:SLUG_KEY_LENGTH] for public_id in drawn]
        used = set(work.session.scalars(select(taken).where(taken.in_(keys))))
        for public_id, key in zip(drawn, keys, strict=True):
            if key not in used:
                fresh.setdefault(key, public_id)
    return list(fresh.values())
