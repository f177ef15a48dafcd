"""Lists by cursor: in the order of public ids, so that nothing is missed or told twice."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request
from pydantic import BaseModel

from core.api.errors import CursorMalformed, QuestionMalformed
from core.ids import CROCKFORD, PUBLIC_ID_LENGTH

MOST_ITEMS = 100
USUAL_ITEMS = 50

Item = TypeVar("Item", bound=BaseModel)


class Listed(BaseModel, Generic[Item]):
    """A piece of a list; `next` is the cursor of the piece after it, null at the end."""

    items: list[Item]
    next: str | None


@dataclass(frozen=True)
class Asked:
    """Which piece of a list: at most `limit` items whose public ids come after `after`."""

    kind: str
    limit: int
    after: str

    def piece(self, items: Sequence[Item]) -> Listed[Item]:
        """The answer for what was found; `items` holds one more than `limit` where more follow."""
        shown = list(items[: self.limit])
        more = len(items) > self.limit
        return Listed(items=shown, next=_cursor(self.kind, shown[-1]) if more else None)


def asked_list(kind: str) -> Asked:
    """The piece asked for by `limit` and `cursor`.

    Raises:
        QuestionMalformed: `limit` is no number from 1 to 100.
        CursorMalformed: the cursor is none of this kind of list.
    """
    text = request.args.get("limit", str(USUAL_ITEMS))
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_ITEMS))
    if not is_number or not 1 <= int(text) <= MOST_ITEMS:
        raise QuestionMalformed("limit", name="limit")
    return Asked(kind, int(text), _after(kind, request.args.get("cursor")))


def is_public_id(text: str) -> bool:
    """Whether this can be an id of ours."""
    return len(text) == PUBLIC_ID_LENGTH and set(text) <= set(CROCKFORD)


def _cursor(kind: str, item: BaseModel) -> str:
    last: str = item.public_id  # type: ignore[attr-defined]  # Every item of a list has its id.
    return base64.urlsafe_b64encode(f"{kind}:{last}".encode()).decode().rstrip("=")


def _after(kind: str, cursor: str | None) -> str:
    if cursor is None:
        return ""
    padded = cursor + "=" * (-len(cursor) % 4)
    try:
        found, _, last = (
            base64.b64decode(padded, altchars=b"-_", validate=True).decode().partition(":")
        )
    except (binascii.Error, ValueError):
        raise CursorMalformed("no cursor") from None
    if found != kind or not is_public_id(last):
        raise CursorMalformed("a cursor of something else")
    return last
