import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import gs1
from core.gs1 import DigitalLink, Element, errors
from core.gs1.character_sets import CHARACTER_SET_82

STEM = "https://ocop.example.vn"
GTIN = "08936012345674"  # A test value of GS1's syntax engine, never printed.
SIGNATURE = "Az09-_" * 15


@pytest.mark.parametrize(
    ("uri", "elements"),
    [
        (
            f"{STEM}/01/{GTIN}/10/L2611A/21/7K3MQ9T2XB",
            f"(01){GTIN}(10)L2611A(21)7K3MQ9T2XB",
        ),
        (f"{STEM}/01/{GTIN}/22/V1/10/L/21/S", f"(01){GTIN}(22)V1(10)L(21)S"),
        (f"{STEM}/01/{GTIN}", f"(01){GTIN}"),
        (f"{STEM}/01/{GTIN}/", f"(01){GTIN}"),
        (f"{STEM}/shop/vn/01/{GTIN}/21/A", f"(01){GTIN}(21)A"),
        (f"{STEM}/01/faux/01/{GTIN}/21/A", f"(01){GTIN}(21)A"),
        (f"{STEM}/01/{GTIN}/10/01", f"(01){GTIN}(10)01"),
        (f"{STEM}/01/{GTIN}/235/THIRD", f"(01){GTIN}(235)THIRD"),
        (f"{STEM}/01/{GTIN}/235/THIRD?10=L", f"(01){GTIN}(235)THIRD(10)L"),
        (f"{STEM}/01/{GTIN}/10/{'L' * 20}", f"(01){GTIN}(10){'L' * 20}"),
        (f"{STEM}/01/{GTIN}/10/A%2FB", f"(01){GTIN}(10)A/B"),
        (f"{STEM}/01/{GTIN}/10/A%2fB", f"(01){GTIN}(10)A/B"),
        (f"{STEM}/01/{GTIN}/10/A+B", f"(01){GTIN}(10)A+B"),
        (f"{STEM}/01/{GTIN}?17=261200", f"(01){GTIN}(17)261200"),
        (f"{STEM}/01/{GTIN}?422=704", f"(01){GTIN}(422)704"),
        (f"{STEM}/01/{GTIN}?99=A%2BB", f"(01){GTIN}(99)A+B"),
        (f"{STEM}/01/{GTIN}?&&17=261200&&&", f"(01){GTIN}(17)261200"),
        (f"{STEM}/01/{GTIN}?17&utm=%zz&=x&17=261200#10=B", f"(01){GTIN}(17)261200"),
        (
            f"{STEM}/01/{GTIN}/21/S1?8030={SIGNATURE[:86]}",
            f"(01){GTIN}(21)S1(8030){SIGNATURE[:86]}",
        ),
        (f"{STEM}/414/8936012345674/254/KHO1", "(414)8936012345674(254)KHO1"),
        (f"{STEM}/417/8936012345674", "(417)8936012345674"),
        (f"{STEM}/8004/9520614141?01=9520123456788", "(8004)9520614141(01)09520123456788"),
        (
            f"{STEM}/00/952012345678912345?02=09520123456788&37=25&10=ABC123",
            "(00)952012345678912345(02)09520123456788(37)25(10)ABC123",
        ),
        (
            f"{STEM}/01/{GTIN}/10/L2611A/21/7K3MQ9T2XB?416=8936012345674&11=261121",
            f"(01){GTIN}(10)L2611A(21)7K3MQ9T2XB(416)8936012345674(11)261121",
        ),
        (f"http://[2001:db8::1]:8000/01/{GTIN}", f"(01){GTIN}"),
    ],
)
def test_a_link_gives_its_elements_in_its_order(uri: str, elements: str) -> None:
    assert gs1.bracketed(gs1.parse(uri).elements) == elements


