import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import gs1
from core.gs1 import DigitalLink, LinkFault, MalformedLink

STEM = "https://ocop.example.vn"
GTIN = "08936012345674"  # A test value of GS1's syntax engine, never printed.
SET_82 = string.ascii_letters + string.digits + "!\"%&'()*+,-./:;<=>?_"


@pytest.mark.parametrize(
    ("uri", "elements"),
    [
        (
            f"{STEM}/01/{GTIN}/10/L2611A/21/7K3MQ9T2XB",
            {"01": GTIN, "10": "L2611A", "21": "7K3MQ9T2XB"},
        ),
        (f"{STEM}/01/{GTIN}/22/V1/10/L/21/S", {"01": GTIN, "22": "V1", "10": "L", "21": "S"}),
        (f"{STEM}/01/{GTIN}", {"01": GTIN}),
        (f"{STEM}/01/{GTIN}/", {"01": GTIN}),
        (f"{STEM}/shop/vn/01/{GTIN}/21/A", {"01": GTIN, "21": "A"}),
        (f"{STEM}/01/{GTIN}/10/01", {"01": GTIN, "10": "01"}),
        (f"{STEM}/01/{GTIN}/235/THIRD", {"01": GTIN, "235": "THIRD"}),
        (f"{STEM}/01/{GTIN}/10/{'L' * 20}", {"01": GTIN, "10": "L" * 20}),
        (f"{STEM}/01/{GTIN}/10/A%2FB", {"01": GTIN, "10": "A/B"}),
        (f"{STEM}/01/{GTIN}/10/A+B", {"01": GTIN, "10": "A+B"}),
        (
            f"{STEM}/01/{GTIN}/10/L2611A/21/7K3MQ9T2XB?416=8936012345674&11=261121",
            {"01": GTIN, "10": "L2611A", "21": "7K3MQ9T2XB"},
        ),
    ],
)
def test_a_link_gives_the_elements_of_its_path(uri: str, elements: dict[str, str]) -> None:
    assert dict(gs1.parse(uri).elements) == elements


@pytest.mark.parametrize(
    ("rest", "fault"),
    [
        ("/01/08936012345671/21/A", LinkFault.CHECK_DIGIT),
        ("/01/8936012345674", LinkFault.VALUE),
        (f"/01/{GTIN}/21/A/10/B", LinkFault.ORDER),
        (f"/01/{GTIN}/10/A/10/B", LinkFault.ORDER),
        (f"/01/{GTIN}/235/T/21/S", LinkFault.ORDER),
        (f"/01/{GTIN}/99/X", LinkFault.ORDER),
        (f"/01/{GTIN}?10=B", LinkFault.QUALIFIER_IN_QUERY),
        (f"/01/{GTIN}?21=B", LinkFault.QUALIFIER_IN_QUERY),
        (f"/01/{GTIN}?22=", LinkFault.QUALIFIER_IN_QUERY),
        (f"/01/{GTIN}?01={GTIN}", LinkFault.QUALIFIER_IN_QUERY),
        (f"/01/{GTIN}/10/LÔ", LinkFault.VALUE),
        (f"/01/{GTIN}/10/L%C3%94", LinkFault.VALUE),
        (f"/01/{GTIN}/10/A%20B", LinkFault.VALUE),
        (f"/01/{GTIN}/10/A%0A", LinkFault.VALUE),
        (f"/01/{GTIN}/10/A%2", LinkFault.VALUE),
        (f"/01/{GTIN}/10/{'L' * 21}", LinkFault.VALUE),
        (f"/01/{GTIN}/21//", LinkFault.NO_PRIMARY_KEY),
        (f"/01/{GTIN}/10//21/S", LinkFault.VALUE),
        (f"/01/{GTIN}/21", LinkFault.NO_PRIMARY_KEY),
        ("/", LinkFault.NO_PRIMARY_KEY),
        ("/products/che", LinkFault.NO_PRIMARY_KEY),
        ("/01/٠٨٩٣٦٠١٢٣٤٥٦٧٤", LinkFault.VALUE),
        (f"/01/{GTIN}?" + "&a=1" * 51, LinkFault.QUERY),
    ],
)
def test_what_is_no_link_is_refused_with_its_reason(rest: str, fault: LinkFault) -> None:
    with pytest.raises(MalformedLink) as refused:
        gs1.parse(STEM + rest)

    assert refused.value.fault is fault


@pytest.mark.parametrize(
    "uri", ["Https://OCOP.EXAMPLE.VN/01/" + GTIN, "ftp://a/01/" + GTIN, "http:///01/" + GTIN, ""]
)
def test_a_scheme_in_mixed_case_or_another_is_no_link(uri: str) -> None:
    with pytest.raises(MalformedLink) as refused:
        gs1.parse(uri)

    assert refused.value.fault is LinkFault.SCHEME


def test_the_query_is_kept_apart_and_the_canonical_form_has_none() -> None:
    link = gs1.parse(f"HTTPS://OCOP.EXAMPLE.VN/01/{GTIN}/21/7K3MQ9T2XB40G?s=123")

    assert link.query == "s=123"
    assert (link.gtin14, link.lot, link.serial) == (GTIN, None, "7K3MQ9T2XB40G")
    assert link.canonical == f"https://id.gs1.org/01/{GTIN}/21/7K3MQ9T2XB40G"


def test_a_plus_is_a_plus_in_the_path_and_is_encoded_on_output() -> None:
    assert gs1.parse(f"{STEM}/01/{GTIN}/10/A+B").path == f"/01/{GTIN}/10/A%2BB"
    assert gs1.parse(f"{STEM}/01/{GTIN}/10/A%2FB").path == f"/01/{GTIN}/10/A%2FB"


@given(
    lot=st.text(SET_82, min_size=1, max_size=20), serial=st.text(SET_82, min_size=1, max_size=20)
)
def test_what_was_built_is_parsed_again(lot: str, serial: str) -> None:
    link = DigitalLink((("01", GTIN), ("10", lot), ("21", serial)))

    assert gs1.parse(STEM + link.path) == link


@given(st.text(max_size=80))
def test_any_text_after_the_stem_is_a_link_or_refused(text: str) -> None:
    try:
        link = gs1.parse_path(f"/01/{GTIN}/{text}")
    except MalformedLink:
        return

    assert link.gtin14 == GTIN


def test_a_stamp_with_a_gtin_carries_a_digital_link_in_capitals() -> None:
    uri = gs1.stamp_uri("https://goc.example", "09521234543213", "7K3MQ9T2XB40G")

    assert uri == "HTTPS://GOC.EXAMPLE/01/09521234543213/21/7K3MQ9T2XB40G"
    assert gs1.parse(uri).serial == "7K3MQ9T2XB40G"


def test_a_stamp_without_a_gtin_carries_our_own_path() -> None:
    uri = gs1.stamp_uri("http://192.168.1.5:8000/", None, "7K3MQ9T2XB40G")

    assert uri == "HTTP://192.168.1.5:8000/S/7K3MQ9T2XB40G"
    assert re.fullmatch(r"[0-9A-Z $%*+\-./:]+", uri)
