import pytest

from traceability.print_errors import LabelNotRead, TooManySpoiledPlaces
from traceability.rules import (
    BySerial,
    Counted,
    OnSheet,
    parse_serial,
    parse_spoiled,
    pieces_of,
    place_of,
)
from traceability.rules.spoiled_labels import Spoiled

SAMPLE = "7K3MQ9T2XB40G"
STAMP = BySerial(parse_serial(SAMPLE))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n ; ", []),
        (SAMPLE, [STAMP]),
        ("7k3m q9t2 xb40g", [STAMP]),
        (f"{SAMPLE}, {SAMPLE}", [STAMP, STAMP]),
        ("tờ 2", [OnSheet(2)]),
        ("To 2", [OnSheet(2)]),
        ("Trang 12", [OnSheet(12)]),
        ("tờ 2 hàng 3 cột 4", [OnSheet(2, 3, 4)]),
        ("tờ 2, hàng 3, cột 4", [OnSheet(2, 3, 4)]),
        ("to 2 hang 3 cot 4", [OnSheet(2, 3, 4)]),
        ("sheet 2 row 3 column 4", [OnSheet(2, 3, 4)]),
        ("tem 14", [Counted(14)]),
        ("label 14", [Counted(14)]),
        (f"tờ 1; {SAMPLE}\ntem 3", [OnSheet(1), STAMP, Counted(3)]),
    ],
)
def test_labels_are_named_in_many_ways(text: str, expected: list[Spoiled]) -> None:
    assert parse_spoiled(text) == expected


@pytest.mark.parametrize("text", ["nhòe hết", "tờ hai", "tờ 2 hàng 3", "7K3MQ9T2XB40H", "14"])
def test_what_names_no_label_is_refused_and_quoted(text: str) -> None:
    with pytest.raises(LabelNotRead) as refusal:
        parse_spoiled(f"tờ 1\n{text}")

    assert refusal.value.values == {"line": text}


def test_so_many_lines_are_refused() -> None:
    assert len(parse_spoiled("tem 1\n" * 200)) == 200
    with pytest.raises(TooManySpoiledPlaces):
        parse_spoiled("tem 1\n" * 201)


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (OnSheet(1), range(65)),
        (OnSheet(2), range(65, 70)),
        (OnSheet(3), range(0)),
        (OnSheet(0), range(0)),
        (OnSheet(1, 1, 1), range(1)),
        (OnSheet(1, 13, 5), range(64, 65)),
        (OnSheet(2, 1, 5), range(69, 70)),
        (OnSheet(2, 2, 1), range(0)),
        (OnSheet(1, 14, 1), range(0)),
        (OnSheet(1, 1, 6), range(0)),
        (OnSheet(1, 0, 1), range(0)),
        (Counted(1), range(1)),
        (Counted(70), range(69, 70)),
        (Counted(71), range(0)),
        (Counted(0), range(0)),
    ],
)
def test_places_of_seventy_labels_on_sheets_of_five_by_thirteen(
    named: OnSheet | Counted, expected: range
) -> None:
    found = place_of(named, columns=5, rows=13, labels=70)

    assert list(found) == list(expected)


def test_neighbours_become_one_range() -> None:
    assert pieces_of([]) == []
    assert pieces_of([9, 3, 4, 4, 5, 1]) == [(1, 1), (3, 5), (9, 9)]
