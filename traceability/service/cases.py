"""Cases of suspected fakes: reports of a stamp looked into together, by its maker or an office."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select, update

from core import audit
from core.database import insert_new
from core.errors import NotFound
from core.work import Work
from traceability import messages
from traceability.case_errors import CaseNotOpen, ReportSettled
from traceability.models import StampCase, StampCaseEntry, StampReport
from traceability.queries.cases import open_case_of
from traceability.rules.cases import CaseAct, CaseState, Side, states_before

LONGEST_NOTE = 2_000
_TRIES = 3  # A rival's case may be concluded between finding it there and holding it.


@dataclass(frozen=True)
class Step:
    """One line to be added to a case's history."""

    side: Side
    act: CaseAct
    words: str = ""


@dataclass(frozen=True)
class About:
    """The stamp a case is about; of a number never issued its text alone."""

    serial_text: str
    serial: int | None
    enterprise_id: int | None


def open_case(work: Work, *, report_id: int, side: Side) -> StampCase:
    """Make a report, and all other open ones of its stamp that wait for a case, one case.

    Where the stamp has an open case already the reports join it.

    Raises:
        CaseNotOpen: others open and conclude the stamp's cases faster than this one could join.
        ReportSettled: the report is closed.
    """
    report = work.session.get_one(StampReport, report_id)
    if report.state == "closed":
        raise ReportSettled(f"report {report_id}")
    return open_case_about(
        work, about=About(report.serial_text, report.serial, report.enterprise_id), side=side
    )


def open_case_about(work: Work, *, about: About, side: Side) -> StampCase:
    """Make a stamp's open reports one case, also where there is none yet.

    Where it has an open case already that one is it.

    Raises:
        CaseNotOpen: others open and conclude the stamp's cases faster than this one could join.
    """
    for _ in range(_TRIES):
        is_new = insert_new(work.session, StampCase, _new_case(work, about, side))
        # Held: a rival who concludes the case at this moment has it first, and it is open no more.
        case = open_case_of(work.session, about.serial_text, hold=True)
        if case is not None:
            break
    else:
        raise CaseNotOpen(f"case of {about.serial_text}")
    _join_reports(work, case)
    if is_new:
        add_entry(work, case, Step(side, CaseAct.OPENED))
        messages.case_opened(work, case, side=side)
    return case


def join_open_case(work: Work, report: StampReport) -> None:
    """Let a new report join its stamp's open case, where there is one."""
    case = open_case_of(work.session, report.serial_text)
    if case is not None:
        report.case_id = case.id
        work.session.flush()


def take_case(work: Work, *, case_id: int, side: Side) -> None:
    """Begin to look into a case.

    Raises:
        CaseNotOpen: somebody has begun, or concluded, already.
    """
    case = move_case(work, case_id, CaseState.LOOKING, {}, was=frozenset({CaseState.NEW}))
    add_entry(work, case, Step(side, CaseAct.TAKEN))


def note_on_case(work: Work, *, case_id: int, side: Side, words: str) -> None:
    """Add a note to a case, whether open or ended; the other side does not read it."""
    add_entry(work, work.session.get_one(StampCase, case_id), Step(side, CaseAct.NOTED, words))


def move_case(
    work: Work,
    case_id: int,
    to: CaseState,
    values: Mapping[str, object],
    *,
    was: frozenset[CaseState] | None = None,
) -> StampCase:
    """Bring a case to a state in one conditional UPDATE: of two at once one is refused.

    Raises:
        CaseNotOpen: the case is not in a state that leads there.
        NotFound: there is no such case.
    """
    moved = work.session.execute(
        update(StampCase)
        .where(StampCase.id == case_id, StampCase.state.in_(was or states_before(to)))
        .values(state=to, **values)
        .returning(StampCase)
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if moved is not None:
        return moved
    if work.session.get(StampCase, case_id) is None:
        raise NotFound(f"no case {case_id}")
    raise CaseNotOpen(f"case {case_id} to {to}")


def add_entry(work: Work, case: StampCase, step: Step) -> None:
    """Add a line to a case's history and to the audit."""
    work.session.add(
        StampCaseEntry(
            case_id=case.id,
            at=work.now,
            side=step.side,
            by_person_id=work.by.person_id,
            act=step.act,
            words=step.words,
        )
    )
    work.session.flush()
    audit.record(
        work,
        act=f"{step.act}_case",
        object_kind="stamp_case",
        object_id=case.id,
        enterprise_id=case.enterprise_id,
    )


def _new_case(work: Work, about: About, side: Side) -> dict[str, object]:
    return {
        "public_id": work.new_public_id(),
        "serial": about.serial,
        "serial_text": about.serial_text,
        "enterprise_id": about.enterprise_id,
        "state": CaseState.NEW,
        "opened_at": work.now,
        "opened_by": side,
        "why": "",
    }


def _join_reports(work: Work, case: StampCase) -> None:
    # What its maker concluded keeps its reports: they wait for the office, which may lift it.
    ended = select(StampCase.id).where(StampCase.concluded_by == Side.OFFICE)
    work.session.execute(
        update(StampReport)
        .where(StampReport.serial_text == case.serial_text, StampReport.state != "closed")
        .where(or_(StampReport.case_id.is_(None), StampReport.case_id.in_(ended)))
        .values(case_id=case.id)
        .execution_options(synchronize_session=False)
    )
