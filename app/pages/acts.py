"""Who did what for an enterprise, in sentences; changes of listings are undone here."""

from dataclasses import dataclass
from datetime import date, timedelta

from apiflask import APIBlueprint
from flask import Response, request
from sqlalchemy.orm import Session

from accounts.queries import people_named
from accounts.rules import Act
from accounts.web import answer_once, enterprise_id, may, own, requires
from app.act_lines import lines_of
from catalog import queries, service
from core import audit, clock
from core.pages import page
from core.paging import address, page_number
from core.work import Work, reading

bp = APIBlueprint("acts", __name__, enable_openapi=False)

ACTS_A_PAGE = 30
MONTHS = 12


@dataclass(frozen=True)
class Month:
    """How much of a month's work the producer's own people did."""

    words: str
    own: int
    acts: int

    @property
    def percent(self) -> int:
        """The share of it, in whole per cent."""
        return 100 * self.own // self.acts


@bp.get("/manage/acts")
@requires(Act.READ_HISTORY)
def listed() -> Response:
    """The latest acts, of everybody or of one person."""
    at = page_number(request.args.get("page", "1")) or 1
    who = request.args.get("person", "")
    with reading() as session:
        ids = audit.people_of(session, enterprise_id=enterprise_id())
        people = people_named(session, ids)
        chosen = next((id_ for id_, one in people.items() if one.public_id == who), None)
        found = audit.entries_of(
            session,
            enterprise_id=enterprise_id(),
            person_id=chosen,
            after=(at - 1) * ACTS_A_PAGE,
            limit=ACTS_A_PAGE + 1,
        )
        names = {id_: one.name for id_, one in people.items()}
        lines = lines_of(session, found[:ACTS_A_PAGE], names)
        months = _months(session)
    return page(
        "app/acts.html",
        lines=lines,
        people=sorted(people.values(), key=lambda one: one.name),
        chosen=who if chosen is not None else "",
        older=_older(at, who) if len(found) > ACTS_A_PAGE else "",
        months=months,
    )


@bp.post("/manage/acts/<public_id:public_id>/undo")
@requires(Act.EDIT_PRODUCT)
def undo(public_id: str) -> Response:
    """Make what one change of a listing touched as it was before."""
    with reading() as session:
        revision = own(queries.revision(session, public_id))

    def effect(work: Work) -> str:
        service.undo_revision(work, revision_id=revision.id)
        return "/manage/acts" if may(Act.READ_HISTORY) else "/manage/products"

    return answer_once(effect)


def _older(at: int, who: str) -> str:
    return address("/manage/acts", [("person", who), ("page", str(at + 1))])


def _months(session: Session) -> list[Month]:
    """The share of acts done without a helper, by month, the last year."""
    since = clock.today().replace(day=1) - timedelta(days=(MONTHS - 1) * 30)
    rows = audit.months_of(session, enterprise_id=enterprise_id(), since=since)
    if not any(helped for _, _, helped in rows):
        return []  # Whoever always worked alone needs no picture of it.
    return [Month(_month_words(first), acts - helped, acts) for first, acts, helped in rows]


def _month_words(first: date) -> str:
    return f"{first.month}/{first.year}"
