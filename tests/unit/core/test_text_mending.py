import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.mending import Vocabulary, edit_distance, mend, mended
from core.text.search import query_words

GOODS = Vocabulary(
    {"tra": 90, "tre": 5, "cao": 7, "caphe": 3, "actiso": 4, "sauriengsay": 2, "ao": 1}
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("tra", None),
        ("tr", None),
        ("trq", "tra"),
        ("tar", "tra"),
        ("trae", "tra"),
        ("acitso", "actiso"),
        ("actisso", "actiso"),
        ("xctiso", "actiso"),
        ("atcios", None),
        ("sauriengasy", "sauriengsay"),
        ("saurengsayy", "sauriengsay"),
        ("xauriengsax", "sauriengsay"),
        ("saurng", None),
        ("actisoxy", "actiso"),
        ("", None),
        ("x" * 10_000, None),
    ],
)
def test_a_mistake_is_mended(typed: str, expected: str | None) -> None:
    assert mend(typed, GOODS) == expected


def test_the_more_frequent_word_wins_and_equals_go_by_the_alphabet() -> None:
    assert mend("trz", Vocabulary({"tra": 1, "tre": 2})) == "tre"
    assert mend("trz", Vocabulary({"tre": 1, "tra": 1})) == "tra"
    assert mend("trz", Vocabulary({"grz": 9, "tre": 1})) == "tre"
    assert mend("thoa", Vocabulary({"tho": 9, "thao": 1})) == "thao"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("actsio trà", "actiso trà"),
        ("traf cao", None),
        ("ca phe", None),
        ("trà zzzz", None),
        ("", None),
    ],
)
def test_only_unknown_words_of_a_question_are_mended(question: str, expected: str | None) -> None:
    assert mended(query_words(question), GOODS) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "xbz", 2), ("ca", "abc", 3), ("a", "abcd", 3)],
)
def test_mistakes_are_counted_up_to_a_bound(left: str, right: str, expected: int) -> None:
    assert edit_distance(left, right, 2) == expected


@given(
    st.sets(st.text(alphabet="abc", min_size=3, max_size=10), min_size=1, max_size=30),
    st.text(alphabet="abc", min_size=3, max_size=10),
)
def test_repair_finds_what_a_scan_finds(words: set[str], typed: str) -> None:
    allowed = 2 if len(typed) >= 8 else 1
    distances = [edit_distance(typed, word, allowed) for word in words]

    nearest = Vocabulary(dict.fromkeys(words, 1)).nearest(typed)

    if min(distances) > allowed:
        assert nearest is None
    else:
        assert nearest is not None
        assert edit_distance(typed, nearest, allowed) == min(distances)
