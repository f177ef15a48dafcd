"""The reading side of the cluster: one request, one try, no waiting."""

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from catalog.adapters.elastic.asking import body_of, found_in
from catalog.adapters.elastic.index import ALIAS
from catalog.search.port import EngineDown, Found, SearchRequest
from catalog.search.question import Question

WAIT_SECONDS = 0.3  # A page waits no longer: the embedded index answers in its place.


class ElasticSearcher:
    """Answers from the cluster."""

    def __init__(self, url: str, *, alias: str = ALIAS, wait_seconds: float = WAIT_SECONDS) -> None:
        self._alias = alias
        self._wait_seconds = wait_seconds
        self._client = Elasticsearch(
            url, request_timeout=wait_seconds, max_retries=0, retry_on_timeout=False
        )

    def search(self, request: SearchRequest, question: Question) -> Found:
        """Answer one request.

        Raises:
            EngineDown: no answer within WAIT_SECONDS, no index yet, or a partial answer.
        """
        try:
            answer = self._client.search(
                index=self._alias,
                timeout=f"{int(self._wait_seconds * 800)}ms",  # There a little before here.
                **body_of(request, question),
            )
        except (ApiError, TransportError) as error:
            raise EngineDown(type(error).__name__) from error
        if answer["timed_out"]:
            raise EngineDown("partial answer")
        return found_in(answer.body, request)
