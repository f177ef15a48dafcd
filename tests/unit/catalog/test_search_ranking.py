from dataclasses import fields

from catalog.search.port import FACET_VALUES, SearchRequest, counted
from catalog.search.quality import POINTS, Filled, quality_of
from catalog.search.ranking import IN_FORCE, IN_NAME, MATCH_STEP, TIERS, WEIGHTS, Match
from tests.engines.search.goods import TODAY


def filled(**parts: bool) -> Filled:
    return Filled(**{each.name: parts.get(each.name, False) for each in fields(Filled)})


def test_every_way_of_matching_has_one_weight_and_the_table_is_in_their_order() -> None:
    assert [tier.match for tier in TIERS] == list(Match)
    assert [tier.weight for tier in TIERS] == [7, 6, 5, 4, 3, 2, 1]
    assert WEIGHTS[Match.PHRASE] == 7


def test_neither_name_nor_stars_lift_a_product_out_of_its_tier() -> None:
    assert IN_NAME + IN_FORCE < MATCH_STEP
    assert IN_FORCE < IN_NAME


def test_quality_is_100_when_all_is_there_and_0_when_nothing_is() -> None:
    assert quality_of(filled(**dict.fromkeys(POINTS, True))) == 100
    assert quality_of(filled()) == 0


def test_quality_adds_the_points_of_what_is_there() -> None:
    assert quality_of(filled(price=True, lots=True)) == 35
    assert quality_of(filled(picture=True, english=True)) == 25


def test_counts_name_the_most_frequent_values_and_those_chosen() -> None:
    counts = {f"{value:03}": 1 + value // 30 for value in range(60)}

    shown = counted("producer", counts, ["000", "999"])

    assert len(shown) == FACET_VALUES + 1
    assert list(shown)[:2] == ["030", "031"], "the greater count first, ties by value"
    assert (shown["000"], shown["999"]) == (1, 0)
    assert list(shown)[-2:] == ["019", "999"]


def test_counts_of_stars_say_how_many_are_in_force() -> None:
    assert counted("stars", {"5": 3, "4": 2, "lapsed": 9}, [])["in_force"] == 5
    assert "in_force" not in counted("group", {"do_uong": 1}, [])


def test_a_page_is_a_window_of_ranks_and_none_beyond_the_bounds() -> None:
    assert SearchRequest(today=TODAY, page=3).window == (48, 72)
    assert SearchRequest(today=TODAY, page=0, size=0).window == (0, 1)
    assert SearchRequest(today=TODAY, size=10**6).window == (0, 100)
    assert SearchRequest(today=TODAY, page=1_000, size=100).window == (99_900, 100_000)
    assert SearchRequest(today=TODAY, page=1_001, size=100).window == (0, 0)


def test_no_more_values_are_looked_at_than_a_facet_names() -> None:
    request = SearchRequest(today=TODAY, provinces=("4", *(str(each) for each in range(100))))

    assert len(request.chosen["province"]) == FACET_VALUES
    assert request.chosen["province"][:2] == ("4", "0")
