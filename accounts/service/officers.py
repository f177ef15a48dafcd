"""Officers: invited for one area after another, ended at once, stood in for while away."""

from datetime import date

from sqlalchemy import or_, select, update

from accounts.errors import AppointmentUnknown, DeputyUnknown
from accounts.models import Appointment, Person
from accounts.names import sign_in_name
from accounts.rules import Role
from accounts.service.people import add_person, appoint, new_password_link
from core import audit
from core.work import Work


def invite_officer(work: Work, *, sign_in: str, name: str, area: str) -> str | None:
    """Appoint somebody for one more area; the token of a link where they have no password yet.

    The same area again changes nothing.

    Raises:
        SignInMalformed, AreaUnknown: nothing is entered then.
    """
    person = _person(work, sign_in)
    person_id = person.id if person else add_person(work, sign_in=sign_in, name=name)
    if _held(work, person_id, area) is None:
        appoint(work, person_id=person_id, role=Role.OFFICER, area=area)
    has_password = person is not None and person.password_hash is not None
    return None if has_password else new_password_link(work, person_id=person_id)


def end_appointment(work: Work, *, person_id: int, area: str, stands_in: bool = False) -> None:
    """Take an area from an officer, at their very next request; deputies for it end with it.

    With `stands_in` the officer stops to stand in there for another, who holds it on.

    Raises:
        AppointmentUnknown: they do not hold it.
    """
    held = _held(work, person_id, area, stands_in=stands_in)
    if held is None:
        raise AppointmentUnknown("no such appointment")
    ended = work.session.scalars(
        update(Appointment)
        .where(or_(Appointment.id == held.id, Appointment.deputy_for_id == held.id))
        .where(Appointment.ended_at.is_(None))
        .values(ended_at=work.now)
        .returning(Appointment.id)
    ).all()
    for appointment_id in sorted(ended):
        _record(work, "end_appointment", appointment_id, area=area)


def appoint_deputy(
    work: Work, *, person_id: int, area: str, deputy: str, starts_on: date, until_on: date
) -> None:
    """Let another officer stand in for one, on these days alone.

    Raises:
        AppointmentUnknown: nobody holds this.
        DeputyUnknown: nobody else who may be asked signs in so.
    """
    assert starts_on <= until_on, (starts_on, until_on)
    held = _held(work, person_id, area)
    if held is None:
        raise AppointmentUnknown("no such appointment")
    person = _person(work, deputy)
    if person is None or person.id == person_id or person.password_hash is None:
        raise DeputyUnknown("nobody else signs in so")
    appointment = Appointment(
        person_id=person.id,
        role=held.role,
        province_code=held.province_code,
        commune_code=held.commune_code,
        since_at=work.now,
        deputy_for_id=held.id,
        starts_on=starts_on,
        until_on=until_on,
    )
    work.session.add(appointment)
    work.session.flush()
    _record(work, "appoint_deputy", appointment.id, area=area, until=until_on.isoformat())


def _person(work: Work, sign_in: str) -> Person | None:
    return work.session.scalar(
        select(Person).where(Person.sign_in == sign_in_name(sign_in)).with_for_update()
    )


def _held(work: Work, person_id: int, area: str, *, stands_in: bool = False) -> Appointment | None:
    """The officer's appointment for an area (a commune's or province's code): own, or as deputy."""
    own = Appointment.deputy_for_id.is_(None)
    place = or_(
        Appointment.commune_code == area,
        (Appointment.province_code == area) & Appointment.commune_code.is_(None),
    )
    return work.session.scalar(
        select(Appointment)
        .where(Appointment.person_id == person_id, Appointment.role == Role.OFFICER, place)
        .where(Appointment.ended_at.is_(None), ~own if stands_in else own)
        .limit(1)
        .with_for_update()
    )


def _record(
    work: Work, act: str, appointment_id: int, *, area: str, until: str | None = None
) -> None:
    audit.record(
        work,
        act=act,
        object_kind="appointment",
        object_id=appointment_id,
        enterprise_id=None,
        area=area,
        until=until,
    )
