import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.gs1 import Element, errors
from core.gs1.character_sets import CHARACTER_SET_82
from core.gs1.check_digits import check_digit
from core.gs1.coupons import is_coupon, is_positive_offer
from core.gs1.elements import require_together, require_value


@pytest.mark.parametrize(
    ("identifier", "value"),
    [
        ("00", "952012345678912345"),
        ("253", "1231231231232TEST5678901234567"),
        ("255", "1231231231232"),
        ("401", "9520AZ"),
        ("422", "704"),
        ("423", "704392"),
        ("427", "HN"),
        ("3932", "7041200"),
        ("4302", "123%20Ph%E1%BB%91"),
        ("4307", "VN"),
        ("4309", "18000000003600000000"),
        ("4321", "1"),
        ("4324", "2611002359"),
        ("4330", "000250"),
        ("4330", "000250-"),
        ("7003", "2611212359"),
        ("7007", "261121261130"),
        ("7011", "261121"),
        ("7030", "999ABC"),
        ("7040", "1A9_"),
        ("7041", "PX"),
        ("7241", "80"),
        ("7250", "20240229"),
        ("7252", "9"),
        ("7258", "1/2"),
        ("7258", "2/2"),
        ("8001", "00010000100190"),
        ("8003", "01231231231232ABC"),
        ("8006", "095201234567880102"),
        ("8007", "FR7630006000011234567890189"),
        ("8008", "26112123"),
        ("8008", "261121235959"),
        ("8010", "9520#A-/1"),
        ("8011", "1"),
        ("8013", "1987654Ad4X4bL5ttr2310c2K"),
        ("8014", "1987654Ad4X4bL5ttr2310c2K"),
        ("8030", "12="),
        ("8030", "1=="),
        ("8110", "012345612345611110123"),
        ("8112", "001234561234560123456"),
        ("90", CHARACTER_SET_82[:30]),
    ],
)
def test_a_value_that_fits_passes(identifier: str, value: str) -> None:
    require_value(Element(identifier, value))


@pytest.mark.parametrize(
    ("identifier", "value", "refusal"),
    [
        ("98765", "A", errors.UnknownIdentifier),
        ("10", "", errors.EmptyValue),
        ("00", "95201234567891234", errors.TooShort),
        ("00", "9520123456789123450", errors.TooLong),
        ("00", "952012345678912346", errors.WrongCheckDigit),
        ("01", "0952123454321²", errors.ForeignCharacter),
        ("17", "261200x", errors.TooLong),
        ("17", "26120x", errors.ForeignCharacter),
        ("17", "260001", errors.NoSuchDate),
        ("17", "250229", errors.NoSuchDate),
        ("20", "7", errors.TooShort),
        ("253", "1231231231232TEST56789012345678", errors.TooLong),
        ("253", "1231231231233TEST", errors.WrongCheckDigit),
        ("401", "952A", errors.NoCompanyPrefix),
        ("401", "952", errors.NoCompanyPrefix),
        ("423", "70439", errors.TooShort),
        ("423", "704999", errors.UnknownCode),
        ("3932", "000120", errors.UnknownCode),
        ("4302", "50%", errors.ForeignCharacter),
        ("4302", "50%4", errors.ForeignCharacter),
        ("4307", "XX", errors.UnknownCode),
        ("4309", "18000000013600000000", errors.NoSuchPlace),
        ("4309", "18000000003600000001", errors.NoSuchPlace),
        ("4321", "2", errors.UnknownCode),
        ("4324", "2611002400", errors.NoSuchTime),
        ("4324", "2611002360", errors.NoSuchTime),
        ("4326", "261100", errors.NoSuchDate),
        ("4330", "000250+", errors.ForeignCharacter),
        ("7030", "998ABC", errors.UnknownCode),
        ("7040", "1A9!", errors.UnknownCode),
        ("7041", "px", errors.UnknownCode),
        ("7241", "11", errors.UnknownCode),
        ("7250", "20230229", errors.NoSuchDate),
        ("7250", "20230200", errors.NoSuchDate),
        ("7252", "3", errors.UnknownCode),
        ("7258", "2/1", errors.WrongPosition),
        ("7258", "0/1", errors.WrongPosition),
        ("7258", "123", errors.WrongPosition),
        ("8001", "00000000100190", errors.WrongNumber),
        ("8001", "00010000100120", errors.UnknownCode),
        ("8003", "11231231231232ABC", errors.WrongNumber),
        ("8006", "095201234567880201", errors.WrongPosition),
        ("8006", "095201234567880001", errors.WrongPosition),
        ("8007", "FR7630006000011234567890188", errors.WrongAccount),
        ("8007", "XX361234567890", errors.WrongAccount),
        ("8007", "FR76abc06000011234567890189", errors.WrongAccount),
        ("8008", "26112124", errors.NoSuchTime),
        ("8008", "2611212360", errors.NoSuchTime),
        ("8008", "261121235960", errors.NoSuchTime),
        ("8010", "9520a", errors.ForeignCharacter),
        ("8011", "01", errors.WrongNumber),
        ("8013", "1987654Ad4X4bL5ttr2310cXK", errors.WrongCheckCharacters),
        ("8013", "A", errors.WrongCheckCharacters),
        ("8014", "952012340263", errors.ForeignCharacter),
        ("8030", "123=", errors.ForeignCharacter),
        ("8030", "===", errors.ForeignCharacter),
        ("8030", "AB+D", errors.ForeignCharacter),
        ("8110", "01234561234561111012", errors.WrongCoupon),
        ("8112", "201234561234560123456", errors.WrongCoupon),
        ("90", "A^B", errors.ForeignCharacter),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_reason(
    identifier: str, value: str, refusal: type[errors.MalformedValue]
) -> None:
    with pytest.raises(errors.Malformed) as refused:
        require_value(Element(identifier, value))

    assert (type(refused.value), refused.value.identifier) == (refusal, identifier)


@given(st.text("0123456789", min_size=17, max_size=17), st.integers(1, 9))
def test_another_last_digit_is_noticed(digits: str, more: int) -> None:
    right = check_digit(digits)
    require_value(Element("00", digits + right))

    with pytest.raises(errors.WrongCheckDigit):
        require_value(Element("00", f"{digits}{(int(right) + more) % 10}"))


COUPON = "012345612345611110123"


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ("", True),
        ("101110129", True),
        ("101110120123456", True),
        ("1011101200123456", False),  # Six digits of a company prefix follow its 0, no more.
        ("141110129", False),
        ("21110129", True),
        ("3261121", True),
        ("3261131", False),
        ("3261121" + "4261122", False),
        ("3261121" + "4261121", True),
        ("4261122", True),
        ("4261122" + "3261130", False),
        ("50123456", True),
        ("5012345", False),
        ("611234567", True),
        ("60123456", False),
        ("90001", True),
        ("93001", False),
        ("90002", False),
        ("59" + "1" * 15, True),
        ("59" + "1" * 14, False),
        ("67" + "1" * 13, True),
        ("68" + "1" * 14, False),
        ("x", False),
    ],
)
def test_the_further_fields_of_a_coupon_are_read(more: str, fits: bool) -> None:  # noqa: FBT001  # What is asked.
    assert is_coupon(COUPON + more) is fits


