"""Who directs a household, by a paper an officer saw: it waits, is told, and can be stopped.

A director who lost their number moves to another; where somebody else takes over (the director is
ill, moved away or died), that person directs after the same wait.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from accounts.errors import SignInTaken
from accounts.handing_errors import (
    ChangeWaits,
    HeirIsDirector,
    HeirIsOfficer,
    NoNumberToLose,
    NotItsDirector,
    OnlyHouseholds,
)
from accounts.models import AccountChange, Enterprise, Membership, Person
from accounts.names import masked
from accounts.rules import Role
from accounts.service.changes import ByPaper, hold_person, open_change
from accounts.service.members import replace_director
from accounts.service.people import add_person
from accounts.service.telling import tell_everywhere
from core import audit, messages
from core.work import Work

HANDING_WAITS = timedelta(hours=72)  # As any move of a number that is not proved.
HOUSEHOLDS = frozenset({"household", "household_business"})
_ASKED = "Gốc: cán bộ đã nhận giấy xin giao nơi bán của bạn cho số {number}, 72 giờ nữa. Không phải bạn? Vào trang Tài khoản bấm Dừng lại."  # noqa: E501  # A message, whole.
_ASKED_NUMBER = "Gốc: cán bộ đã nhận giấy xin chuyển tài khoản của bạn sang số {number}, 72 giờ nữa. Không phải bạn? Vào trang Tài khoản bấm Dừng lại."  # noqa: E501  # As above.
_GIVEN = "Gốc: nơi bán của bạn vừa giao cho số {number}, theo giấy cán bộ đã nhận."
_TAKEN = "Gốc: bạn nay đứng đầu một nơi bán, theo giấy cán bộ đã nhận. Vào Gốc bằng mã gửi đến số này để xem."  # noqa: E501  # As above.


@dataclass(frozen=True)
class Seen:
    """What an officer saw on a paper: which director of which enterprise, what is asked, why."""

    enterprise_id: int
    director_id: int
    number: str  # As it is stored.
    reason: str
    paper_id: int


def ask_hand_over(work: Work, *, seen: Seen, heir_name: str) -> AccountChange:
    """Ask that somebody else directs a household: in 72 hours, told to the director everywhere.

    Whoever signs in by the number then is the heir; where nobody does, an account is made.

    Raises:
        OnlyHouseholds: the enterprise hands itself over.
        HeirIsOfficer, HeirIsDirector: the number is the officer's own, or the director's.
        ChangeWaits, NotItsDirector: as `ask_number_of_director`.
    """
    enterprise = _hold(work, seen)
    if enterprise.kind not in HOUSEHOLDS:
        raise OnlyHouseholds(f"a {enterprise.kind}")
    holder = _holder_of(work, seen.number)
    if holder is not None and holder == work.by.person_id:
        raise HeirIsOfficer("the officer's own number")
    if holder == seen.director_id:
        raise HeirIsDirector("the director's own number")
    change = _open(work, seen, "hand_over", heir_name=heir_name)
    _tell_asked(work, change, _ASKED)
    return change


def ask_number_of_director(work: Work, *, seen: Seen) -> AccountChange:
    """Ask that a director who lost their number moves to a new one; as `ask_hand_over`.

    Raises:
        ChangeWaits: another such change of the enterprise, or of the person, waits.
        NotItsDirector, NoNumberToLose: there is nobody, or no number, to move.
        SignInTaken: somebody else signs in by the new number.
    """
    _hold(work, seen)
    if work.session.get_one(Person, seen.director_id).sign_in is None:
        raise NoNumberToLose("a director behind another's phone")
    if _holder_of(work, seen.number) is not None:
        raise SignInTaken("the new number is somebody's", sign_in=masked(seen.number))
    change = _open(work, seen, "sign_in")
    _tell_asked(work, change, _ASKED_NUMBER)
    return change


def take_over(work: Work, change: AccountChange, *, number: str) -> str:
    """Let the heir direct now; gives the change's outcome: done, or refused where all is changed.

    Called with the change held, when its time came.
    """
    assert change.enterprise_id is not None, "a hand-over is of an enterprise"
    assert change.heir_name is not None, "a hand-over names who is to direct"
    hold_enterprise(work, change.enterprise_id)
    heir_id = _holder_of(work, number)
    is_away = not _directs(work, change.enterprise_id, change.person_id)
    if is_away or heir_id in {change.person_id, change.asked_by_id}:
        return "refused"  # Handed over by themselves, or the number came to the officer, meanwhile.
    if heir_id is None:
        heir_id = add_person(work, sign_in=number, name=change.heir_name)
    replace_director(
        work,
        enterprise_id=change.enterprise_id,
        person_id=change.person_id,
        heir_id=heir_id,
    )
    change.heir_id = heir_id
    _tell_enterprise(work, change, "handed_over")
    once_key = f"handed_over:{change.public_id}"
    given = _GIVEN.format(number=masked(number))
    tell_everywhere(work, person_id=change.person_id, words=given, once_key=once_key)
    tell_everywhere(work, person_id=heir_id, words=_TAKEN, once_key=once_key)
    return "done"


def hold_enterprise(work: Work, enterprise_id: int) -> Enterprise:
    """The enterprise, whose directors nobody else changes until the commit."""
    return work.session.scalars(
        select(Enterprise)
        .where(Enterprise.id == enterprise_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _hold(work: Work, seen: Seen) -> Enterprise:
    enterprise = hold_enterprise(work, seen.enterprise_id)
    if not _directs(work, seen.enterprise_id, seen.director_id):
        raise NotItsDirector(f"person {seen.director_id} of enterprise {seen.enterprise_id}")
    return enterprise


def _open(work: Work, seen: Seen, kind: str, *, heir_name: str | None = None) -> AccountChange:
    """Two officers at once come one after the other here: the second finds that one waits."""
    hold_person(work, seen.director_id)
    waits = select(AccountChange.id).where(
        AccountChange.ended_at.is_(None),
        (AccountChange.enterprise_id == seen.enterprise_id)
        | ((AccountChange.person_id == seen.director_id) & (AccountChange.kind == kind)),
    )
    if work.session.scalar(waits.limit(1)) is not None:
        raise ChangeWaits(f"{kind} of enterprise {seen.enterprise_id}")
    change = open_change(
        work,
        seen.director_id,
        kind,
        seen.number,
        wait=HANDING_WAITS,
        by_paper=ByPaper(seen.enterprise_id, seen.paper_id, seen.reason, heir_name),
    )
    audit.record(
        work,
        act="ask_hand_over" if kind == "hand_over" else "ask_director_number",
        object_kind="person",
        object_id=seen.director_id,
        enterprise_id=seen.enterprise_id,
        paper_id=seen.paper_id,
    )
    return change


def _tell_asked(work: Work, change: AccountChange, words: str) -> None:
    said = words.format(number=masked(change.value or ""))
    once_key = f"change:{change.public_id}"
    tell_everywhere(work, person_id=change.person_id, words=said, once_key=once_key)
    _tell_enterprise(work, change, f"{change.kind}_by_paper")


def _tell_enterprise(work: Work, change: AccountChange, kind: str) -> None:
    assert change.enterprise_id is not None
    messages.send(
        work,
        enterprise_id=change.enterprise_id,
        kind=kind,
        values={"change": change.public_id},
        once_key=f"{kind}:{change.public_id}",
    )


def _directs(work: Work, enterprise_id: int, person_id: int) -> bool:
    found = select(Membership.id).where(
        Membership.enterprise_id == enterprise_id,
        Membership.person_id == person_id,
        Membership.role == Role.DIRECTOR,
        Membership.ended_at.is_(None),
    )
    return work.session.scalar(found) is not None


def _holder_of(work: Work, number: str) -> int | None:
    return work.session.scalar(select(Person.id).where(Person.sign_in == number))
