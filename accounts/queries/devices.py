"""Which browsers an enterprise used before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from accounts.models import EnterpriseDevice, Membership, Person


@dataclass(frozen=True)
class DeviceFacts:
    """What is known of one browser at an enterprise, and of the enterprise's browsers at all."""

    known_at: datetime | None  # From when this one counts; None: it does not belong there.
    first_known_at: datetime | None  # When the first of all counted; None: there never was one.
    was_ended: bool = False  # It belonged there and was ended: waiting does not bring it back.

    def is_known(self, now: datetime) -> bool:
        """Whether this browser counts as used before."""
        return self.known_at is not None and self.known_at <= now

    def is_first_day(self, now: datetime) -> bool:
        """Whether no browser counts yet, nor did one that has ended."""
        return self.first_known_at is None or self.first_known_at > now


@dataclass(frozen=True)
class EnterpriseDeviceCard:
    """A browser of an enterprise, as its director sees it."""

    enterprise_id: int
    public_id: str
    device: str
    person: str  # Who first came with it.
    since_at: datetime
    known_at: datetime
    is_this: bool


def device_facts(session: Session, enterprise_id: int, *, browser_hash: str) -> DeviceFacts:
    """Facts of one browser (empty: it has no mark of ours) at an enterprise. One statement."""
    is_this = is_living(EnterpriseDevice.browser_hash == browser_hash)
    was_this = (EnterpriseDevice.browser_hash == browser_hash) & EnterpriseDevice.ended_at.is_not(
        None
    )
    row = session.execute(
        select(
            func.max(EnterpriseDevice.known_at).filter(is_this).label("known_at"),
            func.min(EnterpriseDevice.known_at).label("first_known_at"),
            func.count(EnterpriseDevice.id).filter(was_this).label("ended"),
        ).where(EnterpriseDevice.enterprise_id == enterprise_id)
    ).one()
    was_ended = row.known_at is None and row.ended > 0
    return DeviceFacts(row.known_at, row.first_known_at, was_ended=was_ended)


def is_living(*also: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition of a browser that has not been ended."""
    condition: ColumnElement[bool] = EnterpriseDevice.ended_at.is_(None)
    for each in also:
        condition = condition & each
    return condition


def devices_of_enterprise(
    session: Session, enterprise_id: int, *, browser_hash: str
) -> list[EnterpriseDeviceCard]:
    """The living browsers of an enterprise, the newest first; `browser_hash` is of this one."""
    rows = session.execute(_CARDS.where(is_living(EnterpriseDevice.enterprise_id == enterprise_id)))
    return [
        EnterpriseDeviceCard(**row._asdict() | {"is_this": row.is_this == browser_hash})
        for row in rows
    ]


def enterprise_device(session: Session, public_id: str) -> EnterpriseDeviceCard | None:
    """One browser by its public id, ended or not; whose it is, the route asks."""
    row = session.execute(_CARDS.where(EnterpriseDevice.public_id == public_id)).one_or_none()
    return EnterpriseDeviceCard(**row._asdict() | {"is_this": False}) if row else None


def belongs_somewhere(session: Session, person_id: int) -> bool:
    """Whether a person is a member of an enterprise: its browsers are known again."""
    member = exists().where(Membership.person_id == person_id, Membership.ended_at.is_(None))
    return bool(session.scalar(select(member)))


def others_who_could(
    session: Session, enterprise_id: int, *, but: int, roles: Collection[str], now: datetime
) -> list[str]:
    """Names of other members of these roles who came with a browser that counts by now."""
    rows = session.scalars(
        select(Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.enterprise_id == enterprise_id, Membership.ended_at.is_(None))
        .where(Membership.role.in_(roles), Person.id != but, Person.sign_in.is_not(None))
        .where(
            exists().where(
                is_living(
                    EnterpriseDevice.enterprise_id == enterprise_id,
                    EnterpriseDevice.person_id == Person.id,
                    EnterpriseDevice.known_at <= now,
                )
            )
        )
        .order_by(Membership.id)
    )
    return list(rows)


_CARDS = (
    select(
        EnterpriseDevice.enterprise_id,
        EnterpriseDevice.public_id,
        EnterpriseDevice.device,
        Person.name.label("person"),
        EnterpriseDevice.since_at,
        EnterpriseDevice.known_at,
        EnterpriseDevice.browser_hash.label("is_this"),
    )
    .join(Person, Person.id == EnterpriseDevice.person_id)
    .order_by(EnterpriseDevice.since_at.desc(), EnterpriseDevice.id.desc())
)