@pytest.mark.parametrize(
    ("amount", "fits"),
    [("01", False), ("11", True), ("212", True), ("512345", True), ("6123456", False)],
)
def test_the_amounts_of_a_coupon_have_one_to_five_digits(amount: str, fits: bool) -> None:  # noqa: FBT001  # What is asked.
    assert is_coupon(f"0123456123456{amount}111012") is fits
    assert is_coupon(f"012345612345611{amount}1012") is fits


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("061234567890121234569123456789012345", True),
        ("0012345612345601234567", False),
        ("07123456", False),
        ("00123456123456012345a", False),
    ],
)
def test_a_positive_offer_ends_where_its_serial_ends(text: str, fits: bool) -> None:  # noqa: FBT001  # What is asked.
    assert is_positive_offer(text) is fits


@pytest.mark.parametrize(
    "elements",
    [
        [("01", "1"), ("10", "A"), ("10", "A")],
        [("02", "1"), ("37", "1"), ("00", "1")],
        [("01", "1"), ("3922", "1"), ("3103", "1")],
        [("8010", "1"), ("8011", "1"), ("8030", "A")],
        [("253", "1231231231232S"), ("8030", "A")],
        [("01", "1"), ("21", "1"), ("8040", "1"), ("8041", "1")],
    ],
)
def test_elements_that_belong_together_pass(elements: list[tuple[str, str]]) -> None:
    require_together([Element(*each) for each in elements])


@pytest.mark.parametrize(
    ("elements", "refusal", "identifier"),
    [
        ([("10", "A")], errors.RequiredMissing, "10"),
        ([("01", "1"), ("10", "A"), ("10", "B")], errors.ContradictingRepetition, "10"),
        ([("02", "1"), ("00", "1")], errors.RequiredMissing, "02"),
        ([("01", "1"), ("3922", "1"), ("99", "A")], errors.RequiredMissing, "3922"),
        ([("01", "1"), ("3922", "1"), ("30", "1"), ("3923", "1")], errors.ForbiddenPair, "3922"),
        ([("8017", "1"), ("8018", "1")], errors.ForbiddenPair, "8017"),
        ([("01", "1"), ("21", "1"), ("8041", "1")], errors.RequiredMissing, "8041"),
        ([("8010", "1"), ("8030", "A")], errors.RequiredMissing, "8030"),
        ([("253", "1231231231232"), ("8030", "A")], errors.SignatureWithoutSerial, "253"),
        ([("98765", "1")], errors.UnknownIdentifier, "98765"),
    ],
)
def test_elements_that_do_not_go_together_are_refused(
    elements: list[tuple[str, str]], refusal: type[errors.Malformed], identifier: str
) -> None:
    with pytest.raises(errors.Malformed) as refused:
        require_together([Element(*each) for each in elements])

    assert (type(refused.value), refused.value.identifier) == (refusal, identifier)
