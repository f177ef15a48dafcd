"""`/scan`: a typed number, or a picture whose code the server reads. Works without script."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, current_app, request, url_for

from core.errors import AppError, Busy, sentence
from core.guard import anonymous_form
from core.language import gettext as _
from core.limits import Limit, misses, network_of
from core.pages import page
from core.redirects import see_other
from traceability import rules
from traceability.adapters.codes import read_code
from traceability.errors import MalformedSerial
from traceability.routes import offline
from traceability.rules import Code, CodeKind
from traceability.rules.codes import LONGEST_CODE

bp = APIBlueprint("scan", __name__, enable_openapi=False)
# Pictures without a code, each a second of work; whoever shares the address and hits pays nothing.
MISSED_PICTURES = Limit("picture", ("30/minute",))


class NoCodeInPicture(AppError):
    """A photo without a readable square code."""

    sentence = sentence(
        "Không thấy mã vuông nào trong ảnh. Xin chụp gần hơn, đủ sáng, hoặc gõ số tem."
    )


class NothingToScan(AppError):
    """The form was sent empty."""

    sentence = sentence("Xin gõ số tem hoặc chọn một ảnh chụp tem.")


@bp.get("/scan")
def form() -> Response:
    """Where one types a number or sends a picture."""
    return _page()


@bp.post("/scan")
@anonymous_form
def scan() -> Response:
    """Go to the stamp's page, or say what the code is instead."""
    typed = request.form.get("code", "")
    try:
        code = rules.parse_code(_text(typed), current_app.config["SETTINGS"].host)
        if code.kind is CodeKind.NOTHING:
            raise NothingToScan
    except AppError as refusal:
        return _page(typed=typed, refusal=refusal)
    if code.kind is CodeKind.MALFORMED:
        return _page(typed=typed, refusal=MalformedSerial())
    if code.kind is CodeKind.TEST:
        return see_other(url_for("strips.code", text="1"))
    if code.kind is CodeKind.FOREIGN:
        return page("traceability/foreign.html", host=code.host, url=code.url)
    return see_other(_address(code))


def _text(typed: str) -> str:
    """What is to be read: the picture's code where there is a picture, else what was typed."""
    picture = request.files.get("picture")
    content = picture.read() if picture else b""
    if not content:
        return typed
    address = network_of(request.remote_addr)
    misses().refuse(MISSED_PICTURES, address)
    try:
        return _code_in(content)
    except Busy:
        raise  # Ours, not theirs.
    except AppError:
        misses().count(MISSED_PICTURES, address)
        raise


def _code_in(content: bytes) -> str:
    found = read_code(content)
    if found is None:
        raise NoCodeInPicture
    return found


def _address(code: Code) -> str:
    if code.kind is CodeKind.GOODS:
        assert code.link is not None, code
        return code.link.path
    assert code.serial is not None, code
    claims: dict[str, Any] = {"typed": "1"} if code.typed else {}
    if code.link is not None:
        claims |= {"gtin": code.link.gtin14 or "", "lot": code.link.lot or ""}
    claims["s"] = code.signature
    return url_for(
        "stamp.stamp",
        serial=rules.serial_text(code.serial),
        **{name: value for name, value in claims.items() if value},
    )


def _page(*, typed: str = "", refusal: AppError | None = None) -> Response:
    said = _(refusal.sentence, **refusal.values) if refusal else ""
    is_of_picture = bool(request.files.get("picture"))  # Beside the field it was sent by.
    return page(
        "traceability/scan.html",
        status=refusal.status if refusal else 200,
        typed=typed[:LONGEST_CODE],
        kept={"cache": offline.cache_name(), "files": [offline.KEYS, offline.MAKERS]},
        sms_number=current_app.config["SETTINGS"].sms_number,
        error="" if is_of_picture else said,
        picture_error=said if is_of_picture else "",
    )
