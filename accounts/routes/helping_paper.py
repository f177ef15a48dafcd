"""A consent on paper: printed by the helper, signed by a producer without a smartphone."""

from apiflask import APIBlueprint
from flask import Response, current_app
from markupsafe import Markup

from accounts import queries, service
from accounts.errors import AskingClosed
from accounts.queries import Asking
from accounts.routes.moments import day_words
from accounts.rules import Act
from accounts.web import answer_once, requires, signed_in
from core import clock, qr
from core.errors import NotFound
from core.language import gettext
from core.pages import page
from core.work import Work, reading

bp = APIBlueprint("helping_paper", __name__, enable_openapi=False)


@bp.post("/help/paper/<public_id:public_id>")
@requires(Act.ASK_CONSENT)
def print_it(public_id: str) -> Response:
    """Let this asking be answered on paper, too."""
    asking = _own_asking(public_id)

    def effect(work: Work) -> str:
        service.print_asking(work, public_id=asking.public_id)
        return f"/help/paper/{asking.public_id}"

    return answer_once(effect)


@bp.get("/help/paper/<public_id:public_id>")
@requires(Act.ASK_CONSENT)
def printed(public_id: str) -> Response:
    """The page to print: who, for what, until when, a place to sign, the officer's code.

    Raises:
        AskingClosed: it is no longer to be answered on paper.
    """
    asking = _own_asking(public_id)
    if not asking.waits_on_paper(clock.now()):
        raise AskingClosed("not printed, answered or too old")
    settings = current_app.config["SETTINGS"]
    path = f"/office/consents/{asking.public_id}"
    label = gettext("Mã cho cán bộ quét")
    code = qr.svg(f"{settings.public_url}{path}", label)
    return page(
        "accounts/help/paper.html",
        asking=asking,
        day=day_words,
        code=Markup(code),  # noqa: S704  # Our own drawing of our own address.
        address=f"{settings.host}{path}",
    )


def _own_asking(public_id: str) -> Asking:
    with reading() as session:
        asking = queries.asking(session, public_id)
    if asking is None or asking.helper_id != signed_in().person_id:
        raise NotFound("no asking of this helper")
    return asking
