"""A provider of SMS over HTTP: one POST of JSON a message."""

import http.client
import json
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from core.breaker import Breaker
from core.clock import steady_seconds
from core.dispatch.port import CarrierAway, Outgoing, Undeliverable

SECONDS = 5.0
REFUSED_FOR_GOOD = frozenset({400, 404, 410, 413, 422})


@dataclass(frozen=True)
class SmsPlace:
    """Where the provider listens, the key it knows us by, and the name messages come from."""

    url: str
    key: str = ""
    sender: str = ""


class HttpSms:
    """Posts `{"id", "to", "text", "from"}`; any 2xx means the provider has it.

    One that hangs is left alone after two time-outs in a row: other jobs wait for the same worker.
    """

    keeps_words = False

    def __init__(
        self, place: SmsPlace, *, seconds: float = SECONDS, breaker: Breaker | None = None
    ) -> None:
        """Opens no connection."""
        self._place = place
        self._seconds = seconds
        self._breaker = breaker or Breaker(steady_seconds)

    def deliver(self, message: Outgoing) -> None:
        """See Carrier. The id goes along as `Idempotency-Key`: a second try is one message."""
        body = {"id": message.key, "to": message.target, "text": message.words}
        if self._place.sender:
            body["from"] = self._place.sender
        headers = {"Content-Type": "application/json", "Idempotency-Key": message.key}
        if self._place.key:
            headers["Authorization"] = f"Bearer {self._place.key}"
        status = self._post(json.dumps(body), headers)
        if status in REFUSED_FOR_GOOD:
            raise Undeliverable(f"the SMS provider answered {status}")
        if not 200 <= status < 300:  # noqa: PLR2004  # Success, as HTTP says it.
            raise CarrierAway(f"the SMS provider answered {status}")

    def _post(self, body: str, headers: dict[str, str]) -> int:
        connection = self._connection()
        parts = urlsplit(self._place.url)
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        if not self._breaker.may_ask():
            raise CarrierAway("the SMS provider is left alone")
        try:
            connection.request("POST", path, body=body.encode(), headers=headers)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            self._breaker.failed()
            raise CarrierAway(f"the SMS provider: {type(error).__name__}") from error
        finally:
            connection.close()
        self._breaker.answered()
        return status

    def _connection(self) -> http.client.HTTPConnection:
        parts = urlsplit(self._place.url)
        host = parts.hostname or ""
        if parts.scheme == "https":
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(
                host, parts.port, timeout=self._seconds, context=context
            )
        return http.client.HTTPConnection(host, parts.port, timeout=self._seconds)
