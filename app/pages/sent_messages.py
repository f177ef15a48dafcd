"""`/demo/messages`: what was sent to phones and mailboxes. The demo's alone: it needs no phone."""

from typing import Annotated

from apiflask import APIBlueprint
from flask import Response, current_app, request
from pydantic import StringConstraints

from accounts.names import is_phone, masked, sign_in_name
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
    """An answer to one of the messages, or an SMS of its own, typed as on a telephone."""

    message: Annotated[str, StringConstraints(max_length=200)] = ""
    sender: Annotated[str, StringConstraints(max_length=40)] = ""
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
    """Answer an SMS of the page as the telephone it went to would, or send one from a number.

    Raises:
        NotFound: in production, or no SMS of the demo went out by this key.
    """
    _refuse_production()
    form = read(ReplyForm, request.form)
    sender = None if isinstance(form, Refused) else _sender(form)
    if isinstance(form, Refused) or sender is None:
        return see_other("/demo/messages")
    with transaction(by=VISITOR) as work:
        receive(work, Incoming(f"demo:{form.key}", sender, form.text))
    return see_other("/demo/messages")


def _sender(form: ReplyForm) -> str | None:
    """Whose telephone it is typed on; None: what was typed is no telephone's number."""
    if not form.message:
        number = sign_in_name(form.sender)
        return number if number is not None and is_phone(number) else None
    with reading() as session:
        answered = dispatch_of(session, form.message)
    if answered is None or answered.channel != "sms" or not _keeps_words("sms"):
        raise NotFound("no SMS of the demo")
    return answered.target


def _refuse_production() -> None:
    if not current_app.config["SETTINGS"].is_demo:
        raise NotFound("the demo's page")


def _keeps_words(channel: str) -> bool:
    carrier = carriers().of(channel)
    return carrier is not None and carrier.keeps_words