@pytest.mark.parametrize(
    ("rest", "refusal", "identifier"),
    [
        ("/01/08936012345671/21/A", errors.WrongCheckDigit, "01"),
        ("/01/8936012345674", errors.TooShort, "01"),
        ("/01/008936012345674", errors.TooLong, "01"),
        (f"/01/{GTIN}/21/A/10/B", errors.WrongSequence, "10"),
        (f"/01/{GTIN}/10/A/10/B", errors.WrongSequence, "10"),
        (f"/01/{GTIN}/235/T/21/S", errors.WrongSequence, "21"),
        (f"/01/{GTIN}/99/X", errors.WrongSequence, "99"),
        (f"/01/{GTIN}?10=B", errors.QualifierInQuery, "10"),
        (f"/01/{GTIN}?21=B", errors.QualifierInQuery, "21"),
        (f"/01/{GTIN}/21/A?10=B", errors.QualifierInQuery, "10"),
        (f"/01/{GTIN}?22=", errors.EmptyValue, "22"),
        (f"/01/{GTIN}?01={GTIN}", errors.RepeatedIdentifier, "01"),
        (f"/01/{GTIN}?99=A&99=A", errors.RepeatedIdentifier, "99"),
        (f"/01/{GTIN}?254=KHO1", errors.NotAnAttribute, "254"),
        (f"/01/{GTIN}?89=A", errors.UnknownIdentifier, "89"),
        (f"/01/{GTIN}?999=A", errors.UnknownIdentifier, "999"),
        (f"/01/{GTIN}?17=261331", errors.NoSuchDate, "17"),
        (f"/01/{GTIN}?17=260230", errors.NoSuchDate, "17"),
        (f"/01/{GTIN}?422=999", errors.UnknownCode, "422"),
        (f"/01/{GTIN}?99=A+B", errors.ForeignCharacter, "99"),
        (f"/01/{GTIN}?99=A%2", errors.BrokenEscape, "99"),
        (f"/01/{GTIN}/21/S1?8030={SIGNATURE}A", errors.TooLong, "8030"),
        (f"/01/{GTIN}?8030={SIGNATURE[:86]}", errors.RequiredMissing, "8030"),
        (f"/01/{GTIN}?37=5", errors.ForbiddenPair, "01"),
        (f"/01/{GTIN}?3102=000100&3103=000100", errors.ForbiddenPair, "3102"),
        ("/414/8936012345674?10=L", errors.RequiredMissing, "10"),
        (f"/01/{GTIN}/10/L%C3%94", errors.ForeignCharacter, "10"),
        (f"/01/{GTIN}/10/A%20B", errors.ForeignCharacter, "10"),
        (f"/01/{GTIN}/10/A%0A", errors.ForeignCharacter, "10"),
        (f"/01/{GTIN}/10/A%00", errors.ForeignCharacter, "10"),
        (f"/01/{GTIN}/10/A%FF", errors.ForeignCharacter, "10"),
        (f"/01/{GTIN}/10/A%2", errors.BrokenEscape, "10"),
        (f"/01/{GTIN}/10/A%zz", errors.BrokenEscape, "10"),
        (f"/01/{GTIN}/10/{'L' * 21}", errors.TooLong, "10"),
        (f"/01/{GTIN}/10//21/S", errors.EmptyValue, "10"),
        (f"/01/{GTIN}//", errors.NoPrimaryKey, ""),
        (f"/01/{GTIN}/21", errors.NoPrimaryKey, ""),
        (f"/01/{GTIN}/shop/vn", errors.NoPrimaryKey, ""),
        (f"/gtin/{GTIN}/lot/A", errors.NoPrimaryKey, ""),
        ("/10/A", errors.NoPrimaryKey, ""),
        ("/", errors.NoPrimaryKey, ""),
        ("/products/che", errors.NoPrimaryKey, ""),
        (f"/01/{GTIN}/10/LÔ", errors.ForeignUriCharacter, ""),
        (f"/01/{GTIN}/10/A B", errors.ForeignUriCharacter, ""),
        (f'/01/{GTIN}/10/A"B', errors.ForeignUriCharacter, ""),
        ("/01/٠٨٩٣٦٠١٢٣٤٥٦٧٤", errors.ForeignUriCharacter, ""),
        (f"/01/{GTIN}?" + "&a=1" * 51, errors.TooManyFields, ""),
    ],
)
def test_what_is_no_link_is_refused_with_its_reason(
    rest: str, refusal: type[gs1.Malformed], identifier: str
) -> None:
    with pytest.raises(gs1.Malformed) as refused:
        gs1.parse(STEM + rest)

    assert (type(refused.value), refused.value.identifier) == (refusal, identifier)


