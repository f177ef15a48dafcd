"""Cases of suspected fakes: the lists, one case with its history, and what it changed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from accounts.queries import enterprise_ids_in
from accounts.rules import Office
from traceability.models import (
    StampAct,
    StampCase,
    StampCaseEntry,
    StampCaseRange,
    StampReport,
)
from traceability.rules.cases import Side

OPEN = ("new", "looking")


@dataclass(frozen=True)
class ListedCase:
    """A case with the number of its reports."""

    case: StampCase
    reports: int


@dataclass(frozen=True)
class ChangedRange:
    """Stamps a case has changed and nobody has lifted since."""

    batch_id: int
    first: int
    last: int
    act_id: int
    act: str
    was_state: str
    was_from_at: datetime
    was_by_person_id: int | None

    @property
    def count(self) -> int:
        """How many stamps."""
        return self.last - self.first + 1

    @property
    def is_void(self) -> bool:
        """Whether they were cancelled; else they became doubted."""
        return self.act == "void"


def case_of(session: Session, public_id: str) -> StampCase | None:
    """The case the outside knows by this number."""
    return session.scalars(select(StampCase).where(StampCase.public_id == public_id)).one_or_none()


def cases_by_id(session: Session, ids: Collection[int]) -> dict[int, StampCase]:
    """Cases with these ids."""
    return {one.id: one for one in session.scalars(select(StampCase).where(StampCase.id.in_(ids)))}


def open_case_of(session: Session, serial_text: str, *, hold: bool = False) -> StampCase | None:
    """The open case about a stamp, issued or not; held for the transaction where asked."""
    found = select(StampCase).where(StampCase.serial_text == serial_text, StampCase.state.in_(OPEN))
    if hold:
        found = found.with_for_update().execution_options(populate_existing=True)
    return session.scalars(found).one_or_none()


def last_case_of(session: Session, serial_text: str) -> StampCase | None:
    """The latest case about a stamp, open or ended."""
    cases = select(StampCase).where(StampCase.serial_text == serial_text)
    return session.scalars(cases.order_by(StampCase.id.desc()).limit(1)).one_or_none()


def open_or_own_case(session: Session, report: StampReport) -> StampCase | None:
    """The case a report is in; one an office ended is no answer to a report still open."""
    case = session.get(StampCase, report.case_id) if report.case_id is not None else None
    if case is not None and case.concluded_by == Side.OFFICE and report.state != "closed":
        return None
    return case


def cases_to(
    session: Session, *, enterprise_id: int, ended: bool, limit: int, after: int = 0
) -> list[ListedCase]:
    """Cases about an enterprise's stamps, the latest first. One statement."""
    whose = StampCase.enterprise_id == enterprise_id
    return _listed(session, whose, ended=ended, limit=limit, after=after)


def cases_within(
    session: Session, offices: Collection[Office], *, ended: bool, limit: int, after: int = 0
) -> list[ListedCase]:
    """Cases of these areas, the latest first; of a number never issued for the country alone."""
    return _listed(session, _within(offices), ended=ended, limit=limit, after=after)


def new_cases(session: Session, enterprise_ids: Collection[int]) -> dict[int, int]:
    """How many cases of each enterprise nobody has taken up; those without are not in it."""
    rows = session.execute(
        select(StampCase.enterprise_id, func.count())
        .where(StampCase.enterprise_id.in_(enterprise_ids), StampCase.state == "new")
        .group_by(StampCase.enterprise_id)
    )
    return {enterprise_id: count for enterprise_id, count in rows if enterprise_id is not None}


def open_case_count(session: Session, offices: Collection[Office]) -> int:
    """How many cases of these areas wait for a conclusion."""
    counted = select(func.count()).where(_within(offices), StampCase.state.in_(OPEN))
    return session.scalar(counted) or 0


def case_entries(session: Session, case_id: int) -> list[StampCaseEntry]:
    """A case's history, the earliest first."""
    rows = session.scalars(
        select(StampCaseEntry).where(StampCaseEntry.case_id == case_id).order_by(StampCaseEntry.id)
    )
    return list(rows)


def case_reports(session: Session, case_id: int) -> list[StampReport]:
    """The reports of a case, the earliest first."""
    rows = session.scalars(
        select(StampReport).where(StampReport.case_id == case_id).order_by(StampReport.id)
    )
    return list(rows)


def changed_ranges(session: Session, case_id: int) -> list[ChangedRange]:
    """The stamps a case keeps changed, in their order."""
    rows = session.execute(
        _STANDING.where(StampCaseRange.case_id == case_id).order_by(
            StampAct.batch_id, StampAct.first
        )
    )
    return [ChangedRange(*row[1:]) for row in rows]


def case_changing(session: Session, batch_id: int, ordinal: int) -> StampCase | None:
    """The case that made a stamp doubted or void, the latest where there were two."""
    holds = _STANDING.with_only_columns(StampCase).where(
        StampAct.batch_id == batch_id, StampAct.first <= ordinal, StampAct.last >= ordinal
    )
    return session.scalars(holds.order_by(StampAct.id.desc()).limit(1)).one_or_none()


def _listed(
    session: Session, whose: ColumnElement[bool], *, ended: bool, limit: int, after: int
) -> list[ListedCase]:
    reports = select(func.count()).where(StampReport.case_id == StampCase.id).scalar_subquery()
    is_open = StampCase.state.in_(OPEN)
    rows = session.execute(
        select(StampCase, reports)
        .where(whose, ~is_open if ended else is_open)
        .order_by(StampCase.id.desc())
        .limit(limit)
        .offset(after)
    )
    return [ListedCase(case, count) for case, count in rows]


def _within(offices: Collection[Office]) -> ColumnElement[bool]:
    """Of the areas' enterprises; a number never issued is nobody's, so the whole country's."""
    areas = [StampCase.enterprise_id.in_(enterprise_ids_in(each)) for each in offices]
    if any(each.province_code is None for each in offices):
        areas.append(StampCase.enterprise_id.is_(None))
    return or_(false(), *areas)


_undoing = aliased(StampAct)
_STANDING = (
    select(
        StampCase,
        StampAct.batch_id,
        StampAct.first,
        StampAct.last,
        StampAct.id,
        StampAct.act,
        StampCaseRange.was_state,
        StampCaseRange.was_from_at,
        StampCaseRange.was_by_person_id,
    )
    .join(StampCaseRange, StampCaseRange.case_id == StampCase.id)
    .join(StampAct, StampAct.id == StampCaseRange.act_id)
    .where(~exists().where(_undoing.undoes_id == StampAct.id))
)
