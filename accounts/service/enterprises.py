"""Enterprises entered in bulk: imports and the demo."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from accounts.models import Enterprise
from core.bulk import insert_for_ids
from core.ids import SLUG_KEY_LENGTH
from core.slugs import fresh_public_ids
from core.text.alphabet import sort_key
from core.work import Work


@dataclass(frozen=True)
class NewEnterprise:
    """An enterprise to be entered; the names are those of its columns."""

    name: str
    kind: str
    place_published: str
    former_province: str | None = None
    province_code: str | None = None
    commune_code: str | None = None
    phone: str | None = None
    phone_shown: bool = False
    is_sample: bool = False
    state: str = "verified"
    submitted_at: datetime | None = None


def add_enterprises(work: Work, enterprises: Sequence[NewEnterprise]) -> list[int]:
    """Enter all of them; gives their ids in the same order."""
    if not enterprises:
        return []
    public_ids = fresh_public_ids(work, Enterprise.slug_key, len(enterprises))
    rows = [
        asdict(enterprise)
        | {
            "public_id": public_id,
            "slug_key": public_id[:SLUG_KEY_LENGTH],
            "sort_key": sort_key(enterprise.name),
            "version": 1,
            "created_at": work.now,
        }
        for enterprise, public_id in zip(enterprises, public_ids, strict=True)
    ]
    return insert_for_ids(work.session, Enterprise, rows)
