"""Protected names, and the cases about them, for owners and officers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, exists, select
from sqlalchemy.orm import Session, aliased

from accounts.models import Enterprise, EntitledMember, NameCase, ProtectedName
from accounts.protecting import folded, nearest
from accounts.rules import Office


@dataclass(frozen=True)
class ListedName:
    """A protected name as whoever keeps the list sees it."""

    id: int
    public_id: str
    name: str
    kind: str
    owner: str
    owner_id: int | None
    source: str
    province_code: str | None
    added_at: datetime
    members: tuple[tuple[str, str], ...] = ()  # (public id, name) of the entitled.


@dataclass(frozen=True)
class Case:
    """A protected name in somebody's name, and what its owner said."""

    id: int
    public_id: str
    enterprise_id: int | None  # The owner's: whose the case is to answer.
    user: str  # Who uses the name.
    kind: str
    said: str
    name: str
    name_kind: str
    owner: str
    owner_is_here: bool
    source: str
    opened_at: datetime
    answer: str | None
    reason: str
    decided_at: datetime | None
    near: tuple[str, ...] = ()  # Other protected names nearest to what was said.


_USER = aliased(Enterprise)


def listed_names(session: Session, offices: Collection[Office]) -> list[ListedName]:
    """The names in force that these offices keep, newest first. Two statements."""
    areas = {office.province_code for office in offices}
    asked = select(ProtectedName).where(ProtectedName.ended_at.is_(None))
    if None not in areas:
        asked = asked.where(ProtectedName.province_code.in_(areas))
    rows = session.scalars(asked.order_by(ProtectedName.id.desc())).all()
    members = _members(session, [row.id for row in rows])
    return [_listed(row, members.get(row.id, ())) for row in rows]


def listed_name(session: Session, public_id: str) -> ListedName | None:
    """The name of this id, in force."""
    asked = select(ProtectedName).where(ProtectedName.public_id == public_id)
    row = session.scalar(asked.where(ProtectedName.ended_at.is_(None)))
    return None if row is None else _listed(row, _members(session, [row.id]).get(row.id, ()))


def name_words(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """What the protected names of these ids are."""
    rows = session.execute(
        select(ProtectedName.id, ProtectedName.name).where(ProtectedName.id.in_(list(ids)))
    )
    return {row.id: row.name for row in rows}


def cases_about(session: Session, *, kind: str, object_id: int) -> list[Case]:
    """The open cases of what an officer looks at, with the nearest names. Two statements."""
    about = (NameCase.kind == kind, NameCase.object_id == object_id)
    return _with_near(session, _cases().where(*about, NameCase.decided_at.is_(None)))


def cases_of_owner(session: Session, enterprise_id: int) -> list[Case]:
    """The open cases about an enterprise's own names, the oldest first. Two statements."""
    own = _cases().where(ProtectedName.owner_id == enterprise_id, NameCase.decided_at.is_(None))
    return _with_near(session, own)


def name_case(session: Session, public_id: str) -> Case | None:
    """The case of this id; `enterprise_id` is its owner's."""
    row = session.execute(_cases().where(NameCase.public_id == public_id)).one_or_none()
    return None if row is None else Case(*row)


def is_asked_about(kind: str, object_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """The condition that a case is open about an object, for a statement of another feature."""
    return exists().where(
        NameCase.kind == kind, NameCase.object_id == object_id, NameCase.decided_at.is_(None)
    )


def enterprise_named(session: Session, name: str) -> tuple[int, str] | None:
    """(id, public id) of the one enterprise of exactly this name; None where none or several."""
    rows = session.execute(
        select(Enterprise.id, Enterprise.public_id).where(Enterprise.name == name).limit(2)
    ).all()
    return (rows[0].id, rows[0].public_id) if len(rows) == 1 else None


def enterprise_id_of(session: Session, public_id: str) -> int | None:
    """The id of the enterprise the outside knows by this one."""
    return session.scalar(select(Enterprise.id).where(Enterprise.public_id == public_id))


def _with_near(session: Session, asked: Select[*tuple[Any, ...]]) -> list[Case]:
    rows = session.execute(asked.order_by(NameCase.opened_at, NameCase.id)).all()
    if not rows:
        return []
    known = session.execute(
        select(ProtectedName.name, ProtectedName.folded).where(ProtectedName.ended_at.is_(None))
    )
    pairs = [(row.name, row.folded) for row in known]
    cases = [Case(*row) for row in rows]
    return [
        Case(**{**vars(one), "near": _near(one, [pair for pair in pairs if pair[0] != one.name])})
        for one in cases
    ]


def _near(case: Case, known: list[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(nearest(folded(case.said), known))


def _listed(row: ProtectedName, members: tuple[tuple[str, str], ...]) -> ListedName:
    return ListedName(
        row.id,
        row.public_id,
        row.name,
        row.kind,
        row.owner,
        row.owner_id,
        row.source,
        row.province_code,
        row.added_at,
        members,
    )


def _members(session: Session, ids: Collection[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    rows = session.execute(
        select(EntitledMember.name_id, Enterprise.public_id, Enterprise.name)
        .join(Enterprise, Enterprise.id == EntitledMember.enterprise_id)
        .where(EntitledMember.name_id.in_(ids))
        .order_by(Enterprise.sort_key)
    )
    for name_id, public_id, name in rows:
        found[name_id] = (*found.get(name_id, ()), (public_id, name))
    return found


def _cases() -> Select[*tuple[Any, ...]]:
    found: Select[*tuple[Any, ...]] = select(  # In the order of the fields of Case.
        NameCase.id,
        NameCase.public_id,
        ProtectedName.owner_id,
        _USER.name,
        NameCase.kind,
        NameCase.said,
        ProtectedName.name,
        ProtectedName.kind,
        ProtectedName.owner,
        ProtectedName.owner_id.is_not(None),
        ProtectedName.source,
        NameCase.opened_at,
        NameCase.answer,
        NameCase.reason,
        NameCase.decided_at,
    )
    return found.join(ProtectedName, ProtectedName.id == NameCase.name_id).join(
        _USER, _USER.id == NameCase.enterprise_id
    )
