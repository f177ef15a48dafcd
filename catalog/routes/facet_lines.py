"""Facets and filters of the list in the reader's words."""

from collections.abc import Callable
from dataclasses import dataclass

from catalog.routes.groups import group_name
from catalog.routes.wishes import Wishes
from catalog.rules import Group
from catalog.search import Found
from catalog.search.standing import IN_FORCE, STARS
from core import display
from core.errors import sentence
from core.language import gettext
from core.places import commune_name, province_name

# The five lines of the facet; stars alone are never a line: "in force" is what can be said.
STANDINGS = {
    IN_FORCE: sentence("Đang có hạng"),
    "unverified": sentence("Cần xác minh"),
    "lapsed": sentence("Hết hạn"),
    "filed": sentence("Đã nộp hồ sơ, chưa công nhận"),
    "none": sentence("Chưa có hạng"),
}
Line = tuple[str, str, int, bool]  # Value, words, count, checked.


@dataclass(frozen=True)
class Facets:
    """The lines of each facet, for the macro `facet`."""

    stars: list[Line]
    group: list[Line]
    province: list[Line]


def facet_lines(wishes: Wishes, found: Found) -> Facets:
    """Lines that find something or are chosen, with counts; the fullest province first."""
    stars, groups = found.facets["stars"], found.facets["group"]
    provinces = dict.fromkeys(wishes.province, 0) | dict(found.facets["province"])
    return Facets(
        stars=[
            (value, gettext(words), stars.get(value, 0), value in wishes.stars)
            for value, words in STANDINGS.items()
            if stars.get(value) or value in wishes.stars
        ],
        group=[
            (group, group_name(group), groups.get(group, 0), group in wishes.group)
            for group in Group
            if groups.get(group) or group in wishes.group
        ],
        province=[
            (code, province_name(code), count, code in wishes.province)
            for code, count in sorted(provinces.items(), key=lambda line: (-line[1], line[0]))
            if province_name(code)
        ],
    )


def filter_words(name: str, value: str, makers: dict[str, str], locale: str) -> str:
    """A chosen filter as its chip says it; a price as a bound."""
    words: dict[str, Callable[[str], str]] = {
        "group": group_name,
        "stars": _standing_words,
        "province": province_name,
        "commune": commune_name,
        "producer": lambda slug: makers.get(slug) or slug,
    }
    if name in words:
        return words[name](value)
    price = display.vnd(int(value), locale)
    if name == "price_from":
        return str(gettext("từ %(price)s", price=price))
    return str(gettext("đến %(price)s", price=price))


def _standing_words(value: str) -> str:
    if value in STARS:
        return str(gettext("%(count)s sao", count=value))
    return str(gettext(STANDINGS[value]))
