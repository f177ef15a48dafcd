import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.search import QueryWords, TextTokens, index_tokens, query_words


def found(query: QueryWords, tokens: TextTokens) -> str | None:
    """The best field in which every word of the query has a form, as engines ask."""
    if query.words and all(set(word.exact) & set(tokens.exact) for word in query.words):
        return "exact"
    if query.words and all(set(word.folded) & set(tokens.fold) for word in query.words):
        return "folded"
    if query.words and all(set(word.joined) & set(tokens.joined) for word in query.words):
        return "joined"
    return None


@pytest.mark.parametrize(
    ("question", "text", "field"),
    [
        ("Cà phê", "Cà phê Đắk Lắk", "exact"),
        ("ca phe dak lak", "Cà phê Đắk Lắk", "folded"),
        ("hoà bình", "Hòa Bình", "exact"),
        ("caf phee", "Cà phê", "exact"),
        ("ca2 phe6", "Cà phê", "exact"),
        ("caf phee dawk lawk", "Cà phê Đắk Lắk", "folded"),
        ("caphe", "Cà phê bột", "joined"),
        ("caphe daklak", "Cà phê Đắk Lắk", "joined"),
        ("ca phe", "Caphe sạch", "joined"),
        ("cafe", "Cà phê bột", "joined"),
        ("ca phe", "Cafe rang", "joined"),
        ("mắc ca", "Hạt macca sấy", "joined"),
        ("hat macca", "Hạt mắc ca", "joined"),
        ("maca", "Hạt mắc ca", "joined"),
        ("mac ca", "Hạt Maca", "joined"),
        ("mỳ quảng", "Mì Quảng", "folded"),
        ("myquang", "Mì Quảng", "joined"),
        ("ky thuat", "Kĩ thuật", "folded"),
        ("HTX", "Hợp tác xã Tân Dân", "joined"),
        ("hợp tác xã tân dân", "HTX Tân Dân", "joined"),
        ("ctcp chè", "Công ty cổ phần chè", "joined"),
        ("ctcp", "Công ty CP Chè", "joined"),
        ("Công ty CP", "CTCP Chè", "joined"),
        ("cty tnhh mtv", "Công ty trách nhiệm hữu hạn một thành viên", "joined"),
        ("sx tp hcm", "Sản xuất tại Thành phố Hồ Chí Minh", "joined"),
        ("dứa", "Dứa sấy", "exact"),
        ("dứa", "Dừa sấy", "folded"),
        ("nước mắm 38 độ", "Nước mắm 38 độ đạm", "exact"),
        ("trà", "Cà phê", None),
        ("ca phe", "Cá tươi", None),
    ],
)
def test_a_question_finds_a_text_in_its_field(question: str, text: str, field: str | None) -> None:
    assert found(query_words(question), index_tokens(text)) == field


def test_tokens_of_a_name_are_these() -> None:
    tokens = index_tokens("Mắc ca")

    assert tokens.exact == ("mắc", "ca")
    assert tokens.fold == ("mac", "ca")
    assert tokens.joined == ("mac", "ca", "macca", "maca", "macadamia")
    assert tokens.prefixes == ("ma", "mac", "ca", "macc", "macca")


def test_a_word_the_goods_use_is_not_read_as_telex() -> None:
    assert query_words("has").words[0].exact == ("has", "há")
    assert query_words("has", known={"has"}).words[0].exact == ("has",)


def test_a_question_holds_what_was_typed_in_order() -> None:
    query = query_words("Cà phê sạch")

    assert query.phrase == ("cà", "phê", "sạch")
    assert query.words[1].joined == ("phe", "caphe", "phesach", "caphesach")
    assert query.prefix == "sach"
    assert not query.cut


def test_a_long_question_is_cut() -> None:
    assert len(query_words("a b " * 20).words) == 12
    assert query_words("a b " * 20).cut
    assert query_words("x" * 201).cut
    assert query_words("x" * 201).prefix == "x" * 10


@pytest.mark.parametrize("text", ["", " ", "🐟", "\x00", '"*()^:-', "\u202e\u200f", "_"])
def test_what_is_no_word_asks_nothing(text: str) -> None:
    assert query_words(text) == QueryWords(words=(), prefix="", cut=False)


def test_operators_are_ordinary_words() -> None:
    assert query_words('NEAR("trà" OR đen*) \x00AND').phrase == ("near", "trà", "or", "đen", "and")


@given(st.text(max_size=300))
def test_any_text_finds_itself(text: str) -> None:
    query, tokens = query_words(text), index_tokens(text)

    assert (found(query, tokens) == "exact") is bool(query.words) or query.cut


@pytest.mark.parametrize("character", ["a", "ệ", "\u0323", "\ufdfa", "🐟", " ", "a ", "\x00", "w6"])
def test_ten_thousand_characters_take_bounded_work(character: str) -> None:
    text = character * 10_000

    started = time.thread_time()
    query_words(text)
    asked = time.thread_time()
    index_tokens(text)
    indexed = time.thread_time()

    # Some hundred times what they take, so that a slow machine passes and a square does not.
    assert asked - started < 0.5
    assert indexed - asked < 5
