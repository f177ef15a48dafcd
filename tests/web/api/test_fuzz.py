"""What the OpenAPI document promises, tried by schemathesis against the application."""

import json
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from accounts.token_scopes import TokenScope
from core.api.description import operations
from core.limits import init_limits
from core.work import COMMAND, transaction
from tests.makers import (
    make_batch,
    make_certificate,
    make_lot,
    make_member,
    make_pack,
    make_person,
    make_product,
    make_recognition,
)
from tests.web.api.program import EVERYTHING, READING, by_hand, director_with, forge, named_in
from traceability import queries as stamp_queries
from traceability import service as stamps
from traceability.rules import serial_text

# Few for each operation, so that all of them stay within a minute on a busy machine.
EXAMPLES = 6
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]


def things() -> dict[str, str]:
    """One of each kind of thing of the forge: without them all paths would end at 404."""
    with transaction(by=COMMAND) as work:
        work.by = by_hand(work)
        enterprise = forge(work)
        draft = make_product(work, enterprise=enterprise, state="draft")
        on_sale = make_product(work, enterprise=enterprise)
        mai = make_person(work, sign_in="mai@goc.example", name="Mai")
        make_member(work, enterprise=enterprise, person=mai, role="seller")
        batch = make_batch(work, enterprise=enterprise)
        act = stamps.activate_stamps(work, batch_id=batch.id, first=1, last=5)
        labels = stamps.order_labels(work, batch, first=1, last=10, paper="a4-65")
        [serial] = stamp_queries.serials_at(work.session, batch.id, [1]).values()
        return {
            "s": serial_text(serial),
            "batches": batch.public_id,
            "acts": act.public_id,
            "labels": labels.public_id,
            "products": draft.public_id,
            "packs": make_pack(work, product=draft).public_id,
            "recognitions": make_recognition(work, product=draft).public_id or "",
            "certificates": make_certificate(work, product=draft).public_id,
            "lots": make_lot(work, product=on_sale).public_id,
            "members": mai.public_id,
        }


def tried(
    operation: APIOperation[Any, Any, Any, Any],
    mode: GenerationMode,
    headers: dict[str, str],
    public_id: str | None,
) -> int:
    """Ask one operation in many ways; how many were judged. With `public_id` half name it."""
    asked = 0

    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(case=operation.as_strategy(generation_mode=mode), is_real=st.booleans())
    def ask(case: Case[Any], is_real: bool) -> None:  # noqa: FBT001  # Drawn.
        nonlocal asked
        if is_real and public_id and mode is GenerationMode.POSITIVE:
            case.path_parameters = dict.fromkeys(case.path_parameters, public_id)
        case.call_and_validate(headers=headers, checks=CHECKS)
        asked += 1

    try:
        ask()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE, operation.label  # It takes nothing at all.
    except Exception as failure:
        failure.add_note(f"{operation.method} {operation.path}")
        raise
    return asked


@pytest.mark.parametrize(
    ("scopes", "mode"),
    [
        pytest.param(EVERYTHING, GenerationMode.POSITIVE, id="everything"),
        pytest.param(EVERYTHING, GenerationMode.NEGATIVE, id="everything, wrongly"),
        pytest.param(READING, GenerationMode.POSITIVE, id="reading"),
    ],
)
def test_every_operation_keeps_what_the_document_promises(
    app: Flask, scopes: tuple[TokenScope, ...], mode: GenerationMode
) -> None:
    program, ids = director_with(app, scopes), things()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    # Our header is sent whatever is drawn: a drawn one left out would be called accepted.
    schema.config.generation.update(with_security_parameters=False)
    headers = {
        "Authorization": f"Bearer {program.token}",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
    }
    judged: dict[str, int] = {}

    for result in schema.get_all_operations():
        assert isinstance(result, Ok), "the document reads well"
        operation = result.ok()
        init_limits(app, "")  # So many calls in a minute are the test's own.
        public_id = ids.get(named_in(operation.path))
        judged[operation.label] = tried(operation, mode, headers, public_id)

    assert len(judged) == len(list(operations(app)))
    assert sum(judged.values()) >= 2 * len(judged)


def test_the_document_is_openapi_3_1_and_tells_nothing_but_the_api(app: Flask) -> None:
    answer = app.test_client().get("/api/v1/openapi.json", headers={"Host": "evil.example"})

    document = json.loads(answer.text)
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": "https://goc.example"}]
    assert {path.split("/")[1] for path in document["paths"]} == {"api", "checks", "s"}
    assert "evil" not in answer.text
    form = document["components"]["schemas"]["NewProductForm"]
    assert form["properties"]["price_vnd"] == {
        "maximum": 10_000_000_000,
        "minimum": 1,
        "title": "Price Vnd",
        "type": "integer",
    }
