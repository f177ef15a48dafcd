"""What changed in a listing since an officer last looked, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from catalog.queries import ManagedProduct
from catalog.routes.groups import group_name
from core.text.difference import Piece, difference


@dataclass(frozen=True)
class Change:
    """Words before and after, in pieces that stayed or changed."""

    label: str
    before: list[Piece]
    after: list[Piece]


def changes_since(said: Mapping[str, Any], product: ManagedProduct) -> list[Change]:
    """What is said differently than at the last look; empty where nothing is known of it."""
    if not said:
        return []
    pairs = [
        (gettext("Tên hàng"), said.get("name", ""), product.name),
        (
            gettext("Nhóm hàng"),
            group_name(said["group"]) if said.get("group") else "",
            group_name(product.group),
        ),
        (gettext("Đây là món gì"), said.get("summary", ""), product.summary),
        (
            gettext("Gói"),
            "; ".join(said.get("packs", [])),
            "; ".join(pack.words for pack in product.packs),
        ),
    ]
    return [
        Change(label, *difference(before, after))
        for label, before, after in pairs
        if before != after
    ]
