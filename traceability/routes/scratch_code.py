"""“Tôi đã cào mã”: a buyer types what lies under the scratch layer."""

from datetime import datetime

from apiflask import APIBlueprint
from flask import Response, request, url_for

from core import clock, display
from core.api import problems
from core.errors import AppError
from core.forms import Refused, read, refused
from core.guard import anonymous_form
from core.language import current_language
from core.limits import misses, network_of
from core.pages import page
from core.redirects import see_other
from core.sealing import sealer
from core.work import VISITOR, reading, transaction
from traceability import rules, service
from traceability.forms import ScratchForm
from traceability.queries import stamp_row
from traceability.routes.stamp import MISSES
from traceability.routes.stamp_json import is_json_wished
from traceability.routes.visitors import visitor_of
from traceability.rules import CodeTry
from traceability.scratch_errors import (
    NotABuyer,
    ScratchCodeLocked,
    ScratchCodeWrong,
    ScratchCodeWrongOnce,
)
from traceability.service import Tried

bp = APIBlueprint("scratch_code", __name__, enable_openapi=False)
_A_MINUTE = 60


@bp.post("/s/<text>/code")
@anonymous_form
def confirm(text: str) -> Response:
    """Judge the number and lead to the stamp's page, which says what came of it.

    What is no stamp's number is answered alike: by a number never issued, by one without a scratch
    layer, and by one whose digits are others. Asked for JSON, a refusal is a problem.
    """
    if is_json_wished():
        problems.ask()
    serial = rules.parse_serial(text)
    form = read(ScratchForm, request.form)
    if isinstance(form, Refused):
        return _again(serial, form, 422)
    try:
        _refuse(_tried(serial, form.code))
    except AppError as refusal:
        if problems.is_asked():
            raise
        drawn = refused(request.form, ScratchForm, refusal, at="code")
        return _again(serial, drawn, refusal.status)
    return see_other(url_for("stamp.stamp", serial=rules.serial_text(serial)))


def _tried(serial: int, code: str) -> Tried:
    with reading() as session:
        is_issued = stamp_row(session, serial) is not None
    if not is_issued:  # As at the page: who guesses numbers is held up, whatever is asked.
        misses().take(MISSES, network_of(request.remote_addr))
    visitor = visitor_of(serial)
    with transaction(by=VISITOR) as work:
        return service.try_scratch_code(
            work,
            serial=serial,
            code=code,
            visitor=visitor,
            sealer=sealer(),
        )


def _refuse(tried: Tried) -> None:
    """Say what came of a try that did not confirm.

    Raises:
        ScratchCodeWrong, ScratchCodeLocked, NotABuyer: as `tried` says.
    """
    if tried.result is CodeTry.NOT_A_BUYER:
        raise NotABuyer("typed by the maker's people or an officer")
    if tried.result is CodeTry.WRONG:
        wrong = ScratchCodeWrong if tried.left > 1 else ScratchCodeWrongOnce
        raise wrong("wrong scratch code", left=tried.left)
    if tried.until is None:
        return
    minutes = _minutes(tried.until, clock.now())
    until = display.clock_and_day(tried.until, current_language())
    raise ScratchCodeLocked("scratch code locked", until=until, minutes=minutes)


def _minutes(until: datetime, now: datetime) -> int:
    return max(1, -int(-(until - now).total_seconds() // _A_MINUTE))


def _again(serial: int, form: Refused, status: int) -> Response:
    # A page of its own: drawing the stamp's again would be a check of it.
    text = rules.serial_text(serial)
    return page(
        "traceability/scratch_again.html", status=status, form=form, serial=text, display=display
    )
