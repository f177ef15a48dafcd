"""What a stamp's address answers programs: its verdict as JSON, described with the API."""

from typing import Annotated, Any

from flask import Response, current_app, jsonify, request, url_for
from pydantic import BaseModel, ConfigDict, Field

from traceability.rules import Case, Doubt, Grade, Notice, Verdict, VoidReason, serial_text
from traceability.rules.recalls import RecallReason
from traceability.service.reading import Reading

HTML, JSON = "text/html", "application/json"
EXAMPLE: dict[str, Any] = {
    "verdict": "checked_before",
    "grade": "calm",
    "notices": ["use_soon"],
    "reason": "once",
    "serial": "7K3MQ9T2XB40G",
    "product": "Chè móc câu",
    "lot": "26-11A",
    "maker": "HTX Chè Tân Cương",
    "occasions": 2,
    "counted": False,
    "checked_at": "2026-11-22T03:14:00+00:00",
    "check": None,
    "has_code": True,
    "code_confirmed_at": None,
}


_MOMENT: dict[str, Any] = {"format": "date-time"}


class StampCheck(BaseModel):
    """What is recorded of a stamp, as of this moment; it does not know what it is stuck on."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    verdict: Verdict
    grade: Grade = Field(description="the worst of the verdict's own and the notices'")
    notices: list[Notice]
    reason: VoidReason | Doubt | Case | RecallReason | None = Field(
        description=(
            "why it was cancelled (void) or its lot recalled, what makes it suspicious, or which"
            " text fits (checked_before)"
        )
    )
    serial: str
    product: str | None
    lot: str | None = Field(description="as its maker calls it; a roll's stamp is of none yet")
    maker: str | None
    occasions: int = Field(description="checks of one network within two hours are one; with this")
    counted: bool = Field(
        description="whether this visit is a check: those of robots, makers, shared results are not"
    )
    checked_at: Annotated[str, Field(json_schema_extra=_MOMENT)]
    check: str | None = Field(description="the result as of now, to share; where it counts")
    has_code: bool = Field(
        description="whether a number lies under a scratch layer: typed at `…/code`"
    )
    code_confirmed_at: str | None = Field(
        description="when that number was first confirmed", json_schema_extra=_MOMENT
    )


def is_json_wished() -> bool:
    """Whether whoever asks would rather have JSON than a page."""
    return request.accept_mimetypes.best_match([HTML, JSON]) == JSON


def json_answer(found: Reading, *, past: bool = False) -> Response:
    """The verdict for a program; `past`: of an earlier check, whose result is read again."""
    check, judgement = found.check, found.judgement
    goods = found.lot or found.product
    told = StampCheck(
        verdict=judgement.verdict,
        grade=judgement.grade,
        notices=list(judgement.notices),
        reason=_recalled_because(found)
        or judgement.void_reason
        or judgement.doubt
        or judgement.case,
        serial=serial_text(check.serial),
        product=goods.name if goods else None,
        lot=found.lot.code if found.lot else None,
        maker=found.maker.name if found.maker else None,
        occasions=check.occasions,
        counted=not past and check.token is not None and check.own_at is None,
        checked_at=check.at.isoformat(timespec="seconds"),
        check=_shared(check.token) if check.token else None,
        has_code=check.stamp is not None and check.stamp.has_code,
        code_confirmed_at=_code_confirmed(found),
    )
    response = jsonify(told.model_dump(mode="json"))
    response.status_code = judgement.verdict.status
    return response


def _recalled_because(found: Reading) -> RecallReason | None:
    return RecallReason(found.recall.reason) if found.recall else None


def _code_confirmed(found: Reading) -> str | None:
    stamp = found.check.stamp
    at = stamp.code_confirmed_at if stamp is not None else None
    return at.isoformat(timespec="seconds") if at else None


def _shared(token: str) -> str:
    public_url: str = current_app.config["SETTINGS"].public_url
    return public_url + url_for("stamp.past_check", token=token)