@pytest.mark.parametrize(
    ("uri", "refusal"),
    [
        (f"Https://OCOP.EXAMPLE.VN/01/{GTIN}", errors.WrongScheme),
        (f"ftp://a/01/{GTIN}", errors.WrongScheme),
        (f"/01/{GTIN}", errors.WrongScheme),
        ("", errors.WrongScheme),
        (f"http:///01/{GTIN}", errors.WrongHost),
        (f"http://a$/01/{GTIN}", errors.WrongHost),
        (f"http://user@a/01/{GTIN}", errors.WrongHost),
        (f"https://01/{GTIN}", errors.NoPrimaryKey),
        ("https://a", errors.WrongHost),
    ],
)
def test_another_scheme_or_no_host_is_no_link(uri: str, refusal: type[gs1.Malformed]) -> None:
    with pytest.raises(errors.MalformedLink) as refused:
        gs1.parse(uri)

    assert type(refused.value) is refusal


def test_a_refusal_says_its_code_and_its_identifier() -> None:
    with pytest.raises(gs1.Malformed, match=r"\Acheck_digit 01\Z"):
        gs1.parse(f"{STEM}/01/08936012345671")
    with pytest.raises(gs1.Malformed, match=r"\Ascheme\Z"):
        gs1.parse("")


def test_no_two_refusals_share_a_code() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = [kind.code for kind in kinds if issubclass(kind, gs1.Malformed)]

    assert sorted(codes) == sorted(set(codes))
    assert {"check_digit", "sequence", "required_missing"} < set(codes)


def test_what_an_app_hung_on_is_not_looked_at() -> None:
    link = gs1.parse_path(f"/01/{GTIN}/21/A", 'fbclid=a|b"c%&17=261200')

    assert link.attributes == (Element("17", "261200"),)
    assert link.query == 'fbclid=a|b"c%&17=261200'


def test_a_path_holds_what_addresses_hold_and_nothing_else() -> None:
    with pytest.raises(errors.ForeignUriCharacter, match=r"\Auri_character 10\Z"):
        gs1.parse_path(f'/01/{GTIN}/10/A"B')


def test_fifty_fields_are_read() -> None:
    link = gs1.parse_path(f"/01/{GTIN}", "&".join(["x=1"] * 49 + ["99=A"]))

    assert link.attributes == (Element("99", "A"),)


def test_the_canonical_form_keeps_what_gs1_knows_alone() -> None:
    link = gs1.parse(f"HTTPS://OCOP.EXAMPLE.VN/x/01/{GTIN}/21/7K3MQ9T2XB40G?s=123")

    assert link.query == "s=123"
    assert (link.gtin14, link.lot, link.serial) == (GTIN, None, "7K3MQ9T2XB40G")
    assert link.canonical == f"https://id.gs1.org/01/{GTIN}/21/7K3MQ9T2XB40G"


def test_a_link_about_a_place_has_no_gtin() -> None:
    link = gs1.parse(f"{STEM}/414/8936012345674/254/KHO1")

    assert link.primary_key == Element("414", "8936012345674")
    assert (link.gtin14, link.lot, link.serial) == (None, None, None)


@pytest.mark.parametrize(
    ("given_lot", "encoded"),
    [("A+B", "A%2BB"), ("A%2fB", "A%2FB"), ("%41", "A"), ("A~B", None), ("A-._", "A-._")],
)
def test_the_canonical_form_encodes_what_is_not_unreserved(
    given_lot: str, encoded: str | None
) -> None:
    if encoded is None:  # "~" is unreserved in addresses, but not in set 82.
        with pytest.raises(errors.ForeignCharacter):
            gs1.parse(f"{STEM}/01/{GTIN}/10/{given_lot}")
        return

    assert gs1.parse(f"{STEM}/01/{GTIN}/10/{given_lot}").path == f"/01/{GTIN}/10/{encoded}"


