from itertools import pairwise

import pytest

from core.gs1 import APPLICATION_IDENTIFIERS
from core.gs1.character_sets import CHARACTER_SET_39, CHARACTER_SET_64, CHARACTER_SET_82
from core.gs1.component_checks import CHECKS
from core.gs1.identifiers import Component
from core.text.set82 import set82

ROWS = APPLICATION_IDENTIFIERS.values()


def test_the_table_has_every_identifier_once_and_spreads_its_ranges() -> None:
    assert len(APPLICATION_IDENTIFIERS) == 541
    assert [name for name in APPLICATION_IDENTIFIERS if name.startswith("310")] == [
        "3100",
        "3101",
        "3102",
        "3103",
        "3104",
        "3105",
    ]
    assert "3106" not in APPLICATION_IDENTIFIERS
    assert {"91", "95", "99"} < APPLICATION_IDENTIFIERS.keys()


def test_no_identifier_begins_with_another() -> None:
    names = sorted(APPLICATION_IDENTIFIERS)

    assert [a for a, b in pairwise(names) if b.startswith(a)] == []


def test_a_row_is_read_whole() -> None:
    gtin = APPLICATION_IDENTIFIERS["01"]

    assert gtin.title == "GTIN"
    assert gtin.components == (Component("N", 14, 14, ("csum", "gcppos2")),)
    assert (gtin.shortest, gtin.longest) == (14, 14)
    assert (gtin.fixed_length, gtin.attribute, gtin.primary_key) == (True, True, True)
    assert (gtin.required, gtin.excluded) == ((), ("255", "37"))
    assert gtin.qualifiers == (("22", "10", "21"), ("235",))


def test_a_row_without_flags_is_neither_fixed_nor_an_attribute() -> None:
    serial = APPLICATION_IDENTIFIERS["21"]

    assert serial.components == (Component("X", 1, 20),)
    assert (serial.fixed_length, serial.attribute, serial.primary_key) == (False, False, False)
    assert (serial.required, serial.excluded) == ((("01",), ("03",), ("8006",)), ("235",))


def test_optional_components_and_groups_are_read() -> None:
    document = APPLICATION_IDENTIFIERS["253"]
    signature = APPLICATION_IDENTIFIERS["8030"]

    assert document.components[1] == Component("X", 1, 17, optional=True)
    assert (document.shortest, document.longest, document.qualifiers) == (13, 30, ((),))
    assert ("01", "21") in signature.required
    assert ("00",) in signature.required
    assert APPLICATION_IDENTIFIERS["7030"].title == "PROCESSOR # 0"


def test_the_primary_keys_and_their_qualifiers_are_those_of_the_standard() -> None:
    assert {row.identifier: row.qualifiers for row in ROWS if row.primary_key} == {
        "00": ((),),
        "01": (("22", "10", "21"), ("235",)),
        "253": ((),),
        "255": ((),),
        "401": ((),),
        "402": ((),),
        "414": (("254",), ("7040",)),
        "415": (("8020",),),
        "417": (("7040",),),
        "8003": ((),),
        "8004": (("7040",),),
        "8006": (("22", "10", "21"),),
        "8010": (("8011",),),
        "8013": ((),),
        "8017": (("8019",),),
        "8018": (("8019",),),
    }


def test_no_value_of_fixed_length_varies() -> None:
    assert [
        row.identifier for row in ROWS if row.fixed_length and row.shortest != row.longest
    ] == []


def test_every_check_the_table_names_is_known_and_every_known_one_is_named() -> None:
    named = {name for row in ROWS for part in row.components for name in part.checks}

    assert named == set(CHECKS)


@pytest.mark.parametrize(
    ("characters", "count"),
    [(CHARACTER_SET_82, 82), (CHARACTER_SET_39, 39), (CHARACTER_SET_64, 64)],
)
def test_the_character_sets_have_as_many_characters_as_their_names_say(
    characters: str, count: int
) -> None:
    assert len(characters) == len(set(characters)) == count


def test_a_lot_code_made_for_gs1_is_of_the_same_set() -> None:
    inside = "".join(letter for letter in CHARACTER_SET_82 if set82(f"A{letter}Z") == f"A{letter}Z")

    assert inside == CHARACTER_SET_82
