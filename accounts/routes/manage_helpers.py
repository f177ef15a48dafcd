"""Who helps an enterprise: what is asked of it, what it gave, and the end of it."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries, service
from accounts.errors import AskingClosed
from accounts.forms import AnswerAskingForm
from accounts.queries import Asking
from accounts.routes.moments import day_words
from accounts.rules import Act
from accounts.web import allow, answer_once, enterprise_id, requires
from core import clock
from core.errors import NotFound
from core.forms import Refused, read
from core.pages import page
from core.photos.serving import SHOWN_WIDTH, private_answer
from core.work import Work, reading

bp = APIBlueprint("manage_helpers", __name__, enable_openapi=False)


@bp.get("/manage/helpers")
@requires(Act.MANAGE_CONSENTS)
def listed() -> Response:
    """Askings that wait, helpers who may act now, and what is over."""
    now = clock.now()
    with reading() as session:
        askings = queries.askings_to(session, enterprise_id())
        consents = queries.consents_of(session, enterprise_id())
    return page(
        "accounts/manage/helpers.html",
        waiting=[each for each in askings if each.waits(now)],
        living=[each for each in consents if each.lives(now)],
        over=[each for each in consents if not each.lives(now)],
        day=day_words,
    )


@bp.get("/manage/helpers/<public_id:public_id>")
@requires(Act.MANAGE_CONSENTS)
def asked(public_id: str) -> Response:
    """Who asks, for what, until when; three pairs of digits to choose from."""
    asking = _own_asking(public_id)
    return page(
        "accounts/manage/asking.html", asking=asking, waits=asking.waits(clock.now()), day=day_words
    )


@bp.post("/manage/helpers/<public_id:public_id>")
@requires(Act.MANAGE_CONSENTS)
def answer(public_id: str) -> Response:
    """Answer by a pair of digits, or "Không phải tôi"."""
    asking = _own_asking(public_id)
    form = read(AnswerAskingForm, request.form)
    if isinstance(form, Refused):
        raise AskingClosed("no pair of ours")

    def effect(work: Work) -> str:
        service.answer_asking(work, public_id=asking.public_id, pair=form.pair)
        return f"/manage/helpers/{asking.public_id}"

    return answer_once(effect)


@bp.post("/manage/consents/<public_id:public_id>/end")
@requires(Act.MANAGE_CONSENTS)
def end(public_id: str) -> Response:
    """End what a helper may do, from this moment on."""
    with reading() as session:
        given = queries.consent(session, public_id)
    if given is None:
        raise NotFound("no consent has this id")
    allow(given)

    def effect(work: Work) -> str:
        service.end_consent(work, public_id=given.public_id)
        return "/manage/helpers"

    return answer_once(effect)


@bp.get("/manage/consents/<public_id:public_id>/paper")
@requires(Act.MANAGE_CONSENTS)
def paper(public_id: str) -> Response:
    """The photo of the paper by which a consent was given."""
    with reading() as session:
        given = queries.consent(session, public_id)
        if given is None:
            raise NotFound("no consent has this id")
        allow(given)
        found = queries.paper_of_consent(session, given.id)
    if found is None:
        raise NotFound("it was not given on paper")
    return private_answer(found, width=SHOWN_WIDTH, filename=f"giay-dong-y-{public_id}")


def _own_asking(public_id: str) -> Asking:
    with reading() as session:
        asking = queries.asking(session, public_id)
    if asking is None or asking.enterprise_id != enterprise_id():
        raise NotFound("nothing was asked of this enterprise by this id")
    return asking
