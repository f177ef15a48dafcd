from uuid import uuid4

from elasticsearch import Elasticsearch

TEXT = {"properties": {"tokens": {"type": "text", "analyzer": "whitespace"}}}


def test_the_official_client_finds_what_it_stored_in_the_server(search_url: str) -> None:
    index = f"servers-{uuid4().hex}"
    with Elasticsearch(search_url, request_timeout=10) as client:
        client.indices.create(index=index, mappings=TEXT)

        client.index(index=index, id="1", document={"tokens": "ca phe dak lak"}, refresh=True)
        found = client.search(index=index, query={"match": {"tokens": "phe"}})
        not_found = client.search(index=index, query={"match": {"tokens": "tra"}})

        client.indices.delete(index=index)
    assert [hit["_id"] for hit in found["hits"]["hits"]] == ["1"]
    assert not_found["hits"]["hits"] == []
