"""Bodies of requests: JSON read by the same forms as the pages, but only as JSON says things.

What pages understand besides ("150k", "5/11/26") is for people; a program sends numbers and dates.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from flask import request
from pydantic import BaseModel
from pydantic_core import from_json
from werkzeug.exceptions import RequestEntityTooLarge

from core.api.answers import names_version
from core.api.errors import (
    FieldsRefused,
    JsonNeeded,
    JsonTooLarge,
    JsonUnreadable,
    QuestionMalformed,
    VersionNeeded,
)
from core.errors import sentence
from core.form_sentences import plain_sentence
from core.forms import Form, judged
from core.language import gettext

F = TypeVar("F", bound=Form)
MAX_JSON_BYTES = 256 * 1024
VERSION = "version"
ETAG = re.compile(r'"([0-9]{1,18})"')  # As every answer with a version carries it.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KINDS: Mapping[str, tuple[type, ...]] = {
    "integer": (int,),
    "number": (int, float),
    "string": (str,),
    "boolean": (bool,),
    "array": (list,),
}
_WRONG_KIND: Mapping[tuple[str, ...], str] = {
    ("integer",): sentence("Xin gửi một số nguyên."),
    ("number",): sentence("Xin gửi một số."),
    ("string",): sentence("Xin gửi một chuỗi chữ."),
    ("boolean",): sentence("Xin gửi true hoặc false."),
    ("array",): sentence("Xin gửi một danh sách."),
    ("date",): sentence("Xin gửi ngày như 2026-11-12."),
    ("integer", "string"): sentence("Xin gửi một số nguyên hoặc một chuỗi chữ."),
}


def read_body(model: type[F], *, over: BaseModel | None = None) -> F:
    """The form a request's JSON says; with `over` what it leaves out stays as it is there.

    Fields the form does not know are ignored; null and "" count as not said. A form with a
    `version` takes it from If-Match where that is sent.

    Raises:
        FieldsRefused: fields cannot be as sent.
        VersionNeeded: it does not say which version it is meant for.
        QuestionMalformed: If-Match is no ETag of ours.
        JsonNeeded, JsonUnreadable, JsonTooLarge: the body is not what the API takes.
    """
    fields = model.model_fields
    sent = {name: value for name, value in _sent().items() if name in fields}
    _refuse_other_kinds(model, sent)
    _refuse_longer(model, sent)
    sent = {name: _clean(value) for name, value in sent.items()}
    stands = {} if over is None else over.model_dump(mode="json", include=set(fields) - {VERSION})
    said = {name: value for name, value in {**stands, **sent}.items() if _is_said(value)}
    if VERSION in fields:
        said |= _version(said)
    found = judged(model, said)
    if isinstance(found, dict):
        raise FieldsRefused(found)
    return found


def _sent() -> dict[str, Any]:
    request.max_content_length = MAX_JSON_BYTES
    try:
        body = request.get_data(cache=True)
    except RequestEntityTooLarge:
        raise JsonTooLarge("body") from None
    if not body:
        return {}
    if not request.is_json:
        raise JsonNeeded(request.mimetype or "no content type")
    try:
        found = from_json(body, allow_inf_nan=False)
    except ValueError:
        raise JsonUnreadable("no JSON") from None
    if not isinstance(found, dict):
        raise JsonUnreadable("no object")
    return found


def _clean(value: object) -> object:
    # As forms do: a NUL is refused by PostgreSQL with an error of its own.
    return value.replace("\x00", "") if isinstance(value, str) else value


def _is_said(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _version(said: Mapping[str, object]) -> dict[str, object]:
    if not names_version():
        if VERSION not in said:
            raise VersionNeeded("neither version nor If-Match")
        return {}
    sent = request.headers["If-Match"].strip()
    if sent == "*":
        raise VersionNeeded("If-Match of any version")
    tag = ETAG.fullmatch(sent)
    if tag is None:
        raise QuestionMalformed("If-Match", name="If-Match")
    return {VERSION: int(tag[1])}


def _refuse_other_kinds(model: type[Form], sent: Mapping[str, object]) -> None:
    wrong = {
        name: gettext(_WRONG_KIND[kinds])
        for name, kinds in _kinds(model).items()
        if (value := sent.get(name)) is not None and not any(_fits(one, value) for one in kinds)
    }
    if wrong:
        raise FieldsRefused(wrong)


def _refuse_longer(model: type[Form], sent: Mapping[str, object]) -> None:
    """Hold what the document says of texts as they are sent, with what a form would take off."""
    longer = {}
    for name, most in _longest(model).items():
        value = sent.get(name)
        if isinstance(value, str) and len(value) > most:
            said, values = plain_sentence("too_long", {"at_most": most})
            longer[name] = gettext(said, **values)
    if longer:
        raise FieldsRefused(longer)


def _fits(kind: str, value: object) -> bool:
    if kind == "date":
        return isinstance(value, str) and (not value or _DAY.fullmatch(value) is not None)
    is_other_bool = isinstance(value, bool) and kind != "boolean"
    return isinstance(value, _KINDS[kind]) and not is_other_bool


@cache
def _kinds(model: type[Form]) -> dict[str, tuple[str, ...]]:
    """What JSON may say in each field, by the same schema that programs read."""
    schema = model.model_json_schema()
    named = schema.get("$defs", {})
    return {name: _kinds_of(each, named) for name, each in schema["properties"].items()}


@cache
def _longest(model: type[Form]) -> dict[str, int]:
    """How many characters each text may have, by the same schema."""
    found = {}
    for name, each in model.model_json_schema()["properties"].items():
        bounds = [one["maxLength"] for one in each.get("anyOf", [each]) if "maxLength" in one]
        if bounds:
            found[name] = max(bounds)
    return found


def _kinds_of(schema: Mapping[str, Any], named: Mapping[str, Any]) -> tuple[str, ...]:
    if "$ref" in schema:
        return _kinds_of(named[schema["$ref"].rsplit("/", 1)[1]], named)
    if "anyOf" in schema:
        choices = [one for one in schema["anyOf"] if one.get("type") != "null"]
        found = (kind for one in choices for kind in _kinds_of(one, named))
        return tuple(dict.fromkeys(found))
    return ("date" if schema.get("format") == "date" else str(schema["type"]),)
