"""What a seller says differently than when an officer last decided, side by side."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from accounts.queries import JudgedEnterprise
from accounts.registering import Kind
from accounts.routes.registering import KIND_WORDS
from core.text.difference import Change, changes


def changes_since(said: Mapping[str, Any], enterprise: JudgedEnterprise) -> list[Change]:
    """Name, kind and place where they changed; what was not kept then counts as unchanged."""
    return changes(
        (label, before, now)
        for label, before, now in (
            (gettext("Tên người bán"), said.get("name"), enterprise.name),
            (gettext("Là"), _kind_words(said.get("kind")), _kind_words(enterprise.kind)),
            (gettext("Nơi làm"), said.get("place"), enterprise.place_published),
        )
        if before is not None and now is not None
    )


def _kind_words(kind: str | None) -> str | None:
    return gettext(KIND_WORDS[Kind(kind)]) if kind else None
