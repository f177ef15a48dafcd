"""Requests in Elasticsearch's language, and its answers read back. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from catalog.adapters.elastic.index import standing_in, standing_on
from catalog.search.port import FACET_VALUES, Found, SearchRequest, Sort, counted
from catalog.search.question import Clause, Question
from catalog.search.ranking import IN_FORCE, IN_NAME, MATCH_STEP, WEIGHTS, Match
from catalog.search.standing import STANDINGS, STARS, expanded

Json = dict[str, Any]

MAX_LONG = 2**63 - 1
MOST_TIMELINES = 10_000  # Different ones among what turned since it was indexed: some days' worth.
_BY_ID = {"product_id": "asc"}
_SORTS: Mapping[Sort, Sequence[Json]] = {
    Sort.FIT: ({"_score": "desc"}, {"quality": "desc"}, _BY_ID),
    Sort.NEW: ({"published_at": "desc"}, _BY_ID),
    Sort.PRICE: ({"price_vnd": {"order": "asc", "missing": "_last"}}, _BY_ID),
    Sort.PRICE_DOWN: ({"price_vnd": {"order": "desc", "missing": "_last"}}, _BY_ID),
    Sort.UNIT_PRICE: ({"unit_price_vnd": {"order": "asc", "missing": "_last"}}, _BY_ID),
}


def body_of(request: SearchRequest, question: Question) -> Json:
    """Give the body of a search: one page of ids, the total, and each facet's counts."""
    first, last = request.window
    today = request.today.toordinal()
    chosen = {
        facet: _chosen(facet, values, today) for facet, values in request.chosen.items() if values
    }
    return {
        "query": {
            "bool": {
                "must": [_words(question)],
                "filter": _affordable(request),
                "should": [_constant(_in_force(today), IN_FORCE)],
            }
        },
        # After the counting: what is chosen in a facet does not narrow that facet's own counts.
        "post_filter": _all(chosen.values()),
        "aggs": {
            facet: {
                "filter": _all(query for of, query in chosen.items() if of != facet),
                "aggs": _counts(facet, request.chosen[facet], today),
            }
            for facet in request.counted
        },
        "sort": list(_SORTS[request.sort]),
        "from_": first,
        "size": last - first,
        "source": False,
        "track_total_hits": True,
    }


def found_in(answer: Mapping[str, Any], request: SearchRequest) -> Found:
    """Read an answer."""
    hits, today = answer["hits"], request.today.toordinal()
    return Found(
        ids=tuple(int(hit["_id"]) for hit in hits["hits"]),
        total=hits["total"]["value"],
        facets={
            facet: counted(
                facet, _read_counts(answer["aggregations"][facet], today), request.chosen[facet]
            )
            for facet in request.counted
        },
    )


def _words(question: Question) -> Json:
    if not question.words:
        return _constant({"match_all": {}}, MATCH_STEP)
    if question.any_word:
        # Sums: the more words, the better.
        return _any([_constant(_holds(clause), MATCH_STEP) for clause in question.clauses])
    tiers = [
        _constant(_all(map(_holds, clauses)), WEIGHTS[match] * MATCH_STEP)
        for match, clauses in question.tiers()
    ]
    if question.phrase:
        phrase = {"match_phrase": {"exact": " ".join(question.phrase)}}
        tiers.append(_constant(phrase, WEIGHTS[Match.PHRASE] * MATCH_STEP))
    named = _constant(_all(map(_holds, question.in_name)), IN_NAME)
    # The closest tier counts, not the sum of all.
    return {"bool": {"must": [{"dis_max": {"queries": tiers}}], "should": [named]}}


def _holds(clause: Clause) -> Json:
    """A document holds one of the tokens."""
    fields: dict[str, list[str]] = {}
    for field, token in clause:
        fields.setdefault(field, []).append(token)
    return _any([{"terms": {field: tokens}} for field, tokens in fields.items()])


def _affordable(request: SearchRequest) -> list[Json]:
    bounds = {
        name: min(max(bound, 0), MAX_LONG)
        for name, bound in (("gte", request.price_from), ("lte", request.price_to))
        if bound is not None
    }
    return [{"range": {"price_vnd": bounds}}] if bounds else []


def _chosen(facet: str, values: Sequence[str], today: int) -> Json:
    if facet == "stars":
        known = [value for value in STANDINGS if value in expanded(values)]
        return _any([_stands(value, today) for value in known])
    return {"terms": {facet: list(values)}}


def _stands(standing: str, today: int) -> Json:
    return {"term": {"standing_days": standing_on(STANDINGS.index(standing), today)}}


def _in_force(today: int) -> Json:
    """Stars of today: as indexed, or exactly for the few that turned since; ranges are slow."""
    as_indexed = {"terms": {"standing": list(STARS)}}
    by_days = _all([_turned(today), {"term": {"in_force_days": standing_on(0, today)}}])
    return _any([{"bool": {"filter": [as_indexed], "must_not": [_turned(today)]}}, by_days])


def _turned(today: int) -> Json:
    """What was indexed for other days: its standing may be another one by now."""
    until, since = {"stands_until": {"lte": today}}, {"stands_since": {"gt": today}}
    return _any([{"range": until}, {"range": since}])


def _counts(facet: str, chosen: Sequence[str], today: int) -> Json:
    if facet == "stars":
        return _counts_of_stars(today)
    order = [{"_count": "desc"}, {"_key": "asc"}]
    counts = {"values": {"terms": {"field": facet, "size": FACET_VALUES, "order": order}}}
    if chosen:  # However rare they are.
        terms = {"field": facet, "include": list(chosen), "size": FACET_VALUES}
        counts["chosen"] = {"terms": terms}
    return counts


def _counts_of_stars(today: int) -> Json:
    """The standings as indexed, and apart the timelines of those that turned since then."""
    values = {"terms": {"field": "standing", "size": len(STANDINGS)}}
    timelines = {"terms": {"field": "timeline", "size": MOST_TIMELINES}}
    aggregations = {"were": values, "timelines": timelines}
    return {"values": values, "turned": {"filter": _turned(today), "aggs": aggregations}}


def _read_counts(facet: Mapping[str, Any], today: int) -> dict[str, int]:
    counts = Counter(_buckets(facet, "values") | _buckets(facet, "chosen"))
    turned = facet.get("turned", {})
    counts.subtract(_buckets(turned, "were"))
    for timeline, count in _buckets(turned, "timelines").items():
        counts[standing_in(timeline, today)] += count
    return {value: count for value, count in counts.items() if count}


def _buckets(part: Mapping[str, Any], name: str) -> dict[str, int]:
    buckets = part.get(name, {}).get("buckets", ())
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}


def _constant(query: Json, score: int) -> Json:
    return {"constant_score": {"filter": query, "boost": score}}


def _all(queries: Iterable[Json]) -> Json:
    return {"bool": {"filter": list(queries)}}


def _any(queries: Sequence[Json]) -> Json:
    if not queries:
        return {"match_none": {}}
    return {"bool": {"should": list(queries), "minimum_should_match": 1}}
