from datetime import date

from catalog.adapters.elastic.asking import body_of, found_in
from catalog.adapters.elastic.index import fields_of, standing_in, standing_on
from catalog.search.document import Document, tokens_of
from catalog.search.port import SearchRequest
from catalog.search.question import Question
from catalog.search.standing import Period

TODAY = date(2026, 11, 21)
FIRST, SECOND, THIRD = date.min, date(2024, 2, 17), date(2027, 2, 17)
DOCUMENT = Document(
    product_id=7,
    tokens=tokens_of(names=["Mật ong"], others=[]),
    group="thuc_pham",
    province="4",
    commune=None,
    producer="7K3MQ9",
    periods=(Period(FIRST, "unverified"), Period(SECOND, "4"), Period(THIRD, "lapsed")),
    price_vnd=90_000,
    unit_price_vnd=None,
    quality=20,
    published_at=1_790_000_000,
)


def test_a_document_knows_its_standing_of_the_day_and_how_long_it_holds() -> None:
    fields = fields_of(DOCUMENT, today=TODAY)

    assert fields["standing"] == "4"
    assert fields["stands_since"] == SECOND.toordinal()
    assert fields["stands_until"] == THIRD.toordinal()
    assert fields["in_force_days"] == [
        {"gte": standing_on(0, SECOND.toordinal()), "lt": standing_on(0, THIRD.toordinal())}
    ]


def test_a_timeline_says_the_standing_of_any_day() -> None:
    timeline = fields_of(DOCUMENT, today=TODAY)["timeline"]

    days = (date(2024, 2, 16), SECOND, date(2027, 2, 16), THIRD, date.max)
    assert [standing_in(timeline, day.toordinal()) for day in days] == [
        "unverified",
        "4",
        "4",
        "lapsed",
        "lapsed",
    ]


def test_what_turned_since_it_was_indexed_is_counted_by_its_timeline() -> None:
    timeline = fields_of(DOCUMENT, today=TODAY)["timeline"]
    empty: dict[str, object] = {"values": {"buckets": []}}
    stars = {
        "values": {"buckets": [{"key": "4", "doc_count": 5}, {"key": "none", "doc_count": 1}]},
        "turned": {
            "were": {"buckets": [{"key": "4", "doc_count": 2}]},
            "timelines": {"buckets": [{"key": timeline, "doc_count": 2}]},
        },
    }
    aggregations = dict.fromkeys(("group", "province", "commune", "producer"), empty)
    answer = {
        "hits": {"total": {"value": 6}, "hits": [{"_id": "7"}]},
        "aggregations": {**aggregations, "stars": stars},
    }

    found = found_in(answer, SearchRequest(today=THIRD))

    assert found.ids == (7,)
    assert found.facets["stars"] == {"4": 3, "lapsed": 2, "none": 1, "in_force": 3}


def test_a_price_beyond_what_the_cluster_can_hold_is_bounded() -> None:
    body = body_of(SearchRequest(today=TODAY, price_from=10**30, price_to=-5), Question())

    assert body["query"]["bool"]["filter"] == [
        {"range": {"price_vnd": {"gte": 2**63 - 1, "lte": 0}}}
    ]


def test_a_page_beyond_the_bounds_asks_for_no_hits() -> None:
    body = body_of(SearchRequest(today=TODAY, page=10**9), Question())

    assert (body["from_"], body["size"]) == (0, 0)


def test_only_the_facets_asked_for_are_counted() -> None:
    body = body_of(SearchRequest(today=TODAY, counted=("group", "stars")), Question())

    assert list(body["aggs"]) == ["group", "stars"]
