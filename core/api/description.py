"""The OpenAPI document: paths by APIFlask, bodies and answers from the models that read them."""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from apiflask import APIFlask
from flask import Flask
from pydantic import BaseModel
from werkzeug.routing import Rule

from core.api.bodies import ETAG, VERSION
from core.api.lists import MOST_ITEMS, USUAL_ITEMS
from core.api.problems import IDS, NUMBERS
from core.forms import Form
from core.ids import CROCKFORD, PUBLIC_ID_LENGTH

P = ParamSpec("P")
R = TypeVar("R")
REFS = "#/components/schemas/{model}"
_JSON = "application/json"
_PROBLEM = {"$ref": "#/components/responses/Problem"}
_REFUSALS = {
    "400": "what was sent cannot be read",
    "401": "no token, or none that is alive",
    "403": "the token lacks the scope, or its person the right",
    "404": "there is none of that id, or it is another's",
    "409": "it is not as it was seen, or not in a state for this",
    "412": "If-Match names another version",
    "413": "the body is too large",
    "415": "the body is no JSON",
    "422": "fields cannot be as sent, or a rule forbids it",
    "428": "neither version nor If-Match was sent",
    "429": "too many calls; Retry-After says when to come back",
}


@dataclass(frozen=True)
class Description:
    """What an operation takes and answers."""

    body: type[Form] | None = None
    answer: type[BaseModel] | None = None
    status: int = 200
    is_partial: bool = False  # What the body leaves out stays as it is.
    is_list: bool = False
    filters: Mapping[str, Mapping[str, Any]] | None = None
    also: Mapping[int, type[BaseModel]] | None = None  # Other answers, by status.
    media_types: tuple[str, ...] = ()  # Of a file that is answered instead of JSON: one of these.
    arguments: Mapping[str, Mapping[str, Any]] | None = None  # Of the path, but for public ids.
    is_public: bool = False  # Asked without a token.
    is_page_too: bool = False  # By `Accept`.


@dataclass(frozen=True)
class Operation:
    """One method of one address; of one that is not public `view` has act and scope of tokens."""

    rule: Rule
    method: str
    view: Any
    described: Description

    @property
    def path(self) -> str:
        """The address as OpenAPI writes it."""
        return re.sub(r"<(?:[^<:]+:)?([^>]+)>", r"{\1}", self.rule.rule)

    @property
    def name(self) -> str:
        """What generated programs call it: `products_add`."""
        return f"{self.rule.endpoint.split('.')[0].removeprefix('api_')}_{self.view.__name__}"


def describes(description: Description) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Say of a view what it takes and answers; stands directly above the function."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        view.description = description  # type: ignore[attr-defined]  # Read below and by tests.
        return view

    return mark


def init_description(app: APIFlask, *, public_url: str) -> None:
    """Let the document say all of it; the address is ours, never what a request calls us."""
    app.config["OPENAPI_VERSION"] = "3.1.0"
    app.config["AUTO_SERVERS"] = False
    app.config["AUTO_404_RESPONSE"] = False
    app.config["AUTO_VALIDATION_ERROR_RESPONSE"] = False
    app.title, app.version = "Gốc", "1"
    app.servers = [{"url": public_url}]
    app.security_schemes = {"token": {"type": "http", "scheme": "bearer"}}

    @app.spec_processor
    def complete(spec: dict[Any, Any] | str) -> dict[Any, Any] | str:
        assert isinstance(spec, dict), "SPEC_FORMAT is json"
        return _completed(app, spec)


def operations(app: Flask) -> Iterator[Operation]:
    """Every operation of the API, and what else answers programs."""
    for rule in app.url_map.iter_rules():
        view: Any = app.view_functions[rule.endpoint]
        if isinstance(described := getattr(view, "description", None), Description):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield Operation(rule, method, view, described)


def _completed(app: APIFlask, spec: dict[str, Any]) -> dict[str, Any]:
    components: dict[str, Any] = spec.setdefault("components", {})
    schemas: dict[str, Any] = components.setdefault("schemas", {})
    schemas.clear()
    schemas["Problem"] = _problem_schema()
    components["responses"] = {
        "Problem": _problem("a problem of RFC 9457"),
        **{f"Refused{status}": _problem(why) for status, why in _REFUSALS.items()},
    }
    for each in operations(app):
        operation = _operation(spec, each)
        operation["operationId"] = each.name
        is_public = each.described.is_public
        operation["security"] = [] if is_public else [{"token": [each.view.token_scope.value]}]
        operation["parameters"] = list(_parameters(each))
        if each.described.body is not None:
            operation["requestBody"] = _body(each.described, schemas)
        operation["responses"] = _responses(each, schemas)
    return spec


