import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import gs1
from core.gs1 import Element, errors
from core.gs1.character_sets import CHARACTER_SET_82

GTIN = "09521234543213"


@pytest.mark.parametrize(
    ("bracketed", "scanned"),
    [
        (f"(01){GTIN}", f"01{GTIN}"),
        (f"(01){GTIN}(10)12345", f"01{GTIN}1012345"),
        (f"(01){GTIN}(10)12345(11)991225", f"01{GTIN}1012345^11991225"),
        (f"(01){GTIN}(3102)000150(10)A", f"01{GTIN}310200015010A"),
        (rf"(01){GTIN}(10)12345\(11)991225", f"01{GTIN}1012345(11)991225"),
        (rf"(01){GTIN}(10)12345\(", f"01{GTIN}1012345("),
        (f"(01){GTIN}(235)T(422)704(3103)000195", f"01{GTIN}235T^422704^3103000195"),
        (
            "(00)952012345678912345(02)09520123456788(37)25",
            "0095201234567891234502095201234567883725",
        ),
    ],
)
def test_the_two_forms_say_the_same(bracketed: str, scanned: str) -> None:
    elements = gs1.parse_bracketed(bracketed)

    assert gs1.parse_element_string(scanned, "^") == elements
    assert gs1.element_string(elements, "^") == scanned
    assert gs1.bracketed(elements) == bracketed


def test_a_scanner_may_send_separators_where_none_are_needed() -> None:
    scanned = f"\x1d01{GTIN}\x1d10A\x1d"

    assert gs1.parse_element_string(scanned) == (Element("01", GTIN), Element("10", "A"))


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", errors.MalformedElements),
        (GTIN, errors.MalformedElements),
        ("()12345", errors.MalformedElements),
        ("(1)12345", errors.MalformedElements),
        ("(12345)12345", errors.MalformedElements),
        ("(1A)12345", errors.MalformedElements),
        ("(15", errors.MalformedElements),
        (f"(01){GTIN}(10)", errors.MalformedElements),
        (f"(01){GTIN}(10)A(B", errors.MalformedElements),
        (rf"(01){GTIN}(10)A\B", errors.MalformedElements),
        ("(89)A", errors.UnknownIdentifier),
        (f"(01){GTIN}2(10)12345", errors.TooLong),
        (f"(01){GTIN}(10)A\n", errors.ForeignCharacter),
        ("(10)A", errors.RequiredMissing),
    ],
)
def test_what_is_no_bracketed_form_is_refused(text: str, refusal: type[gs1.Malformed]) -> None:
    with pytest.raises(gs1.Malformed) as refused:
        gs1.parse_bracketed(text)

    assert type(refused.value) is refusal


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", errors.MalformedElements),
        ("^", errors.MalformedElements),
        ("89A", errors.UnknownIdentifier),
        ("X", errors.UnknownIdentifier),
        (f"01{GTIN}7", errors.UnknownIdentifier),
        (f"01{GTIN[:13]}^10A", errors.TooShort),
        (f"01{GTIN}10^11261121", errors.EmptyValue),
        (f"01{GTIN}10{'A' * 21}", errors.TooLong),
    ],
)
def test_what_no_scanner_gives_is_refused(text: str, refusal: type[gs1.Malformed]) -> None:
    with pytest.raises(gs1.Malformed) as refused:
        gs1.parse_element_string(text, "^")

    assert type(refused.value) is refusal


def test_an_unknown_identifier_is_named_by_its_first_four_digits() -> None:
    with pytest.raises(errors.UnknownIdentifier) as refused:
        gs1.parse_element_string("89123456")

    assert refused.value.identifier == "8912"


TEXTS = st.text(CHARACTER_SET_82, min_size=1, max_size=20)


@given(lot=TEXTS, serial=TEXTS, note=TEXTS)
def test_link_brackets_and_code_lead_to_one_another(lot: str, serial: str, note: str) -> None:
    elements = (
        Element("01", GTIN),
        Element("10", lot),
        Element("21", serial),
        Element("11", "261121"),
        Element("99", note),
    )

    assert gs1.parse_bracketed(gs1.bracketed(elements)) == elements
    assert gs1.parse_element_string(gs1.element_string(elements)) == elements
    assert gs1.parse(gs1.build(elements)).elements == elements


@given(st.text("()\\019A^", max_size=30))
def test_any_text_is_elements_or_refused(text: str) -> None:
    for parse in (gs1.parse_bracketed, gs1.parse_element_string):
        try:
            elements = parse(text)
        except gs1.Malformed:
            continue
        assert gs1.parse_bracketed(gs1.bracketed(elements)) == elements
