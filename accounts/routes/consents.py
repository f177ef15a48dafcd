"""The link in a producer's SMS: whoever holds the phone answers, without signing in."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries, service
from accounts.errors import AskingClosed
from accounts.forms import AnswerAskingForm
from accounts.queries import Asking
from accounts.routes.moments import day_words
from core import clock
from core.errors import NotFound
from core.forms import Refused, read
from core.guard import anonymous_form
from core.limits import Limit, misses, network_of
from core.pages import page
from core.redirects import see_other
from core.work import By, reading, transaction

bp = APIBlueprint("consents", __name__, enable_openapi=False)

LINKS_BY_ADDRESS = Limit("consent_link", ("20/1minute", "100/1hour"))


@bp.get("/consents/<token>")
def asked(token: str) -> Response:
    """Who asks, for what, until when; looking at it answers nothing."""
    asking = _sent_by(token)
    return page(
        "accounts/consent.html", asking=asking, waits=asking.waits(clock.now()), day=day_words
    )


@bp.post("/consents/<token>")
@anonymous_form
def answer(token: str) -> Response:
    """Answer by a pair of digits, or "Không phải tôi", as the person the link was sent to."""
    asking = _sent_by(token)
    form = read(AnswerAskingForm, request.form)
    if isinstance(form, Refused):
        raise AskingClosed("no pair of ours")
    by = By("person", asking.sent_to_id, enterprise_id=asking.enterprise_id)
    with transaction(by=by) as work:
        service.answer_asking(work, public_id=asking.public_id, pair=form.pair)
    return see_other(f"/consents/{token}")


def _sent_by(token: str) -> Asking:
    """The asking this link was sent for.

    Raises:
        NotFound: no such link was sent, or whom it was sent to leads the enterprise no more.
    """
    network = network_of(request.remote_addr)
    misses().refuse(LINKS_BY_ADDRESS, network)
    with reading() as session:
        asking = queries.asking_by_link(session, token)
    if asking is None:
        misses().count(LINKS_BY_ADDRESS, network)
        raise NotFound("no such link")
    return asking
