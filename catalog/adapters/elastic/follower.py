"""The writing side of the cluster: bulk writes with retries, and a rebuild behind an alias."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.helpers import streaming_bulk

from catalog.adapters.elastic.index import (
    ALIAS,
    MAPPINGS,
    SETTINGS,
    fields_of,
    meta_of,
    position_in,
)
from catalog.search.port import Changes, EngineDown, Position
from core import clock
from core.ids import crockford

ASK_SECONDS = 2.0
WRITE_SECONDS = 30.0
MERGE_SECONDS = 600.0
RETRIES = 3  # Of a bulk that the cluster was too busy to take, after growing waits.
CHUNK = 500
CONFLICT, MISSING = 409, 404


class ElasticFollower:
    """Follows the feed into the index behind the alias."""

    name = "elasticsearch"

    def __init__(
        self, url: str, *, alias: str = ALIAS, today: Callable[[], date] = clock.today
    ) -> None:
        self._alias = alias
        self._today = today
        client = Elasticsearch(url, max_retries=RETRIES, retry_on_timeout=True)
        self._asking = client.options(request_timeout=ASK_SECONDS, max_retries=0)
        self._writing = client.options(request_timeout=WRITE_SECONDS)
        self._merging = client.options(request_timeout=MERGE_SECONDS)

    def position(self) -> Position:
        """Where the index stands; the beginning when there is none.

        Raises:
            EngineDown: the cluster does not answer.
        """
        with _speaking():
            return position_in(self._asking, self._alias)

    def apply(self, changes: Changes) -> None:
        """Index one piece, then remember the position: a crash between writes the same again.

        Raises:
            EngineDown: the cluster did not take it.
        """
        with _speaking():
            self._write(self._alias, changes, require_alias=True)
            self._stand_at(self._alias, changes.until)

    def rebuild(self, start: Position, pieces: Iterable[Changes]) -> None:
        """Fill a new index, then let the alias point there in one step.

        Raises:
            EngineDown: the cluster did not take it; the former index is still searched.
        """
        index = f"{self._alias}-{crockford(10).lower()}"
        with _speaking():
            self._writing.indices.create(index=index, settings=SETTINGS, mappings=MAPPINGS)
            try:
                until = start
                for changes in pieces:
                    self._write(index, changes)
                    until = changes.until
                # One segment: a question looks up its many tokens once, not once in each.
                self._merging.indices.forcemerge(index=index, max_num_segments=1)
                self._stand_at(index, until)
                self._swap(index)
            except BaseException:
                with suppress(ApiError, TransportError):
                    self._asking.indices.delete(index=index)
                raise

    def _write(self, index: str, changes: Changes, *, require_alias: bool = False) -> None:
        results = streaming_bulk(
            self._writing,
            _actions(index, changes, self._today()),
            chunk_size=CHUNK,
            max_retries=RETRIES,
            initial_backoff=0.5,
            raise_on_error=False,
            require_alias=require_alias,
        )
        refused = [result for is_done, result in results if not (is_done or _is_harmless(result))]
        if refused:
            raise EngineDown(f"{len(refused)} documents refused, first {refused[0]}")

    def _stand_at(self, index: str, position: Position) -> None:
        self._writing.indices.refresh(index=index)
        self._writing.indices.put_mapping(index=index, meta=meta_of(position))

    def _swap(self, index: str) -> None:
        """Point the alias at `index` alone; earlier indices, left-overs of a crash too, go."""
        indices = self._writing.indices
        every = indices.get(index=f"{self._alias}-*", features="aliases,settings").body
        created = {
            name: int(each["settings"]["index"]["creation_date"]) for name, each in every.items()
        }
        former = [name for name, each in every.items() if self._alias in each["aliases"]]
        removed: list[dict[str, Any]] = [
            {"remove": {"index": name, "alias": self._alias}} for name in former
        ]
        added = {"add": {"index": index, "alias": self._alias}}
        indices.update_aliases(actions=[*removed, added])
        for name in every:
            # A younger one without the alias is another rebuild under way.
            if name != index and created[name] <= created[index]:
                indices.delete(index=name, ignore_unavailable=True)


def _actions(index: str, changes: Changes, today: date) -> Iterator[dict[str, Any]]:
    # The revision is the version: whoever is late never overwrites what is newer.
    version = {"_index": index, "version": changes.until.revision, "version_type": "external_gte"}
    for document in changes.documents:
        yield {
            **version,
            "_id": str(document.product_id),
            "_source": fields_of(document, today=today),
        }
    for product_id in changes.removed:
        yield {**version, "_op_type": "delete", "_id": str(product_id)}


def _is_harmless(result: dict[str, Any]) -> bool:
    """Something newer is there already, or what was to be removed is not."""
    (operation, outcome), *_ = result.items()
    status = outcome.get("status")
    return bool(status == CONFLICT or (operation == "delete" and status == MISSING))


@contextmanager
def _speaking() -> Iterator[None]:
    try:
        yield
    except (ApiError, TransportError) as error:
        raise EngineDown(f"{type(error).__name__}: {error}"[:200]) from error
