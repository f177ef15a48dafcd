from collections.abc import Iterable

from catalog.search.question import Clause, NoWords, Question, question_of
from catalog.search.ranking import Match


class Goods:
    """A lexicon of the given tokens by field; the nearest word is looked up."""

    def __init__(
        self,
        joined: str = "",
        exact: str = "",
        prefixes: str = "",
        near: dict[str, str] | None = None,
    ) -> None:
        self.tokens = {
            "joined": joined.split(),
            "exact": exact.split(),
            "prefixes": prefixes.split(),
        }
        self.near = near or {}

    def __contains__(self, folded: object) -> bool:
        return folded in self.tokens["joined"]

    def knows(self, clause: Clause, /) -> bool:
        return any(token in self.tokens.get(field, ()) for field, token in clause)

    def nearest(self, folded: str, /) -> str | None:
        return self.near.get(folded)

    def shown(self, folded: str) -> str:
        return {"ong": "ong", "rieng": "riêng"}.get(folded, folded)


HONEY = Goods(
    joined="mat ong matong", exact="mật ong", prefixes="ma mat on ong", near={"onng": "ong"}
)
COCONUT = Goods(joined="dua", exact="dừa dưa dứa", prefixes="du dua")


def matches(question: Question) -> list[Match]:
    return [match for match, _ in question.tiers()]


def fields(clauses: Iterable[Clause]) -> set[str]:
    return {field for clause in clauses for field, _ in clause}


def test_without_a_word_there_is_no_clause_and_nothing_wider() -> None:
    question = question_of("!!! 😀", HONEY)

    assert question == Question()
    assert list(question.wider()) == []


def test_the_ways_of_matching_come_from_the_widest_to_the_closest() -> None:
    goods = Goods(joined="mat ong", exact="mat ong", prefixes="ong")

    assert matches(question_of("mat ong", goods)) == [
        Match.PREFIX,
        Match.JOINED,
        Match.FOLDED,
        Match.WORDS,
        Match.FOLDED_PHRASE,
    ]


def test_a_tier_of_marks_that_no_goods_have_is_not_asked_for() -> None:
    question = question_of("mat ong", HONEY)

    assert Match.WORDS not in matches(question)
    assert question.phrase == ()


def test_the_phrase_is_what_was_typed_and_one_word_is_none() -> None:
    assert question_of("Mật  ONG", HONEY).phrase == ("mật", "ong")
    assert question_of("mật", HONEY).phrase == ()


def test_a_phrase_without_marks_is_every_pair_of_neighbours_written_together() -> None:
    assert matches(question_of("mat ong rung", HONEY)) == [Match.JOINED], "rung is unknown"
    assert dict(question_of("mat ong mat", HONEY).tiers())[Match.FOLDED_PHRASE] == (
        (("joined", "matong"),),
        (("joined", "ongmat"),),
    )


def test_a_word_with_marks_that_the_goods_know_goes_by_its_marks() -> None:
    question = question_of("dừa", COCONUT)

    assert matches(question) == [Match.JOINED, Match.FOLDED, Match.WORDS], "nor is it a beginning"
    assert question.clauses == ((("exact", "dừa"), ("exact", "dua")),)
    assert [each.clauses for each in question.wider()] == [
        ((("joined", "dua"),),),
        question.clauses,
    ], "then by letters, then any of the words"


def test_a_word_without_marks_or_with_marks_no_goods_have_goes_by_its_letters() -> None:
    assert question_of("dua", COCONUT).clauses == ((("joined", "dua"),),)
    assert question_of("dựa", COCONUT).clauses == ((("joined", "dua"),),)


def test_i_and_y_are_one_vowel_also_under_marks() -> None:
    noodles = Goods(joined="mi my", exact="mì")

    assert question_of("mỳ", noodles).clauses == (
        (("exact", "mỳ"), ("exact", "mì"), ("exact", "my")),
    )


def test_an_unknown_word_is_searched_as_the_nearest_one_in_the_mended_tier_alone() -> None:
    question = question_of("mật onng", HONEY)

    assert matches(question) == [Match.MENDED]
    assert [(word.typed, word.shown) for word in question.mended] == [("onng", "ong")]
    assert ("joined", "ong") in question.clauses[1]
    assert ("joined", "onng") in question.clauses[1]
    assert question.phrase == ()
    assert ("name", "ong") in question.in_name[1]


def test_an_unknown_last_word_that_begins_others_is_not_typed_to_its_end() -> None:
    goods = Goods(joined="mat ong", prefixes="o on ong", near={"on": "ong"})

    question = question_of("mat on", goods)

    assert question.is_unfinished
    assert question.mended == ()
    assert matches(question) == [Match.PREFIX]
    assert question.clauses[1] == (("prefixes", "on"),)
    assert matches(next(question.wider())) == [Match.MENDED], "a mistake after all"


def test_what_nothing_has_is_asked_for_with_any_of_the_known_words() -> None:
    question = question_of("mat xyz", HONEY)

    (wider,) = question.wider()

    assert wider.any_word
    assert wider.known_words == ("mat",)


def test_when_no_word_is_known_nothing_wider_is_asked() -> None:
    assert list(question_of("xyz", HONEY).wider()) == []


def test_before_anything_is_indexed_a_question_is_its_own_words() -> None:
    question = question_of("mật ong", NoWords())

    assert question.phrase == ("mật", "ong")
    assert question.mended == ()
    assert matches(question) == [Match.PREFIX, Match.JOINED, Match.FOLDED, Match.WORDS]


def test_a_long_question_says_that_it_was_cut() -> None:
    assert question_of("mat " * 13, HONEY).is_cut
    assert not question_of("mat " * 12, HONEY).is_cut


def test_words_are_searched_in_the_names_own_field_too() -> None:
    assert fields(question_of("mat ong", HONEY).in_name) == {"name"}
    assert fields(question_of("mật ong", HONEY).in_name) == {"name"}
