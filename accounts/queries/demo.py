"""The demo's people, for the list on its sign-in page."""

from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from accounts.models import Appointment, Enterprise, Membership, Person

DEMO_DOMAIN = "@goc.example"  # Nobody else can have one: example domains receive no mail.
DEMO_PASSWORD = "demo-goc"  # noqa: S105  # Public on purpose; such people exist in the demo alone.
DEMO_PIN = "2580"  # Of those who share a phone in the demo.


_CAN_SIGN_IN = (
    Person.sign_in.endswith(DEMO_DOMAIN, autoescape=True),
    Person.password_hash.is_not(None),
)


@dataclass(frozen=True)
class DemoPerson:
    """Somebody one can tap to sign in as: what they are says role and enterprise."""

    sign_in: str
    name: str
    enterprise: str | None
    role: str | None
    office: str | None


def demo_people(session: Session) -> list[DemoPerson]:
    """Everybody of the demo who can sign in, members first, each once."""
    rows = session.execute(
        select(Person.sign_in, Person.name, Enterprise.name, Membership.role, Appointment.role)
        .outerjoin(Membership, Membership.person_id == Person.id)
        .outerjoin(Enterprise, Enterprise.id == Membership.enterprise_id)
        .outerjoin(Appointment, Appointment.person_id == Person.id)
        .where(*_CAN_SIGN_IN)
        .order_by(Person.id, Membership.since_at, Membership.id)
    )
    people: dict[str, DemoPerson] = {}
    for sign_in, name, enterprise, role, office in rows:
        assert sign_in is not None, "asked for those whose name ends with the demo's domain"
        people.setdefault(sign_in, DemoPerson(sign_in, name, enterprise, role, office))
    return list(people.values())


def holds_demo(session: Session) -> bool:
    """Whether a demo was loaded: somebody signs in with its password, or goods are invented."""
    sample = exists().where(Enterprise.is_sample)
    return bool(session.scalar(select(or_(exists().where(*_CAN_SIGN_IN), sample))))
