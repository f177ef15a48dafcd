"""For which of one's enterprises one acts."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import service
from accounts.forms import SwitchForm
from accounts.hashing import hash_of_secret
from accounts.rules import Act
from accounts.web import requires, writing
from core.errors import AppError
from core.forms import Refused, read
from core.guard import SESSION_COOKIE
from core.redirects import see_other

bp = APIBlueprint("enterprise", __name__, enable_openapi=False)


@bp.post("/manage/enterprise")
@requires(Act.SWITCH_ENTERPRISE)
def switch() -> Response:
    """Act for another enterprise from now on; forms drawn before are refused with 409."""
    form = read(SwitchForm, request.form)
    if isinstance(form, Refused):
        raise AppError("no enterprise named")
    key = request.cookies[SESSION_COOKIE]
    with writing() as work:
        service.switch_enterprise(work, key_hash=hash_of_secret(key), enterprise=form.enterprise)
    return see_other("/manage")
