"""Protected names: the list is kept, each use is asked about, and its owner answers."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Select, delete, select, update

from accounts.errors import NameCaseDecided, NameEmpty, NameListed, ProtectedNameEnded
from accounts.models import EntitledMember, NameCase, ProtectedName
from accounts.protecting import NameKind, folded, holds
from core import audit
from core.database import insert_new
from core.messages import send
from core.work import Work, not_before


@dataclass(frozen=True)
class NewName:
    """A name to be protected, as its source says."""

    name: str
    kind: NameKind
    owner: str
    source: str
    province_code: str | None = None
    owner_id: int | None = None


@dataclass(frozen=True)
class NamedObject:
    """What carries a name: an enterprise, or goods."""

    kind: str  # enterprise | product
    id: int
    enterprise_id: int


def add_protected_name(work: Work, new: NewName) -> int:
    """Keep a name in the list from now on; its id. What was let through before stays.

    Raises:
        NameEmpty: it has no letters to compare.
        NameListed: it stands there already for this owner.
    """
    words = folded(new.name)
    if not words:
        raise NameEmpty("no words")
    row = asdict(new) | {
        "public_id": work.new_public_id(),
        "folded": words,
        "added_at": work.now,
    }
    if not insert_new(work.session, ProtectedName, row):
        raise NameListed(f"{words} of {new.owner}")
    listed = select(ProtectedName.id).where(ProtectedName.public_id == row["public_id"])
    name_id = work.session.scalars(listed).one()
    _record(work, "protect_name", name_id)
    return name_id


def end_protected_name(work: Work, *, name_id: int) -> None:
    """Take a name off the list; what was said about its uses stays.

    Raises:
        ProtectedNameEnded: it was taken off meanwhile.
    """
    ended = work.session.scalar(
        update(ProtectedName)
        .where(ProtectedName.id == name_id, ProtectedName.ended_at.is_(None))
        .values(ended_at=not_before(ProtectedName.added_at, work.now))
        .returning(ProtectedName.id)
    )
    if ended is None:
        raise ProtectedNameEnded(f"name {name_id}")
    work.session.execute(
        update(NameCase)
        .where(NameCase.name_id == name_id, NameCase.decided_at.is_(None))
        .values(outcome="withdrawn", decided_at=work.now)
    )
    _record(work, "end_protected_name", name_id)


def entitle(work: Work, *, name_id: int, enterprise_id: int) -> None:
    """Let an enterprise use a name; again it changes nothing."""
    row = {"name_id": name_id, "enterprise_id": enterprise_id, "since_at": work.now}
    if insert_new(work.session, EntitledMember, row):
        _record(work, "entitle_member", name_id, member_id=enterprise_id)


def end_entitlement(work: Work, *, name_id: int, enterprise_id: int) -> None:
    """Take a name from an enterprise: what it sends from now on is asked about."""
    gone = work.session.scalar(
        delete(EntitledMember)
        .where(EntitledMember.name_id == name_id, EntitledMember.enterprise_id == enterprise_id)
        .returning(EntitledMember.id)
    )
    if gone is not None:
        _record(work, "end_entitlement", name_id, member_id=enterprise_id)


def ask_about_name(work: Work, *, of: NamedObject, name: str) -> None:
    """Open a case for each protected name that a name sent for checking holds.

    Its owner, where it is an enterprise here, is told. A name let through before is not asked
    about again; a case of a name that is no longer held ends.
    """
    words = folded(name)
    held = [one for one in _protected(work, of.enterprise_id) if words and holds(words, one.folded)]
    for case in work.session.scalars(_open(of)):
        if case.name_id not in {one.id for one in held} or folded(case.said) != words:
            case.outcome, case.decided_at = "withdrawn", work.now
    work.session.flush()
    settled = _settled(work, of, words)
    for one in held:
        if one.id not in settled:
            _open_case(work, of, one, name)


def settle_names(work: Work, *, of: NamedObject, outcome: str) -> None:
    """End the open cases of what was accepted, returned or withdrawn."""
    work.session.execute(
        update(NameCase)
        .where(NameCase.kind == of.kind, NameCase.object_id == of.id)
        .where(NameCase.decided_at.is_(None))
        .values(outcome=outcome, decided_at=work.now)
    )


def answer_name_case(
    work: Work,
    *,
    case_id: int,
    answer: str,
    reason: str,
    raising: Mapping[str, Callable[[Work, int], None]],
) -> None:
    """Say as the owner of a name that one objects, or allows it; again until it is decided.

    The version of what bears it is raised as `raising` says for its kind: whoever is about to
    decide on a page drawn before reads the answer first.

    Raises:
        NameCaseDecided: an officer decided, or it was taken back.
    """
    about = work.session.execute(
        select(NameCase.kind, NameCase.object_id).where(NameCase.id == case_id)
    ).one()
    # The object before its case: so does an officer who decides, and neither waits for the other.
    raising[about.kind](work, about.object_id)
    answered = work.session.execute(
        update(NameCase)
        .where(NameCase.id == case_id, NameCase.decided_at.is_(None))
        .values(
            answer=answer,
            reason=reason,
            answered_at=work.now,
            answered_by_id=work.by.person_id,
        )
        .returning(NameCase.name_id)
    ).one_or_none()
    if answered is None:
        raise NameCaseDecided(f"case {case_id}")
    _record(work, f"name_{answer}", answered.name_id, case_id=case_id)


def _protected(work: Work, enterprise_id: int) -> list[ProtectedName]:
    """The names in force that are neither this enterprise's own nor let to it."""
    entitled = select(EntitledMember.name_id).where(EntitledMember.enterprise_id == enterprise_id)
    found = work.session.scalars(
        select(ProtectedName)
        .where(ProtectedName.ended_at.is_(None), ProtectedName.id.not_in(entitled))
        .order_by(ProtectedName.id)
    )
    return [one for one in found if one.owner_id != enterprise_id]


def _open(of: NamedObject) -> Select[NameCase]:
    return select(NameCase).where(
        NameCase.kind == of.kind, NameCase.object_id == of.id, NameCase.decided_at.is_(None)
    )


def _settled(work: Work, of: NamedObject, words: str) -> set[int]:
    """The names this very wording was let through with."""
    rows = work.session.execute(
        select(NameCase.name_id, NameCase.said).where(
            NameCase.kind == of.kind, NameCase.object_id == of.id, NameCase.outcome == "accepted"
        )
    )
    return {name_id for name_id, said in rows if folded(said) == words}


def _open_case(work: Work, of: NamedObject, name: ProtectedName, said: str) -> None:
    row = {
        "public_id": work.new_public_id(),
        "name_id": name.id,
        "enterprise_id": of.enterprise_id,
        "kind": of.kind,
        "object_id": of.id,
        "said": said,
        "opened_at": work.now,
        "reason": "",
    }
    if insert_new(work.session, NameCase, row) and name.owner_id is not None:
        send(
            work,
            enterprise_id=name.owner_id,
            kind="name_case",
            values={"name_id": name.id},
            once_key=f"name_case:{row['public_id']}",
        )


def _record(work: Work, act: str, name_id: int, **details: Any) -> None:
    audit.record(
        work,
        act=act,
        object_kind="protected_name",
        object_id=name_id,
        enterprise_id=work.by.enterprise_id,
        **details,
    )