def test_attributes_stand_in_the_order_of_their_identifiers() -> None:
    one = gs1.parse(f"{STEM}/01/{GTIN}?416=8936012345674&11=261121")
    other = gs1.parse(f"{STEM}/01/{GTIN}?11=261121&x=1&416=8936012345674")

    assert one.canonical == f"https://id.gs1.org/01/{GTIN}?11=261121&416=8936012345674"
    assert other.canonical == one.canonical


def test_elements_in_any_order_build_one_link() -> None:
    elements = [("21", "S/1"), ("11", "261121"), ("01", "8936012345674"), ("10", "L1")]

    assert gs1.build(elements) == f"https://id.gs1.org/01/{GTIN}/10/L1/21/S%2F1?11=261121"
    assert gs1.build(elements, f"{STEM}/") == f"{STEM}/01/{GTIN}/10/L1/21/S%2F1?11=261121"


def test_a_third_partys_serial_goes_before_the_lot() -> None:
    uri = gs1.build([("10", "L1"), ("01", GTIN), ("235", "T")], STEM)

    assert uri == f"{STEM}/01/{GTIN}/235/T?10=L1"


@pytest.mark.parametrize(
    ("elements", "refusal"),
    [
        ([("10", "L1")], errors.RequiredMissing),
        ([("99", "A")], errors.NoPrimaryKey),
        ([], errors.NoPrimaryKey),
        ([("01", GTIN), ("01", "09521234543213")], errors.ContradictingRepetition),
        ([("01", "08936012345671")], errors.WrongCheckDigit),
        ([("01", GTIN), ("10", "Lô 5")], errors.ForeignCharacter),
        ([("414", "8936012345674"), ("254", "A"), ("7040", "1ABC")], errors.NotAnAttribute),
        ([("01", GTIN), ("8200", "https")], errors.NotAnAttribute),
    ],
)
def test_a_link_that_would_be_refused_is_not_built(
    elements: list[tuple[str, str]], refusal: type[gs1.Malformed]
) -> None:
    with pytest.raises(gs1.Malformed) as refused:
        gs1.build(elements)

    assert type(refused.value) is refusal


TEXTS = st.text(CHARACTER_SET_82, min_size=1, max_size=20)


@given(lot=TEXTS, serial=TEXTS, note=TEXTS)
def test_what_was_built_is_parsed_again(lot: str, serial: str, note: str) -> None:
    link = gs1.link_of([("99", note), ("10", lot), ("01", GTIN), ("21", serial)])

    again = gs1.parse(link.under(f"{STEM}/a/b"))

    assert (again.path_elements, again.attributes) == (link.path_elements, link.attributes)
    assert again.canonical == link.canonical == gs1.parse(link.canonical).canonical


@given(st.text(max_size=80), st.text(max_size=40))
def test_any_text_after_the_stem_is_a_link_or_refused(path: str, query: str) -> None:
    try:
        link = gs1.parse_path(f"/01/{GTIN}/{path}", query)
    except gs1.Malformed:
        return

    assert gs1.build(link.elements) == link.canonical


def test_a_stamp_with_a_gtin_carries_a_digital_link_in_capitals() -> None:
    uri = gs1.stamp_uri("https://goc.example", "09521234543213", "7K3MQ9T2XB40G")

    assert uri == "HTTPS://GOC.EXAMPLE/01/09521234543213/21/7K3MQ9T2XB40G"
    assert gs1.parse(uri) == DigitalLink(
        (Element("01", "09521234543213"), Element("21", "7K3MQ9T2XB40G"))
    )


def test_a_stamp_without_a_gtin_carries_our_own_path() -> None:
    uri = gs1.stamp_uri("http://192.168.1.5:8000/", None, "7K3MQ9T2XB40G")

    assert uri == "HTTP://192.168.1.5:8000/S/7K3MQ9T2XB40G"
    assert re.fullmatch(r"[0-9A-Z $%*+\-./:]+", uri)
