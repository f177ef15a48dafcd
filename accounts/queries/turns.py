"""With which offices something lies, asked of the appointments held today: no row is ever moved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    and_,
    exists,
    false,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from accounts.models import Appointment, Consent, Enterprise, Membership, PlaceChange
from accounts.queries.acting import given_to, is_living
from accounts.rules import Office, Role
from accounts.turns import TURN_DAYS, Level, Served, Turn, turn
from core.clock import beginning_of, day_of
from core.working_days import first_day_within


@dataclass(frozen=True)
class _Spot:
    """Where something is looked at, and whose it is: columns of one table."""

    table: type[Enterprise] | type[PlaceChange]
    enterprise_id: SQLColumnExpression[int]
    province_code: SQLColumnExpression[Any]
    commune_code: SQLColumnExpression[Any]


_HERE = _Spot(Enterprise, Enterprise.id, Enterprise.province_code, Enterprise.commune_code)
_THERE = _Spot(
    PlaceChange, PlaceChange.enterprise_id, PlaceChange.province_code, PlaceChange.commune_code
)


def is_held(today: date) -> tuple[ColumnElement[bool], ...]:
    """The conditions of an appointment held on this day; a deputy's only on its own days."""
    return (
        Appointment.ended_at.is_(None),
        or_(Appointment.starts_on.is_(None), Appointment.starts_on <= today),
        or_(Appointment.until_on.is_(None), Appointment.until_on >= today),
    )


def served(
    session: Session, enterprise_ids: Collection[int], *, now: datetime
) -> dict[int, Served]:
    """Which offices of these enterprises' places are held by somebody who may judge them."""
    rows = session.execute(
        select(
            Enterprise.id,
            _is_served(Level.COMMUNE, now).label("commune"),
            _is_served(Level.PROVINCE, now).label("province"),
        ).where(Enterprise.id.in_(enterprise_ids))
    )
    return {id_: Served(bool(commune), bool(province)) for id_, commune, province in rows}


def turns(
    session: Session, items: Mapping[int, tuple[int, datetime]], *, now: datetime
) -> dict[int, Turn]:
    """Where things lie: `items` says for each whose it is and when it was sent. One statement."""
    serving = served(session, {enterprise_id for enterprise_id, _ in items.values()}, now=now)
    return {
        item: turn(day_of(sent_at), today=day_of(now), served=serving[enterprise_id])
        for item, (enterprise_id, sent_at) in items.items()
    }


def lies_with(
    offices: Collection[Office],
    *,
    enterprise_id: SQLColumnExpression[int],
    sent_at: SQLColumnExpression[Any],
    now: datetime,
) -> ColumnElement[bool]:
    """The condition that what an enterprise sent lies with one of these offices at this moment.

    The same rule as `accounts.turns.turn`, said to the database.
    """
    return or_(
        false(),
        *(
            exists()
            .where(Enterprise.id == enterprise_id, *in_area(office))
            .where(_lies_at(office.level, sent_at, now))
            for office in offices
        ),
    )


def in_area(office: Office) -> tuple[ColumnElement[bool], ...]:
    """The conditions of an enterprise in an office's area; practice lies in nobody's."""
    conditions: list[ColumnElement[bool]] = [Enterprise.state != "practice"]
    if office.province_code is not None:
        conditions.append(Enterprise.province_code == office.province_code)
    if office.commune_code is not None:
        conditions.append(Enterprise.commune_code == office.commune_code)
    return tuple(conditions)


def moves_to(office: Office) -> ColumnElement[bool]:
    """The condition that a move leads into an office's area."""
    return and_(
        true(),
        *([PlaceChange.province_code == office.province_code] if office.province_code else []),
        *([PlaceChange.commune_code == office.commune_code] if office.commune_code else []),
    )


def move_lies_with(office: Office, now: datetime) -> ColumnElement[bool]:
    """The condition that a move lies with this office of the new place at this moment."""
    return and_(moves_to(office), _lies_at(office.level, PlaceChange.submitted_at, now, _THERE))


def move_served(
    session: Session, change_ids: Collection[int], *, now: datetime
) -> dict[int, Served]:
    """Which offices of the new places are held by somebody who may judge who moves there."""
    rows = session.execute(
        select(
            PlaceChange.id,
            _is_served(Level.COMMUNE, now, _THERE).label("commune"),
            _is_served(Level.PROVINCE, now, _THERE).label("province"),
        ).where(PlaceChange.id.in_(change_ids))
    )
    return {id_: Served(bool(commune), bool(province)) for id_, commune, province in rows}


def _lies_at(
    level: Level, sent_at: SQLColumnExpression[Any], now: datetime, spot: _Spot = _HERE
) -> ColumnElement[bool]:
    first = beginning_of(first_day_within(day_of(now), TURN_DAYS))
    second = beginning_of(first_day_within(day_of(now), 2 * TURN_DAYS))
    commune = _is_served(Level.COMMUNE, now, spot)
    province = _is_served(Level.PROVINCE, now, spot)
    at_commune = and_(commune, sent_at >= first)
    at_province = and_(
        province,
        or_(
            and_(not_(commune), sent_at >= first),
            and_(commune, sent_at < first, sent_at >= second),
        ),
    )
    if level is Level.COMMUNE:
        return at_commune
    return at_province if level is Level.PROVINCE else not_(or_(at_commune, at_province))


def _is_served(level: Level, now: datetime, spot: _Spot = _HERE) -> ColumnElement[bool]:
    """Somebody holds the office of the enterprise's place who neither belongs to it nor helps."""
    at_commune = level is Level.COMMUNE
    place = (
        Appointment.commune_code == spot.commune_code
        if at_commune
        else Appointment.commune_code.is_(None)
    )
    belongs = exists().where(
        Membership.person_id == Appointment.person_id,
        Membership.enterprise_id == spot.enterprise_id,
        Membership.ended_at.is_(None),
    )
    helps = exists().where(
        given_to(Appointment.person_id),
        Consent.enterprise_id == spot.enterprise_id,
        *is_living(now),
    )
    return (
        exists()
        .where(Appointment.role == Role.OFFICER, *is_held(day_of(now)))
        .where(Appointment.province_code == spot.province_code, place)
        .where(not_(belongs), not_(helps))
        .correlate(spot.table)
    )
