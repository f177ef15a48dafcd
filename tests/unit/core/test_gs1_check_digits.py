import pytest

from core import gs1
from core.gs1 import GtinFault, MalformedGtin


@pytest.mark.parametrize(
    ("typed", "padded"),
    [
        ("95201238", "00000095201238"),
        ("036000291452", "00036000291452"),
        ("9521234543213", "09521234543213"),
        ("09521234543213", "09521234543213"),
        ("19521234543210", "19521234543210"),
        (" 9521234-543213 ", "09521234543213"),
    ],
)
def test_a_gtin_of_each_length_is_padded_to_14_digits(typed: str, padded: str) -> None:
    assert gs1.gtin14(typed) == padded


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", GtinFault.NOT_DIGITS),
        ("952123454321X", GtinFault.NOT_DIGITS),
        ("٩٥٢٠١٢٣٨", GtinFault.NOT_DIGITS),
        ("952123454321²", GtinFault.NOT_DIGITS),
        ("952123454", GtinFault.LENGTH),
        ("952123454321300", GtinFault.LENGTH),
        ("9521234543214", GtinFault.CHECK_DIGIT),
        ("9521234534213", GtinFault.CHECK_DIGIT),
        ("2012345678903", GtinFault.RESTRICTED),
        ("0212345678909", GtinFault.RESTRICTED),
        ("0412345678903", GtinFault.RESTRICTED),
        ("20123451", GtinFault.RESTRICTED),
    ],
)
def test_what_is_no_gtin_is_refused_with_its_reason(typed: str, fault: GtinFault) -> None:
    with pytest.raises(MalformedGtin) as refused:
        gs1.gtin14(typed)

    assert refused.value.fault is fault


def test_the_check_digit_follows_weights_3_and_1_from_the_right() -> None:
    assert gs1.check_digit("0893601234567") == "4"
    assert gs1.check_digit("0952123454321") == "3"
    assert gs1.check_digit("0000000000000") == "0"
    assert gs1.has_valid_check_digit("08936012345674")
    assert not gs1.has_valid_check_digit("08936012345671")
    assert not gs1.has_valid_check_digit("")
