import pytest

from accounts.names import sign_in_name


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" HA@Goc.Example ", "ha@goc.example"),
        ("0912 345 678", "+84912345678"),
        ("+84 912.345.678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("(024) 3825-1234", "+842438251234"),
        ("0912 345", None),
        ("0112345678", None),
        ("+1 202 555 0100", None),
        ("ha@goc", None),
        ("ha goc@goc.example", None),
        ("ha@goc@goc.example", None),
        ("ha\x00@goc.example", None),
        ("a" * 250 + "@a.vn", None),
        ("٠٩١٢٣٤٥٦٧٨", None),
        ("", None),
    ],
)
def test_a_name_to_sign_in_by_is_an_address_or_a_telephone(typed: str, stored: str | None) -> None:
    assert sign_in_name(typed) == stored


def test_the_longest_address_of_mail_is_taken() -> None:
    address = "a" * 249 + "@a.vn"

    assert len(address) == 254
    assert sign_in_name(address) == address
