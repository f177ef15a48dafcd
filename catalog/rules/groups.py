"""The six groups of goods. Pure.

Source: decision 148/QĐ-TTg (2023), which sorts what OCOP recognises.
"""

from enum import StrEnum


class Group(StrEnum):
    """A group, in the order in which lists show them."""

    FOOD = "thuc_pham"
    DRINKS = "do_uong"
    HERBS = "duoc_lieu"
    CRAFTS = "thu_cong_my_nghe"
    ORNAMENTALS = "sinh_vat_canh"
    TOURISM = "du_lich"


EATEN = frozenset({Group.FOOD, Group.DRINKS, Group.HERBS})  # One eats or drinks these.
SERVICES = frozenset({Group.TOURISM})  # Visits: they have no lots and no stamps.
