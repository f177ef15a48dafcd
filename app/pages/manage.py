"""The seller's and cooperative's home: at most three things to do, figures, and the rest."""

from collections.abc import Mapping, Sequence

from apiflask import APIBlueprint
from flask import Response, request
from sqlalchemy.orm import Session

from accounts.rules import Act
from accounts.web import enterprise_id, may, requires, writing
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
        messages = _messages(session)
        return page(
            "app/manage.html",
            todo=todo,
            shown=THINGS_AT_ONCE,
            figures=figures,
            panels=panels,
            messages=messages,
            may_put_away=may(Act.READ_HISTORY),
        )


@bp.post("/manage/messages/seen")
@requires(Act.READ_HISTORY)
def seen() -> Response:
    """Put away what was read on the page; what came later, or was not for this reader, stays."""
    up_to = bounded(request.form.get("up_to", ""), most=2**62)
    if up_to is not None:
        with reading() as session:
            read = [one for one in _messages(session) if one <= up_to]
        with writing() as work:
            put_away(work, enterprise_id=enterprise_id(), ids=read)
    return see_other("/manage")


def _messages(session: Session) -> Mapping[int, Sequence[str]]:
    """The newest messages with their sentences; who does not direct sees their own alone."""
    found = unread(session, enterprise_id=enterprise_id(), at_most=MESSAGES_AT_ONCE)
    drawn = fill("manage.message", session, [one.id for one in found])
    directs = may(Act.MANAGE_MEMBERS)
    return {id_: words for id_, words in drawn.items() if words or directs}
