"""The seller's and cooperative's home: at most three things to do, figures, and the rest."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts.rules import Act
from accounts.web import enterprise_id, requires, writing
from core.messages import put_away, unread
from core.pages import page
from core.redirects import see_other
from core.slots import fill
from core.text.numbers import bounded
from core.work import reading

bp = APIBlueprint("manage", __name__, enable_openapi=False)

THINGS_AT_ONCE = 3
MESSAGES_AT_ONCE = 5


@bp.get("/manage")
@requires(Act.VIEW_MANAGE)
def home() -> Response:
    """Today's things to do for the enterprise acted for."""
    ours = enterprise_id()
    with reading() as session:
        todo = fill("manage.todo", session, [ours])[ours]
        figures = fill("manage.figures", session, [ours])[ours]
        panels = fill("manage.panels", session, [ours])[ours]
        newest = [one.id for one in unread(session, enterprise_id=ours, at_most=MESSAGES_AT_ONCE)]
        messages = fill("manage.message", session, newest)
        return page(
            "app/manage.html",
            todo=todo,
            shown=THINGS_AT_ONCE,
            figures=figures,
            panels=panels,
            messages=messages,
        )


@bp.post("/manage/messages/seen")
@requires(Act.VIEW_MANAGE)
def seen() -> Response:
    """Put away the messages that were on the page; those that came later stay."""
    up_to = bounded(request.form.get("up_to", ""), most=2**62)
    if up_to is not None:
        with writing() as work:
            put_away(work, enterprise_id=enterprise_id(), up_to=up_to)
    return see_other("/manage")
