import secrets
import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import gs1, qr
from traceability import rules
from traceability.adapters import qr_many
from traceability.adapters.qr_many import Form

HOSTS = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=60)


@settings(deadline=None, max_examples=60)
@given(host=HOSTS, gtin=st.sampled_from([None, "09521234543213"]), mask=st.integers(0, 7))
def test_modules_equal_those_of_qrcode_for_any_host_serial_and_mask(
    host: str, gtin: str | None, mask: int
) -> None:
    texts = [
        gs1.stamp_uri(f"https://{host}.vn", gtin, serial)
        for serial in rules.serial_texts(rules.draw_serials(3, secrets.token_bytes))
    ]
    version = qr_many.form_of(texts[0]).version
    drawn = qr_many.modules_of(texts, Form(version, mask, len(texts[0])))

    for text, modules in zip(texts, drawn, strict=True):
        assert modules.tolist() == qr.code(text, version=version, mask=mask).modules


@pytest.mark.parametrize("version", range(1, 21))
def test_modules_equal_those_of_qrcode_in_versions_of_one_and_of_many_blocks(version: int) -> None:
    texts = ["S/7K3MQ9T2XB40G", "S/0000000000000"]
    for length in (15, 14):
        cut = [text[:length] for text in texts]
        drawn = qr_many.modules_of(cut, Form(version, 3, length))

        for text, modules in zip(cut, drawn, strict=True):
            assert modules.tolist() == qr.code(text, version=version, mask=3).modules


def test_a_text_that_fills_its_version_to_the_last_bit_has_no_terminator() -> None:
    full = "A" * 61  # 61 characters are what 3-M holds (ISO/IEC 18004, table 7).
    drawn = qr_many.modules_of([full], Form(3, 0, 61))

    assert drawn[0].tolist() == qr.code(full, version=3, mask=0).modules


def test_the_first_code_of_a_sheet_is_the_very_one_qrcode_draws() -> None:
    text = gs1.stamp_uri("https://goc.example", "09521234543213", "7K3MQ9T2XB40G")
    form = qr_many.form_of(text)

    assert (form.version, form.size) == (3, 29)
    assert qr_many.modules_of([text], form)[0].tolist() == qr.code(text).modules


@pytest.mark.parametrize("texts", [["A" * 62], ["a" * 61], ["A" * 60]])
def test_a_text_that_does_not_fit_the_form_is_our_own_bug(texts: list[str]) -> None:
    with pytest.raises(AssertionError):
        qr_many.modules_of(texts, Form(3, 0, max(61, len(texts[0]))))


def test_ten_thousand_codes_take_a_second_or_two() -> None:
    serials = rules.serial_texts(rules.draw_serials(10_000, secrets.token_bytes))
    texts = [gs1.stamp_uri("https://goc.example", None, serial) for serial in serials]
    form = qr_many.form_of(texts[0])

    begun = time.process_time()
    for at in range(0, len(texts), 65):
        qr_many.modules_of(texts[at : at + 65], form)

    assert time.process_time() - begun < 5


@settings(deadline=None, max_examples=30)
@given(host=HOSTS, gtin=st.sampled_from([None, "09521234543213"]), mask=st.integers(0, 7))
def test_signed_addresses_are_three_segments_and_equal_those_of_qrcode(
    host: str, gtin: str | None, mask: int
) -> None:
    texts = [
        f"{gs1.stamp_uri(f'https://{host}.vn', gtin, serial)}?s={secrets.randbelow(10**155):0155d}"
        for serial in rules.serial_texts(rules.draw_serials(3, secrets.token_bytes))
    ]
    form = qr_many.form_of(texts[0])
    length = len(texts[0]) - 158
    drawn = qr_many.modules_of(texts, Form(form.version, mask, length, digits=155))

    assert (form.length, form.digits) == (length, 155)
    for text, modules in zip(texts, drawn, strict=True):
        segments = [(text[:length], 2), ("?s=", 4), (text[-155:], 1)]  # ISO/IEC 18004, table 2.
        alone = qr.code_of(segments, version=form.version, mask=mask)
        assert modules.tolist() == alone.modules
