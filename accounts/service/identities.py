"""E-identities: linked to an account, used to sign in, unlinked."""

import hashlib
from datetime import UTC, datetime

from sqlalchemy import delete

from accounts.identities import Asking
from accounts.identity_errors import IdentityKnown, IdentityOver
from accounts.models import LinkedIdentity, UsedChallenge
from accounts.queries import person_of_identity
from accounts.service.telling import tell_everywhere
from core import audit
from core.database import insert_new
from core.errors import NotFound
from core.work import Work

_LINKED = "Gốc: tài khoản của bạn vừa gắn một danh tính điện tử. Không phải bạn? Vào trang Tài khoản bỏ đi, rồi đổi mật khẩu."  # noqa: E501  # A message, whole.
_UNLINKED = "Gốc: tài khoản của bạn vừa bỏ danh tính điện tử. Không phải bạn? Vào trang Tài khoản xem lại ngay."  # noqa: E501  # As above.


def take_asking(work: Work, asking: Asking) -> None:
    """Take what came back for an asking, once.

    Raises:
        IdentityOver: an answer to it was taken before.
    """
    row = {
        "challenge_hash": hashlib.sha256(f"identity {asking.state}".encode()).hexdigest(),
        "until_at": datetime.fromtimestamp(asking.until, UTC),
    }
    if not insert_new(work.session, UsedChallenge, row):
        raise IdentityOver("answered before")


def person_by_identity(work: Work, *, issuer: str, subject_hash: str) -> int:
    """Whose the identity is, as the first thing they show.

    Raises:
        IdentityOver: it was unlinked a moment ago.
    """
    person_id = person_of_identity(work.session, issuer=issuer, subject_hash=subject_hash)
    if person_id is None:
        raise IdentityOver("unlinked meanwhile")
    return person_id


def link_identity(work: Work, *, person_id: int, issuer: str, subject_hash: str) -> None:
    """Link an identity to a person, who signs in by it from now on.

    Raises:
        IdentityKnown: it is somebody's already, or the person has one of this issuer.
    """
    row = {
        "person_id": person_id,
        "issuer": issuer,
        "subject_hash": subject_hash,
        "linked_at": work.now,
    }
    if not insert_new(work.session, LinkedIdentity, row):
        raise IdentityKnown("identity or person is linked")
    _record(work, "link_identity", person_id)
    _tell(work, person_id, _LINKED)


def unlink_identity(work: Work, *, person_id: int, issuer: str) -> None:
    """End signing in by the person's identity of this issuer.

    Raises:
        NotFound: they have none.
    """
    removed = work.session.scalar(
        delete(LinkedIdentity)
        .where(LinkedIdentity.person_id == person_id, LinkedIdentity.issuer == issuer)
        .returning(LinkedIdentity.id)
    )
    if removed is None:
        raise NotFound("no identity of one's own")
    _record(work, "unlink_identity", person_id)
    _tell(work, person_id, _UNLINKED)


def _record(work: Work, act: str, person_id: int) -> None:
    audit.record(work, act=act, object_kind="person", object_id=person_id, enterprise_id=None)


def _tell(work: Work, person_id: int, words: str) -> None:
    moment = f"{work.now:%Y%m%d%H%M%S%f}"
    tell_everywhere(
        work, person_id=person_id, words=words, once_key=f"identity:{person_id}:{moment}"
    )
