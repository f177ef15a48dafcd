from collections.abc import Iterator
from time import thread_time

import pytest

from catalog.adapters.elastic.searcher import ElasticSearcher
from catalog.search.engines import Engines, find_in
from catalog.search.port import DEEPEST, Found, SearchRequest, Sort
from catalog.search.question import Question
from tests.engines.search.cases import CASES, HOSTILE, Case
from tests.engines.search.goods import TODAY, names

BOUNDED_SECONDS = 2.0  # Thousands of times what a question takes; a loop without bounds takes more.

REQUESTS = (
    {},
    {"groups": ("do_uong",)},
    {"groups": ("do_uong", "duoc_lieu"), "provinces": ("25",)},
    {"standings": ("in_force",)},
    {"standings": ("5", "lapsed"), "provinces": ("25", "19")},
    {"standings": ("unverified",), "q": "tra"},
    {"q": "htx", "groups": ("thuc_pham",), "standings": ("filed",), "provinces": ("66", "51")},
    {"price_from": 50_000, "price_to": 100_000},
    {"price_from": 10**30},
    {"price_from": -(10**30), "price_to": 10**30},
    {"price_to": -5},
    {"producers": ("067BF9", "ZZZZZZ")},
    {"communes": ("00070",)},
    {"standings": ("abc",)},
    {"provinces": tuple(str(each) for each in range(1_000))},
    {"counted": ("group", "stars"), "groups": ("do_uong",), "communes": ("00070",)},
    {"counted": ()},
    {"page": 2},
    {"page": 22},
    {"page": 23},
    {"page": 10**9},
    {"page": -3, "size": 0},
    {"size": 10**9},
    *({"sort": sort} for sort in Sort),
    *({"sort": sort, "q": "nuoc mam", "page": 1} for sort in Sort),
    *({"sort": sort, "q": "htx", "page": 3} for sort in Sort),
)


def asked(engines: Engines, request: SearchRequest) -> Iterator[Question]:
    """Every question that may be asked of an engine for the request, the wider ones too."""
    question = engines.embedded.question(request.q)
    yield question
    yield from question.wider()


def agreed(engines: Engines, cluster: ElasticSearcher, request: SearchRequest) -> list[Found]:
    """What both engines answer, having compared every part of it."""
    answers = []
    for question in asked(engines, request):
        own = engines.embedded.search(request, question)
        its = cluster.search(request, question)
        assert its.ids == own.ids
        assert its.total == own.total
        assert its.facets == own.facets
        answers.append(own)
    return answers


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.q)
def test_a_question_finds_first_what_was_written_down_for_it(embedded: Engines, case: Case) -> None:
    found = find_in(embedded, SearchRequest(q=case.q, today=TODAY))

    first = [names()[product_id] for product_id in found.ids[: len(case.first)]]
    assert sorted(first) == sorted(case.first)
    assert case.total in (None, found.total)
    assert tuple(each.typed for each in found.words_mended) == case.mended
    assert bool(found.widened) is case.widened
    assert {names()[each] for each in found.ids}.isdisjoint(case.absent)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.q)
def test_both_engines_answer_a_question_alike(
    embedded: Engines, cluster: ElasticSearcher, case: Case
) -> None:
    assert agreed(embedded, cluster, SearchRequest(q=case.q, today=TODAY))


@pytest.mark.parametrize("given", REQUESTS, ids=str)
def test_both_engines_answer_filters_orders_and_pages_alike(
    embedded: Engines, cluster: ElasticSearcher, given: dict[str, object]
) -> None:
    assert agreed(embedded, cluster, SearchRequest(today=TODAY, **given))  # type: ignore[arg-type]  # Fields by name.


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_both_engines_answer_it_alike_and_soon(
    embedded: Engines, cluster: ElasticSearcher, text: str
) -> None:
    request = SearchRequest(q=text, today=TODAY)

    began = thread_time()
    find_in(embedded, request)
    assert thread_time() - began < BOUNDED_SECONDS
    assert agreed(embedded, cluster, request)


def test_facets_count_as_if_nothing_were_chosen_in_them(embedded: Engines) -> None:
    every = find_in(embedded, SearchRequest(today=TODAY))

    found = find_in(embedded, SearchRequest(today=TODAY, groups=("duoc_lieu",), provinces=("25",)))

    of_province = find_in(embedded, SearchRequest(today=TODAY, provinces=("25",)))
    assert found.facets["group"] == of_province.facets["group"]
    assert found.facets["group"]["duoc_lieu"] == found.total > 0
    assert every.facets["group"]["do_uong"] == 29
    assert sum(every.facets["group"].values()) == every.total == 512


def test_a_facet_nobody_asks_for_is_not_counted_and_chooses_all_the_same(
    embedded: Engines,
) -> None:
    found = find_in(embedded, SearchRequest(today=TODAY, groups=("do_uong",), counted=("stars",)))

    assert list(found.facets) == ["stars"]
    assert found.total == 29


def test_stars_lapse_by_the_day_of_the_question_without_reindexing(embedded: Engines) -> None:
    in_force = find_in(embedded, SearchRequest(today=TODAY, standings=("in_force",)))
    years_later = TODAY.replace(year=TODAY.year + 2)
    lapsed = find_in(embedded, SearchRequest(today=years_later, standings=("in_force",)))

    assert in_force.total == in_force.facets["stars"]["5"] > 0
    assert lapsed.total == lapsed.facets["stars"]["in_force"] == 0
    assert lapsed.facets["stars"]["lapsed"] > in_force.facets["stars"]["lapsed"]


def test_a_page_beyond_the_bounds_lists_nothing_and_still_counts(embedded: Engines) -> None:
    found = find_in(embedded, SearchRequest(today=TODAY, page=10**9))

    assert DEEPEST == 100_000
    assert (found.ids, found.total) == ((), 512)


def test_pages_follow_one_another_without_a_gap_or_a_repetition(embedded: Engines) -> None:
    pages = [find_in(embedded, SearchRequest(today=TODAY, page=page)).ids for page in range(1, 23)]

    listed = [product_id for page in pages for product_id in page]
    assert len(listed) == len(set(listed)) == 512


def test_a_word_given_back_is_never_longer_than_a_line(embedded: Engines) -> None:
    found = find_in(embedded, SearchRequest(q=f"mật {'ongg' * 10}x{'y' * 100}", today=TODAY))

    assert all(len(each.typed) <= 40 for each in found.words_mended)
    assert all(len(word) <= 40 for word in found.widened)


@pytest.mark.parametrize("years", [-9, -2, 1, 2, 30])
def test_both_engines_count_the_standings_of_any_day_alike(
    embedded: Engines, cluster: ElasticSearcher, years: int
) -> None:
    day = TODAY.replace(year=TODAY.year + years)

    agreed(embedded, cluster, SearchRequest(today=day))
    agreed(embedded, cluster, SearchRequest(today=day, standings=("in_force", "lapsed")))
