"""The groups of goods in the reader's words and in pictures."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from catalog.covers import cover_svg
from catalog.rules import Group
from core.errors import sentence
from core.language import gettext


@dataclass(frozen=True)
class GroupChoice:
    """A group as a form offers it."""

    code: str
    name: str
    examples: str


@dataclass(frozen=True)
class _Said:
    name: str
    examples: str
    pictured: str  # A thing of the group that everybody knows.


_SAID: Mapping[str, _Said] = {
    Group.FOOD: _Said(
        sentence("Thực phẩm"), sentence("gạo, chè, cà phê, thịt, mật ong, mắm"), "chè"
    ),
    Group.DRINKS: _Said(sentence("Đồ uống"), sentence("rượu, nước ép, nước uống"), "rượu"),
    Group.HERBS: _Said(sentence("Dược liệu"), sentence("cao, tinh dầu, trà thuốc"), "cao"),
    Group.CRAFTS: _Said(
        sentence("Thủ công mỹ nghệ"), sentence("dao, giỏ đan, vải dệt, gốm"), "giỏ"
    ),
    Group.ORNAMENTALS: _Said(sentence("Sinh vật cảnh"), sentence("hoa, cây cảnh, cá cảnh"), "lan"),
    Group.TOURISM: _Said(
        sentence("Du lịch cộng đồng"), sentence("ở nhà dân, đi vườn, bữa cơm quê"), "homestay"
    ),
}


def group_name(group: str) -> str:
    """The name of one of the six groups."""
    return str(gettext(_SAID[group].name))


def group_drawing(group: str) -> Markup:
    """The drawn cover of a whole group: its own motif, each group in other pigments."""
    return _drawing("", group)


def group_choices() -> list[GroupChoice]:
    """The six groups to choose from."""
    return [
        GroupChoice(group, group_name(group), str(gettext(said.examples)))
        for group, said in _SAID.items()
    ]


def group_pictures() -> str:
    """What `static/catalog/groups.svg` holds: a drawing for each group, to be used by its name.

    A file of its own, kept by the browser for a year: forms are filled in where bytes are dear.
    """
    drawn = "\n".join(
        f'<g id="{group}">{_drawing(said.pictured, group).partition(">")[2]}'.replace(
            "</svg>", "</g>"
        )
        for group, said in _SAID.items()
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg"><defs>\n{drawn}\n</defs></svg>\n'


def _drawing(pictured: str, group: str) -> Markup:
    # Our own drawing: nothing anybody typed stands in it.
    return Markup(cover_svg(pictured, group, list(_SAID).index(group)))  # noqa: S704


if __name__ == "__main__":  # python -m catalog.routes.groups > static/catalog/groups.svg
    sys.stdout.write(group_pictures())
