import pytest
from hypothesis import given
from hypothesis import strategies as st

from traceability.rules import CodeKind, parse_code, parse_serial

HOST = "goc.example"
SAMPLE = "7K3MQ9T2XB40G"
SERIAL = parse_serial(SAMPLE)


@pytest.mark.parametrize(
    "text",
    [
        "HTTPS://GOC.EXAMPLE/S/7K3MQ9T2XB40G",
        "https://goc.example/s/7k3mq9t2xb40g",
        "http://goc.example/s/7K3M-Q9T2-XB40G/",
        "Https://Goc.Example:443/S/7K3MQ9T2XB40G?lang=en#top",
        "goc.example/s/7K3MQ9T2XB40G",
        "HTTPS://GOC.EXAMPLE/01/09521234543213/21/7K3MQ9T2XB40G",
        "https://goc.example/01/09521234543213/10/L1/21/7K3MQ9T2XB40G?s=1",
    ],
)
def test_an_address_of_ours_gives_its_serial(text: str) -> None:
    code = parse_code(text, HOST)

    assert (code.kind, code.serial, code.typed) == (CodeKind.SERIAL, SERIAL, False)


def test_a_digital_link_tells_besides_which_goods_it_claims() -> None:
    code = parse_code("HTTPS://GOC.EXAMPLE/01/09521234543213/10/L1/21/7K3MQ9T2XB40G", HOST)

    assert code.link is not None
    assert (code.link.gtin14, code.link.lot) == ("09521234543213", "L1")


@pytest.mark.parametrize("text", ["7k3m q9t2 xb4og", " 7K3M-Q9T2-XB40G "])
def test_a_typed_serial_is_known_as_typed(text: str) -> None:
    code = parse_code(text, HOST)

    assert (code.kind, code.serial, code.typed) == (CodeKind.SERIAL, SERIAL, True)


def test_a_link_to_a_place_leads_nowhere_here() -> None:
    code = parse_code("https://goc.example/414/9521234543213", HOST)

    assert (code.kind, code.link) == (CodeKind.MALFORMED, None)


def test_a_link_to_goods_alone_is_left_to_the_resolver() -> None:
    code = parse_code("https://goc.example/01/09521234543213", HOST)

    assert (code.kind, code.serial) == (CodeKind.GOODS, None)
    assert code.link is not None
    assert code.link.path == "/01/09521234543213"


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://abc.vn/x?y=1", "abc.vn"),
        ("HTTP://ABC.VN", "abc.vn"),
        ("https://abc.vn:8443/s/7K3MQ9T2XB40G", "abc.vn:8443"),
        ("https://goc.example@evil.example/s/7K3MQ9T2XB40G", "evil.example"),
        ("https://goc.example.evil.example/s/7K3MQ9T2XB40G", "goc.example.evil.example"),
        ("https://goc.example:8000/s/7K3MQ9T2XB40G", "goc.example:8000"),
        ("https://id.gs1.org/01/09521234543213/21/7K3MQ9T2XB40G", "id.gs1.org"),
        ("abc.vn/tem/1", "abc.vn"),
    ],
)
def test_an_address_of_somebody_else_gives_its_host_and_no_serial(text: str, host: str) -> None:
    code = parse_code(text, HOST)

    assert (code.kind, code.host, code.serial) == (CodeKind.FOREIGN, host, None)
    assert code.url == (text if "://" in text else f"https://{text}")


def test_a_host_with_a_port_is_ours_with_that_port_alone() -> None:
    address = "HTTP://LOCALHOST:8000/S/7K3MQ9T2XB40G"

    assert parse_code(address, "localhost:8000").kind is CodeKind.SERIAL
    assert parse_code(address, "localhost").kind is CodeKind.FOREIGN
    assert parse_code("http://localhost:8000/s/" + SAMPLE, "Localhost:8000").serial == SERIAL


@pytest.mark.parametrize(
    "text",
    [
        "7K3MQ9T2XB40H",
        "https://goc.example/s/7K3MQ9T2XB40H",
        "https://goc.example/",
        "https://goc.example/products/che",
        "https://goc.example/01/08936012345671/21/7K3MQ9T2XB40G",
        "https://goc.example/01/09521234543213/21/A",
        "00020101021138540010A00000072701240006",
        "WIFI:S:nha;T:WPA;P:12345678;;",
        "javascript:alert(1)",
        "https://",
        "https://abc.vn:abc/",
        "https://[::1/",
        "https://goc.example\\@evil.example/s/7K3MQ9T2XB40G",
        "https://abc.vn/\x00",
        "https://abc.vn/ x",
        "7K3MQ9T2XB40G" * 200,
    ],
)
def test_what_is_neither_serial_nor_address_is_malformed(text: str) -> None:
    code = parse_code(text, HOST)

    assert (code.kind, code.serial, code.url) == (CodeKind.MALFORMED, None, None)


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_text_says_nothing(text: str) -> None:
    assert parse_code(text, HOST).kind is CodeKind.NOTHING


@given(st.text(max_size=60), st.sampled_from(["", "https://", "https://goc.example/", "a/"]))
def test_any_text_is_one_of_the_kinds(text: str, before: str) -> None:
    code = parse_code(before + text, HOST)

    assert (code.serial is not None) == (code.kind is CodeKind.SERIAL)
    assert (code.url is not None) == (code.kind is CodeKind.FOREIGN)


def test_a_code_is_read_up_to_2048_characters() -> None:
    longest = "https://abc.vn/".ljust(2_048, "x")

    assert parse_code(longest, HOST).kind is CodeKind.FOREIGN
    assert parse_code(longest + "x", HOST).kind is CodeKind.MALFORMED


def test_the_usual_port_is_no_other_host() -> None:
    assert parse_code(f"http://goc.example:80/s/{SAMPLE}", HOST).serial == SERIAL
    assert parse_code(f"http://goc.example:443/s/{SAMPLE}", HOST).host == "goc.example:443"


def test_only_what_was_typed_is_said_to_be_typed() -> None:
    texts = ("", "https://abc.vn/", "https://goc.example/01/09521234543213", "https://")

    assert [parse_code(text, HOST).typed for text in texts] == [False, False, False, False]