def _operation(spec: dict[str, Any], each: Operation) -> dict[str, Any]:
    """What stands of it already; of what is no blueprint of the API alone nothing does."""
    summary, _, more = (inspect.getdoc(each.view) or "").partition("\n\n")
    said: dict[str, Any] = {"summary": summary, "description": more.split("\n\nRaises:")[0]}
    found: dict[str, dict[str, Any]] = spec["paths"].setdefault(each.path, {})
    return found.setdefault(each.method.lower(), said)


def _parameters(each: Operation) -> Iterator[dict[str, Any]]:
    letters = f"^[{CROCKFORD}]{{{PUBLIC_ID_LENGTH}}}$"
    public_id = {"type": "string", "pattern": letters}
    others = each.described.arguments or {}
    for name in sorted(each.rule.arguments):
        yield _parameter(name, "path", dict(others.get(name, public_id)), is_required=True)
    if each.described.is_list:
        bounds = {"minimum": 1, "maximum": MOST_ITEMS, "default": USUAL_ITEMS}
        yield _parameter("limit", "query", {"type": "integer", **bounds})
        yield _parameter("cursor", "query", {"type": "string"})
    for name, schema in (each.described.filters or {}).items():
        yield _parameter(name, "query", dict(schema))
    if each.method != "GET":
        key = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"}
        yield _parameter("Idempotency-Key", "header", key)
    if each.described.body is not None and VERSION in each.described.body.model_fields:
        yield _parameter("If-Match", "header", {"type": "string", "pattern": f"^{ETAG.pattern}$"})


def _parameter(
    name: str, where: str, schema: dict[str, Any], *, is_required: bool = False
) -> dict[str, Any]:
    return {"name": name, "in": where, "required": is_required, "schema": schema}


def _body(described: Description, schemas: dict[str, Any]) -> dict[str, Any]:
    assert described.body is not None, "asked only of an operation with a body"
    schema = _named(described.body, schemas)
    name = described.body.__name__
    if described.is_partial:
        name += "Changes"
        schema = {key: value for key, value in schema.items() if key != "required"}
    required = [one for one in schema.get("required", ()) if one != VERSION]  # Or If-Match.
    schemas[name] = {**schema, "required": required} if required else schema
    if not required:
        schemas[name].pop("required", None)
    content = {_JSON: {"schema": {"$ref": REFS.format(model=name)}}}
    return {"content": content, "required": bool(required)}


def _responses(each: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    described = each.described
    found = {str(described.status): _done(described.answer, schemas)}
    if described.media_types:
        found["200"]["content"] = {one: {} for one in described.media_types}
        found["304"] = {"description": "If-None-Match names the file as it is"}
    for other, shape in (described.also or {}).items():
        found[str(other)] = _done(shape, schemas)
    if described.is_page_too:
        refused = {one: _problem(_REFUSALS[one]) for one in _refused_with(each)}
        refused["default"] = _problem("a problem of RFC 9457")
        return {status: _or_page(said) for status, said in {**found, **refused}.items()}
    named = {one: {"$ref": f"#/components/responses/Refused{one}"} for one in _refused_with(each)}
    return {**found, **named, "default": _PROBLEM}


def _or_page(said: Mapping[str, Any]) -> dict[str, Any]:
    return {**said, "content": {**said["content"], "text/html": {}}}


def _done(answer: type[BaseModel] | None, schemas: dict[str, Any]) -> dict[str, Any]:
    if answer is None:
        return {"description": "done"}
    name = _name(answer)
    schemas[name] = _named(answer, schemas, mode="serialization")
    content = {_JSON: {"schema": {"$ref": REFS.format(model=name)}}}
    return {"description": "done", "content": content}


def _refused_with(each: Operation) -> Sequence[str]:
    if each.described.is_public:
        return ["400", "429"]
    statuses = ["400", "401", "403", "429"]
    if each.rule.arguments:
        statuses.append("404")
    if each.method != "GET":
        statuses += ["409", "412", "413", "415", "422", "428"]
    return sorted(statuses)


def _name(model: type[BaseModel]) -> str:
    return model.__name__.replace("[", "").replace("]", "")


def _named(
    model: type[BaseModel], schemas: dict[str, Any], *, mode: Any = "validation"
) -> dict[str, Any]:
    """The schema of a model; what it is made of stands beside it by name."""
    schema = model.model_json_schema(ref_template=REFS, mode=mode)
    schemas |= schema.pop("$defs", {})
    return schema


def _problem(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": description, "content": {"application/problem+json": {"schema": schema}}}


def _problem_schema() -> dict[str, Any]:
    text, number = {"type": "string"}, {"type": "integer"}
    error = {
        "type": "object",
        "required": ["field", "detail"],
        "properties": {"field": text, "detail": text},
    }
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail", "code", "request_id"],
        "properties": {
            **dict.fromkeys(("type", "title", "detail", "code", "request_id", "scope"), text),
            **dict.fromkeys(("status", *NUMBERS), number),
            **{name: {"type": "array", "items": text} for name in IDS},
            "errors": {"type": "array", "items": error},
        },
    }
