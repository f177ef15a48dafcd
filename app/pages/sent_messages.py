"""`/demo/messages`: what was sent to phones and mailboxes. The demo's alone: it needs no phone."""

from typing import Annotated

from apiflask import APIBlueprint
from flask import Response, current_app, request
from pydantic import StringConstraints

from accounts.names import masked
from core import ids
from core.dispatch import carriers, dispatch_of, last_dispatches
from core.errors import NotFound
from core.forms import Form, Refused, read
from core.guard import anonymous_form
from core.inbound import Incoming, receive
from core.pages import page
from core.redirects import see_other
from core.work import VISITOR, reading, transaction

bp = APIBlueprint("sent_messages", __name__, enable_openapi=False)
AT_MOST = 30
LONGEST = 160


class ReplyForm(Form):
    """An answer to one of the messages, typed as on a telephone."""

    message: Annotated[str, StringConstraints(max_length=200)]
    key: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,64}$")]
    text: Annotated[str, StringConstraints(max_length=LONGEST)]


@bp.get("/demo/messages")
def sent() -> Response:
    """The last messages with their words; whose they are only as far as one knows one's own.

    Raises:
        NotFound: in production.
    """
    _refuse_production()
    with reading() as session:
        messages = last_dispatches(session, at_most=AT_MOST)
    # What a real provider carries is its receiver's alone, in a demo too.
    kept = {channel for channel in ("sms", "mail") if _keeps_words(channel)}
    shown = [one for one in messages if one.words is not None and one.channel in kept]
    return page(
        "app/sent_messages.html", messages=shown, masked=masked, new_key=ids.token, longest=LONGEST
    )


@bp.post("/demo/messages")
@anonymous_form
def reply() -> Response:
    """Answer an SMS of the page as the telephone it went to would.

    Raises:
        NotFound: in production, or no SMS of the demo went out by this key.
    """
    _refuse_production()
    form = read(ReplyForm, request.form)
    if isinstance(form, Refused):
        return see_other("/demo/messages")
    with reading() as session:
        answered = dispatch_of(session, form.message)
    if answered is None or answered.channel != "sms" or not _keeps_words("sms"):
        raise NotFound("no SMS of the demo")
    with transaction(by=VISITOR) as work:
        receive(work, Incoming(f"demo:{form.key}", answered.target, form.text))
    return see_other("/demo/messages")


def _refuse_production() -> None:
    if not current_app.config["SETTINGS"].is_demo:
        raise NotFound("the demo's page")


def _keeps_words(channel: str) -> bool:
    carrier = carriers().of(channel)
    return carrier is not None and carrier.keeps_words
