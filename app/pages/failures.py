"""`/office/failures`: jobs and events that were given up, for the operator to retry or drop."""

from typing import Annotated, Literal, Self

from apiflask import APIBlueprint
from flask import Response, request
from pydantic import Field, model_validator

from accounts.queries import makers
from accounts.rules import Act
from accounts.web import answer_once, requires
from app.failures import drop_failure, failure_count, failures, retry_failure
from core import clock, display
from core.errors import sentence
from core.forms import Drawn, Form, Refused, Unfit, blank, read
from core.pages import page
from core.paging import address
from core.text.typed import OneLine
from core.timetable import failed_entries
from core.work import Work, reading

bp = APIBlueprint("failures", __name__, enable_openapi=False)
SHOWN = 50  # The oldest; the next follow as these are decided.
PATH = "/office/failures"
DONE = {"retry": "retried", "drop": "dropped"}  # Where the 303 leads says what was done.

Names = Annotated[list[Annotated[str, OneLine(at_most=30)]], Field(max_length=SHOWN)]


class FailuresForm(Form):
    """What to do with which of those shown; a drop says why."""

    shown: Names = Field(default_factory=list)
    chosen: Names = Field(default_factory=list)
    everything: Literal["yes"] | None = None  # All that were on the page, no other.
    act: Literal["retry", "drop"]
    reason: Annotated[str, OneLine(at_most=300)] = ""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.names:
            raise Unfit(sentence("Xin chọn ít nhất một việc."), field="everything")
        if self.act == "drop" and not self.reason:
            raise Unfit(sentence("Xin viết lý do bỏ, để người sau hiểu."), field="reason")
        return self

    @property
    def names(self) -> list[str]:
        """What is meant, each once."""
        return list(dict.fromkeys(self.shown if self.everything else self.chosen))


@bp.get(PATH)
@requires(Act.MANAGE_JOBS)
def listed() -> Response:
    """What waits for a decision, the oldest first; `?state=dropped`: what was dropped."""
    return _draw(blank(), 200)


@bp.post(PATH)
@requires(Act.MANAGE_JOBS)
def decide() -> Response:
    """Retry or drop several at once; what another operator decided meanwhile stays as it is."""
    form = read(FailuresForm, request.form)
    if isinstance(form, Refused):
        return _draw(form, 422)

    def effect(work: Work) -> str:
        done = sum(_decide(work, name, form) for name in form.names)
        missed = len(form.names) - done
        return address(PATH, [(DONE[form.act], str(done)), ("missed", str(missed or ""))])

    return answer_once(effect)


def _decide(work: Work, name: str, form: FailuresForm) -> bool:
    if form.act == "drop":
        return drop_failure(work, name, because=form.reason)
    return retry_failure(work, name)


def _draw(form: Drawn, status: int) -> Response:
    is_dropped = request.args.get("state") == "dropped"
    with reading() as session:
        found = failures(session, dropped=is_dropped, limit=SHOWN)
        count = failure_count(session, dropped=is_dropped)
        entries = failed_entries(session)
        of = makers(session, {each.enterprise_id for each in found if each.enterprise_id})
    return page(
        "app/failures.html",
        status=status,
        form=form,
        failures=found,
        count=count,
        entries=entries,
        makers=of,
        is_dropped=is_dropped,
        said={name: request.args.get(name, 0, type=int) for name in (*DONE.values(), "missed")},
        now=clock.now(),
        display=display,
    )
