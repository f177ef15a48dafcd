import pytest

from core.text.contents import content_in
from core.text.refusal import Unreadable


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("500g", (500, "g")),
        ("gói 200 gr", (200, "g")),
        ("Túi 1kg", (1_000, "g")),
        ("TÚI 1,5 KG", (1_500, "g")),
        ("chai 0,5 lít", (500, "ml")),
        ("Chai 330ml", (330, "ml")),
        ("hộp 12 chiếc", (12, "piece")),
        ("hop 12 chiec", (12, "piece")),
        ("12 cái/hộp", (12, "piece")),
        ("500g/gói", (500, "g")),
        ("1 hộp 500 g", (500, "g")),
        ("1 gói x 500g", (500, "g")),
        ("500g (500 gr)", (500, "g")),
        ("chai thủy tinh 40 độ 500ml", (500, "ml")),
        ("con dao 30 cm, 1 con", (1, "piece")),
        ("khăn 30x20 cm, bộ 2 chiếc", (2, "piece")),
        ("loại 1, hộp 250 g", (250, "g")),
        ("box 12 pcs", (12, "piece")),
        ("2 lạng", (200, "g")),
    ],
)
def test_words_of_a_pack_say_what_it_holds(words: str, expected: tuple[int, str]) -> None:
    assert content_in(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "hộp 10 gói x 20g",
        "hộp 10 gói x20g",
        "20gx10 gói",
        "10x20g",
        "2 × 500 g",
        "thùng 24 lon 330ml",
        "500-600g",
        "500 g đến 1 kg",
        "1/2 kg",
        "2 500 g",
        "1kg2",
        "5 con/kg",
        "hộp 1 kg (10 gói)",
        "500g hoặc 1kg",
    ],
)
def test_words_with_several_readings_are_asked_about(words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        content_in(words)

    assert (refused.value.code, refused.value.values) == ("content_several", {"text": words})


@pytest.mark.parametrize("words", ["hộp", "con dao 30 cm", "rượu 40 độ", "loại 1", "nửa cân"])
def test_words_without_an_amount_say_so(words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        content_in(words)

    assert refused.value.code == "content_unsaid"


@pytest.mark.parametrize(
    ("words", "code"),
    [("túi 1.500 kg", "amount_ambiguous"), ("túi 1,5 g", "amount_fraction"), ("", "empty")],
)
def test_an_amount_among_words_is_read_no_other_way_than_alone(words: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        content_in(words)

    assert refused.value.code == code
