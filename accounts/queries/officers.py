"""Who holds which office, for the operator."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from accounts.models import Appointment, Person
from accounts.queries.turns import is_held
from accounts.rules import Ground, Role


@dataclass(frozen=True)
class HeldOffice:
    """An officer's area, or the days on which somebody stands in for another."""

    person_id: int
    person_public_id: str
    name: str
    sign_in: str | None
    has_password: bool
    province_code: str | None
    commune_code: str | None
    starts_on: date | None
    until_on: date | None

    @property
    def area(self) -> str:
        """The code of its commune or province; empty for the whole country."""
        return self.commune_code or self.province_code or ""


def held_offices(session: Session, *, today: date) -> list[HeldOffice]:
    """Every officer's areas, deputies whose days are not over among them. One statement."""
    rows = session.execute(
        select(
            Person.id,
            Person.public_id,
            Person.name,
            Person.sign_in,
            Person.password_hash.is_not(None),
            Appointment.province_code,
            Appointment.commune_code,
            Appointment.starts_on,
            Appointment.until_on,
        )
        .join(Appointment, Appointment.person_id == Person.id)
        .where(Appointment.role == Role.OFFICER, Appointment.ended_at.is_(None))
        .where(or_(Appointment.until_on.is_(None), Appointment.until_on >= today))
        .order_by(Appointment.province_code, Appointment.commune_code, Appointment.id)
    )
    return [HeldOffice(*row) for row in rows]


def officers_over(session: Session, ground: Ground, *, today: date) -> list[int]:
    """Who is officer today of the commune or the province where an enterprise lies; people's ids.

    Officers of the whole country see to it on their pages: they would be told of every place.
    """
    rows = session.scalars(
        select(Appointment.person_id)
        .where(Appointment.role == Role.OFFICER, *is_held(today))
        .where(Appointment.province_code == ground.province_code)
        .where(
            or_(
                Appointment.commune_code.is_(None),
                Appointment.commune_code == ground.commune_code,
            )
        )
        .order_by(Appointment.id)
    )
    return list(dict.fromkeys(rows))


def person_id_of(session: Session, public_id: str) -> int | None:
    """The id of the person the outside knows by this one."""
    return session.scalar(select(Person.id).where(Person.public_id == public_id))
