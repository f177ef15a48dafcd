"""Writes by the API: one transaction, once for each Idempotency-Key, answered word for word."""

import hashlib
from collections.abc import Callable

from flask import Response, request

from accounts.web import REQUEST_ID, acting, writing
from core.answers import RequestReused, keep_answer, kept_answer, reserve_answer
from core.api.answers import Answer, kept_again, names_version, respond
from core.api.errors import KeyMalformed, KeyReused, VersionOld
from core.errors import Changed
from core.work import Work, reading

_BY_API = "api:"  # A form's own ids stand apart.


def answer_write(effect: Callable[[Work], Answer]) -> Response:
    """Run `effect` in one transaction and answer what it gives.

    The same `Idempotency-Key` with the same request again: the same answer, no second effect.

    Raises:
        KeyMalformed, KeyReused: the key cannot be kept, or came with another request.
        VersionOld: If-Match names a version that is not there any more (a `version` in the body:
            the service's own Changed, 409).
    """
    key = _key()
    try:
        with writing() as work:
            return respond(effect(work) if key is None else _once(work, key, effect))
    except RequestReused:
        raise KeyReused("the key came with another request") from None
    except Changed as refusal:
        if names_version():
            raise VersionOld(str(refusal)) from None
        raise


def done_before() -> Response | None:
    """The answer the same request was given when it was done; None where it was not."""
    sent = request.headers.get("Idempotency-Key", "")
    if not REQUEST_ID.fullmatch(sent):
        return None
    with reading() as session:
        kept = kept_answer(session, by=acting(), request_id=_BY_API + sent, act=_meant())
    return respond(kept_again(kept)) if kept else None


def _once(work: Work, key: str, effect: Callable[[Work], Answer]) -> Answer:
    # The key first: a twin sent at the same moment waits here, and never meets the effect.
    kept = reserve_answer(work, request_id=key, act=_meant())
    if kept is not None:
        return kept_again(kept)
    answer = effect(work)
    keep_answer(work, request_id=key, location=answer.kept())
    return answer


def _key() -> str | None:
    sent = request.headers.get("Idempotency-Key")
    if sent is None:
        return None
    if not REQUEST_ID.fullmatch(sent):
        raise KeyMalformed("Idempotency-Key")
    return _BY_API + sent


def _meant() -> str:
    """What a request is about: the same key with another is a mistake, not a repeat."""
    said = (request.full_path, request.headers.get("If-Match", ""), request.get_data(cache=True))
    digest = hashlib.sha256(repr(said).encode()).hexdigest()[:16]
    return f"{_BY_API}{request.method}:{digest}"
