"""What may be read of accounts, in bulk by ids."""

from accounts.queries.acting import is_living, memberships
from accounts.queries.demo import DEMO_PASSWORD, DemoPerson, demo_people, holds_demo
from accounts.queries.enterprises import (
    MAKER,
    Maker,
    MakerName,
    count_by_province,
    enterprise_ids_named,
    maker_by_slug_key,
    maker_names,
    makers,
)
from accounts.queries.people import (
    enterprise_ids_in,
    ground,
    offices,
    offices_by_id,
    password_link_is_alive,
    password_of,
    person_names,
    who_named,
    who_signed_in,
)

__all__ = [
    "DEMO_PASSWORD",
    "MAKER",
    "DemoPerson",
    "Maker",
    "MakerName",
    "count_by_province",
    "demo_people",
    "enterprise_ids_in",
    "enterprise_ids_named",
    "ground",
    "holds_demo",
    "is_living",
    "maker_by_slug_key",
    "maker_names",
    "makers",
    "memberships",
    "offices",
    "offices_by_id",
    "password_link_is_alive",
    "password_of",
    "person_names",
    "who_named",
    "who_signed_in",
]
