"""What changed in a listing since an officer last looked, side by side."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from catalog.queries import ManagedProduct
from catalog.routes.groups import group_name
from core.text.difference import Change, changes


def changes_since(said: Mapping[str, Any], product: ManagedProduct) -> list[Change]:
    """What is said differently than at the last look; empty where nothing is known of it."""
    if not said:
        return []
    packs = (
        gettext("Gói"),
        "; ".join(said.get("packs", [])),
        "; ".join(pack.words for pack in product.packs),
    )
    return changes([*_words(said, product.said), packs])


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What two wordings of a listing say differently."""
    return changes(_words(before, after))


def _words(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (gettext("Tên hàng"), before.get("name", ""), after["name"]),
        (
            gettext("Nhóm hàng"),
            group_name(before["group"]) if before.get("group") else "",
            group_name(after["group"]),
        ),
        (gettext("Đây là món gì"), before.get("summary", ""), after["summary"]),
        (gettext("Câu chuyện"), before.get("story", after["story"]), after["story"]),
    ]
