"""Makers as those who care for them see them: officers of an area, and helpers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from accounts.models import (
    AreaMonth,
    AreaTarget,
    Caretaker,
    Consent,
    Enterprise,
    EnterpriseReview,
    GroupAct,
    Membership,
    Person,
    SignIn,
)
from accounts.queries.acting import is_living
from accounts.queries.turns import in_area
from accounts.rules import Office
from core.figures import Area, Span


@dataclass(frozen=True)
class CaredMaker:
    """A maker with who looks after it and when anybody of it signed in last."""

    id: int
    public_id: str
    name: str
    sort_key: str
    state: str
    province_code: str | None
    commune_code: str | None
    caretaker_id: int | None
    caretaker: str | None
    note: str | None
    readers: int  # People of it who can sign in.
    last_sign_in_at: datetime | None


@dataclass(frozen=True)
class KeptMonth:
    """A past month's figures as they were when it was over."""

    figures: Mapping[str, int]
    counted_at: datetime


def makers_in(offices: Collection[Office]) -> Select[int]:
    """Ids of the makers that offices see: those of their areas that left their people once."""
    areas = (and_(*in_area(each)) if each.province_code else _ANYWHERE for each in offices)
    never_sent = Enterprise.state.in_(("draft", "practice"))
    return select(Enterprise.id).where(~never_sent, or_(false(), *areas))


def area_of(office: Office) -> Area:
    """An office's area, for figures."""
    return Area(makers_in([office]), office.province_code, office.commune_code)


def makers_helped_by(person_id: int, *, now: datetime) -> Select[int]:
    """Ids of the makers whose living consent a helper holds; not those given to a team."""
    own = (Consent.helper_id == person_id, Consent.team_id.is_(None))
    helped = select(Consent.enterprise_id).where(*own, *is_living(now))
    return select(Enterprise.id).where(Enterprise.id.in_(helped))


def those_of(enterprise_ids: Select[int], public_ids: Collection[str]) -> Select[int]:
    """Those of `makers_in` or `makers_helped_by` that the outside knows by these ids."""
    return enterprise_ids.where(Enterprise.public_id.in_(public_ids))


def cared_makers(session: Session, enterprise_ids: Select[int]) -> list[CaredMaker]:
    """Those of these makers that did not close, by name. One statement."""
    cared: Select[*tuple[Any, ...]] = (
        select(
            Enterprise.id,
            Enterprise.public_id,
            Enterprise.name,
            Enterprise.sort_key,
            Enterprise.state,
            Enterprise.province_code,
            Enterprise.commune_code,
            Caretaker.person_id,
            _CARING.name,
            Caretaker.note,
            func.coalesce(_PEOPLE.c.readers, 0),
            _PEOPLE.c.last_at,
        )
        .outerjoin(
            Caretaker, and_(Caretaker.enterprise_id == Enterprise.id, Caretaker.ended_at.is_(None))
        )
        .outerjoin(_CARING, _CARING.id == Caretaker.person_id)
        .outerjoin(_PEOPLE, _PEOPLE.c.enterprise_id == Enterprise.id)
        .where(Enterprise.id.in_(enterprise_ids), Enterprise.state != "closed")
        .order_by(Enterprise.sort_key, Enterprise.id)
    )
    return [CaredMaker(*row) for row in session.execute(cared)]


def group_act(session: Session, public_id: str, *, person_id: int) -> GroupAct | None:
    """What somebody did to several makers at once; another's is not there."""
    return session.scalars(
        select(GroupAct).where(GroupAct.public_id == public_id, GroupAct.person_id == person_id)
    ).one_or_none()


def maker_names_of(session: Session, ids: Collection[int]) -> dict[int, str]:
    """The names of makers by their ids."""
    rows = session.execute(select(Enterprise.id, Enterprise.name).where(Enterprise.id.in_(ids)))
    return {id_: name for id_, name in rows}  # noqa: C416  # A Row is no pair to mypy.


def targets_of(session: Session, area: str, year: int) -> dict[str, int]:
    """What an area wants to reach in a year, by figure."""
    rows = session.execute(
        select(AreaTarget.figure, AreaTarget.wanted).where(
            AreaTarget.area == area, AreaTarget.year == year
        )
    )
    return {figure: target for figure, target in rows}  # noqa: C416  # A Row is no pair to mypy.


def kept_months(session: Session, area: str, firsts: Sequence[date]) -> dict[date, KeptMonth]:
    """Those of an area's months whose figures were kept, by their first days."""
    rows = session.scalars(
        select(AreaMonth).where(AreaMonth.area == area, AreaMonth.first_on.in_(firsts))
    )
    return {row.first_on: KeptMonth(row.figures, row.counted_at) for row in rows}


def areas_kept(session: Session, first_on: date) -> set[str]:
    """The codes of the areas whose month that began on this day is kept."""
    return set(session.scalars(select(AreaMonth.area).where(AreaMonth.first_on == first_on)))


def month_of_makers(session: Session, area: Area, span: Span) -> dict[str, int]:
    """Makers that may sell, those that came in these days, and answers to them. Two statements."""
    began = and_(Enterprise.created_at >= span.begins_at, Enterprise.created_at < span.ends_at)
    counted = session.execute(
        select(func.count(), func.count().filter(began)).where(
            Enterprise.id.in_(area.enterprise_ids),
            Enterprise.state == "verified",
            Enterprise.created_at < span.ends_at,
        )
    ).one()
    answers = session.execute(
        select(*answers_by_deadline(EnterpriseReview))
        .where(EnterpriseReview.enterprise_id.in_(area.enterprise_ids))
        .where(EnterpriseReview.reviewed_at >= span.begins_at)
        .where(EnterpriseReview.reviewed_at < span.ends_at)
    ).one()
    names = ("maker_answers_before", "maker_answers_on", "maker_answers_after")
    found = dict(zip(names, answers, strict=True))
    return {"makers": counted[0], "makers_new": counted[1], **found}


def answers_by_deadline(reviews: type[Any]) -> tuple[ColumnElement[int], ...]:
    """How many answers came before, on and after the last day promised.

    One from before that day was kept counts as on it where it was in time.
    """
    left = reviews.days_left
    in_time = and_(left.is_(None), reviews.on_time.is_(True))
    late = and_(left.is_(None), reviews.on_time.is_(False))
    return (
        func.count().filter(left > 0),
        func.count().filter(or_(left == 0, in_time)),
        func.count().filter(or_(left < 0, late)),
    )


_ANYWHERE = Enterprise.id.is_not(None)
_CARING = aliased(Person)
_PEOPLE = (
    select(
        Membership.enterprise_id,
        func.count(Membership.person_id.distinct()).label("readers"),
        func.max(SignIn.created_at).label("last_at"),
    )
    .join(Person, Person.id == Membership.person_id)
    .outerjoin(SignIn, SignIn.person_id == Membership.person_id)
    .where(Membership.ended_at.is_(None), Person.sign_in.is_not(None))
    .group_by(Membership.enterprise_id)
    .subquery("people")
)
