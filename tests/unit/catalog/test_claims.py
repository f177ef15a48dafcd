import pytest

from catalog.rules import Claim, claim_in


@pytest.mark.parametrize(
    ("words", "claim"),
    [
        ("gọi 0900 123 456", Claim.TELEPHONE),
        ("Zalo 0900.123", None),
        ("hotline (+84) 24-3825", Claim.TELEPHONE),
        ("OCOP 5 sao", Claim.STARS),
        ("hàng O.C.O.P", Claim.STARS),
        ("hộp 4-sao", Claim.STARS),
        ("năm sao", Claim.STARS),
        ("hộp ★★★", Claim.STARS),
        ("Hàng THẬT", Claim.PROMISE),
        ("hang that", Claim.PROMISE),
        ("100 % mật", Claim.PROMISE),
        ("100% mật", Claim.PROMISE),
        ("hộp chính hãng", Claim.PROMISE),
        ("cam kết sạch", Claim.PROMISE),
        ("genuine box", Claim.PROMISE),
    ],
)
def test_words_that_claim_what_nobody_looked_at_are_named(words: str, claim: Claim | None) -> None:
    assert claim_in(words) == claim


@pytest.mark.parametrize(
    "words",
    [
        "hộp 200 g",
        "chè sao tay, sao 3 lần",
        "gói 200 g sao vàng",
        "hàng gia vị",
        "dạng ngô hạt",
        "túi 20 × 30 cm",
        "dài 30 cm, lưỡi rộng 8,5 cm",
        "thùng 1.000.000 g",
        "to, cỏ phơi khô",
        "hàng",
        "",
    ],
)
def test_words_that_say_how_goods_are_packed_are_left_alone(words: str) -> None:
    assert claim_in(words) is None
