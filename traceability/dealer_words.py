"""What pages say of dealers."""

from core.places import commune_name, communes, province_name


def place_words(commune_code: str | None) -> str:
    """A commune with its province; empty for none of today's."""
    found = communes().get(commune_code or "")
    return f"{commune_name(found.code)}, {province_name(found.province_code)}" if found else ""
