"""`/demo/messages`: what was sent to phones and mailboxes. The demo's alone: it needs no phone."""

from apiflask import APIBlueprint
from flask import Response, current_app

from accounts.names import masked
from core.dispatch import carriers, last_dispatches
from core.errors import NotFound
from core.pages import page
from core.work import reading

bp = APIBlueprint("sent_messages", __name__, enable_openapi=False)
AT_MOST = 30


@bp.get("/demo/messages")
def sent() -> Response:
    """The last messages with their words; whose they are only as far as one knows one's own.

    Raises:
        NotFound: in production.
    """
    if not current_app.config["SETTINGS"].is_demo:
        raise NotFound("the demo's page")
    with reading() as session:
        messages = last_dispatches(session, at_most=AT_MOST)
    # What a real provider carries is its receiver's alone, in a demo too.
    kept = {channel for channel in ("sms", "mail") if _keeps_words(channel)}
    shown = [one for one in messages if one.words is not None and one.channel in kept]
    return page("app/sent_messages.html", messages=shown, masked=masked)


def _keeps_words(channel: str) -> bool:
    carrier = carriers().of(channel)
    return carrier is not None and carrier.keeps_words
