import pytest

from accounts.names import as_written, masked, sign_in_name, takes_messages, typed_forms


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" HA@Goc.Example ", "ha@goc.example"),
        ("0912 345 678", "+84912345678"),
        ("+84 912.345.678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("(024) 3825-1234", "+842438251234"),
        ("0169 456 7890", "+84394567890"),  # Viettel before 2018.
        ("+84 120 234 5678", "+84702345678"),  # MobiFone.
        ("84 123 456 7890", "+84834567890"),  # VinaPhone.
        ("0186.234.5678", "+84562345678"),
        ("0199 234 5678", "+84592345678"),
        ("0161 234 5678", None),  # No operator had it.
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


@pytest.mark.parametrize(
    ("stored", "forms"),
    [
        ("h.a@goc.example", {"h.a@goc.example"}),
        ("+84912345678", {"+84912345678", "84912345678", "0084912345678", "0912345678"}),
        (
            "+84394567890",  # Viettel's 0169… before 2018.
            {
                *("+84394567890", "84394567890", "0084394567890", "0394567890"),
                *("+841694567890", "841694567890", "00841694567890", "01694567890"),
            },
        ),
    ],
)
def test_a_stored_name_is_known_however_it_is_typed(stored: str, forms: set[str]) -> None:
    assert set(typed_forms(stored)) == forms


def test_the_longest_address_of_mail_is_taken() -> None:
    address = "a" * 249 + "@a.vn"

    assert len(address) == 254
    assert sign_in_name(address) == address


def test_every_old_prefix_leads_to_a_number_that_exists() -> None:
    old = [120, 121, 122, 126, 128, 123, 124, 125, 127, 129, *range(162, 170), 186, 188, 199]

    today = {sign_in_name(f"0{prefix}2345678") for prefix in old}

    assert None not in today
    assert len(today) == len(old)


def test_a_code_reaches_mobiles_and_mailboxes_only() -> None:
    assert takes_messages("+84912345678")
    assert takes_messages("ha@goc.example")
    assert not takes_messages("+842438251234")


def test_a_number_is_shown_as_people_write_it_or_masked() -> None:
    assert as_written("+84912345678") == "0912 345 678"
    assert masked("+84912345678") == "09•• ••• 678"
    assert as_written("ha@goc.example") == "ha@goc.example"
    assert masked("ha@goc.example") == "h•••@goc.example"
    assert masked(f"ha@{'h' * 24}") == f"h•••@{'h' * 24}"
    assert masked(f"ha@{'h' * 24}.example") == f"h•••@{'h' * 24}…"
