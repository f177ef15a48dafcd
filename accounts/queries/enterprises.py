"""Enterprises as others may see them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, Subquery, bindparam, case, func, select
from sqlalchemy.orm import Session

from accounts.models import Enterprise
from core.places import commune_name, province_name
from core.rows import rows
from core.slugs import slug_of

AWAY = ("suspended", "closed")  # Known to buyers, without goods on sale.
IDS_A_STATEMENT = 10_000  # SQLite takes 32,766 parameters, PostgreSQL 65,535.


@dataclass(frozen=True)
class Maker:
    """An enterprise on a public page."""

    id: int
    public_id: str
    name: str
    slug_key: str
    kind: str
    place_published: str  # As its source says; the units may no longer exist.
    former_province: str | None
    province_code: str | None
    commune_code: str | None
    phone: str | None  # Only where the maker agreed to show it.
    is_sample: bool
    state: str
    suspended_at: datetime | None
    version: int

    @property
    def was_sent(self) -> bool:
        """Whether officers have it, or had it and did not return it: its goods may be sent too."""
        return self.state not in {"draft", "returned"}

    @property
    def is_away(self) -> bool:
        """Whether nothing of it is on sale, for now or for good."""
        return self.state in AWAY

    @property
    def is_closed(self) -> bool:
        """Whether it sells no more: it closed with the account of who alone directed it."""
        return self.state == "closed"

    @property
    def is_practice(self) -> bool:
        """Whether it is a learner's alone: nobody else ever sees it or its goods."""
        return self.state == "practice"

    @property
    def place_is_known(self) -> bool:
        """Whether officers know where to look; nobody looks at a practice."""
        return self.province_code is not None or self.is_practice

    @property
    def slug(self) -> str:
        """The last part of its page's address."""
        return slug_of(self.name, self.slug_key)

    @property
    def province(self) -> str:
        """The present province's name; empty where unknown."""
        return province_name(self.province_code)

    @property
    def commune(self) -> str:
        """The present commune's name; empty where its code is not known."""
        return commune_name(self.commune_code)


@dataclass(frozen=True)
class MakerName:
    """What a list of makers is searched by."""

    id: int
    name: str
    province_code: str | None


def makers(session: Session, ids: Collection[int]) -> dict[int, Maker]:
    """The enterprises with these ids."""
    if not ids:
        return {}
    return {row.id: Maker(*row) for row in rows(session, _BY_ID, ids=set(ids))}


def makers_by_public_id(session: Session, public_ids: Collection[str]) -> dict[str, Maker]:
    """The enterprises with these public ids, by them."""
    if not public_ids:
        return {}
    found = rows(session, _BY_PUBLIC_ID, public_ids=set(public_ids))
    return {row.public_id: Maker(*row) for row in found}


def maker_by_slug_key(session: Session, slug_key: str) -> Maker | None:
    """The enterprise whose slug ends with `slug_key`."""
    row = rows(session, _BY_SLUG_KEY, slug_key=slug_key).one_or_none()
    return Maker(*row) if row else None


def maker_names(session: Session, ids: Select[int]) -> list[MakerName]:
    """Those whose ids the statement gives, in the order of the alphabet."""
    rows = session.execute(
        select(Enterprise.id, Enterprise.name, Enterprise.province_code)
        .where(Enterprise.id.in_(ids), Enterprise.state.not_in((*AWAY, "practice")))
        .order_by(Enterprise.sort_key, Enterprise.id)
    )
    return [MakerName(*row) for row in rows]


def count_by_province(session: Session, counted: Subquery) -> dict[str, int]:
    """Sums of `counted` (columns enterprise_id, count) by present province code."""
    rows = session.execute(
        select(Enterprise.province_code, func.sum(counted.c.count))
        .join(counted, counted.c.enterprise_id == Enterprise.id)
        .where(Enterprise.province_code.is_not(None))
        .group_by(Enterprise.province_code)
    )
    return {code: int(count) for code, count in rows if code is not None}


def enterprise_ids_named(
    session: Session, names: Iterable[str]
) -> dict[tuple[str, str | None], int]:
    """Ids by (sort key, province code) of enterprises whose sort keys are given."""
    keys = sorted(set(names))
    found: dict[tuple[str, str | None], int] = {}
    for first in range(0, len(keys), IDS_A_STATEMENT):
        rows = session.execute(
            select(Enterprise.sort_key, Enterprise.province_code, Enterprise.id)
            .where(Enterprise.sort_key.in_(keys[first : first + IDS_A_STATEMENT]))
            .where(Enterprise.state != "practice")
            .order_by(Enterprise.id.desc())  # The oldest of a name wins.
        )
        found |= {(sort_key, province_code): id_ for sort_key, province_code, id_ in rows}
    return found


_MAKERS = select(  # In the order of the fields of Maker.
    Enterprise.id,
    Enterprise.public_id,
    Enterprise.name,
    Enterprise.slug_key,
    Enterprise.kind,
    Enterprise.place_published,
    Enterprise.former_province,
    Enterprise.province_code,
    Enterprise.commune_code,
    case((Enterprise.phone_shown, Enterprise.phone)).label("phone"),
    Enterprise.is_sample,
    Enterprise.state,
    Enterprise.suspended_at,
    Enterprise.version,
)
# For statements of other features that show a maker beside what is theirs: `Maker(*columns)`.
MAKER = _MAKERS.subquery("maker")
_BY_ID = _MAKERS.where(Enterprise.id.in_(bindparam("ids", expanding=True)))
_BY_PUBLIC_ID = _MAKERS.where(Enterprise.public_id.in_(bindparam("public_ids", expanding=True)))
# Nobody sees the page of an enterprise no officer has looked at.
_BY_SLUG_KEY = _MAKERS.where(
    Enterprise.slug_key == bindparam("slug_key"),
    Enterprise.state.in_(("verified", *AWAY)),
)
