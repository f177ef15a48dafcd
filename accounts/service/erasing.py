"""Erasing a person: asked for, stopped within a week, then done with what every feature holds."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import delete, select, update

from accounts.errors import ClosingUnsaid, ErasureWaits, NothingWaits, StillDirects
from accounts.models import AccountChange, BankAccount, Enterprise, Erasure, Membership, Person
from accounts.names import takes_messages
from accounts.queries.account import subject_of
from accounts.queries.privacy import directed_alone, drafts_alone, living_consents_of
from accounts.service.closing import close_enterprise, hold_for_closing
from accounts.service.consents import end_consent
from accounts.service.forgetting import NOBODY
from accounts.service.members import remove_member
from core import audit
from core.database import insert_new
from core.dispatch import Letter, send_out
from core.errors import AppError
from core.personal import Held, erase
from core.photos.models import Photo
from core.work import Work

ERASURE_WAITS = timedelta(days=7)  # Long enough to notice, and to change one's mind.
_ASKED = "Gốc: có người xin xóa tài khoản của bạn, 7 ngày nữa sẽ xóa. Không phải bạn? Vào trang Tài khoản bấm Giữ lại."  # noqa: E501  # A message, whole.
_DONE = "Gốc: tài khoản của bạn đã được xóa như bạn xin."
_REFUSED = "Gốc: chưa xóa tài khoản của bạn được, vì bạn đang là người đứng đầu duy nhất của một đơn vị. Xin bàn giao trước."  # noqa: E501  # A message, whole.


def ask_erasure(work: Work, *, person_id: int, closing: Collection[str] = ()) -> Erasure:
    """Have the account erased in a week; its number is told, so that its owner can stop it.

    `closing` names (public ids) the enterprises that may close with it: nobody else of them
    signs in, so nobody could take them over.

    Raises:
        StillDirects: an enterprise would be left without anybody who can decide.
        ClosingUnsaid: one would close that is not named.
        ErasureWaits: it was asked for already.
    """
    alone = directed_alone(work.session, person_id)
    _refuse([one.name for one in alone if one.has_heir], StillDirects)
    _refuse([one.name for one in alone if one.public_id not in closing], ClosingUnsaid)
    row = {
        "public_id": work.new_public_id(),
        "person_id": person_id,
        "asked_at": work.now,
        "due_at": work.now + ERASURE_WAITS,
        "closes": [one.public_id for one in alone],
    }
    if not insert_new(work.session, Erasure, row):
        raise ErasureWaits("asked for already")
    _record(work, "ask_erasure", person_id)
    _tell(work, person_id, _ASKED, once_key=f"erasure:{row['public_id']}")
    asked = select(Erasure).where(Erasure.public_id == row["public_id"])
    return work.session.scalars(asked).one()


def stop_erasure(work: Work, *, person_id: int) -> None:
    """Keep the account after all.

    Raises:
        NothingWaits: it was stopped already.
    """
    stopped = work.session.scalar(
        update(Erasure)
        .where(Erasure.person_id == person_id, Erasure.ended_at.is_(None))
        .values(ended_at=work.now, outcome="stopped")
        .returning(Erasure.id)
    )
    if stopped is None:
        raise NothingWaits("no erasure waits")
    _record(work, "stop_erasure", person_id)


def erase_next(work: Work, held: Sequence[Held]) -> bool:
    """Erase whoever has waited longest; False: nobody's week is over.

    Whoever came to be an enterprise's only director meanwhile is not erased, and told so; nor
    is, of one that was to close, who could hand it over to somebody by now.
    """
    waiting = work.session.scalars(
        select(Erasure)
        .where(Erasure.ended_at.is_(None), Erasure.due_at <= work.now)
        .order_by(Erasure.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if waiting is None:
        return False
    person_id, waiting.ended_at, waiting.outcome = waiting.person_id, work.now, "done"
    _hold(work, person_id)
    alone = directed_alone(work.session, person_id)
    if any(one.has_heir or one.public_id not in waiting.closes for one in alone):
        waiting.outcome = "refused"
        _tell(work, person_id, _REFUSED, once_key=f"refused:{waiting.public_id}")
        return True
    number = work.session.scalar(select(Person.sign_in).where(Person.id == person_id))
    for one in alone:
        close_enterprise(work, enterprise_id=one.id)
    _leave_everything(work, person_id)
    erase(work, held, subject_of(work.session, person_id))
    _record(work, "erase_person", person_id)
    _tell_number(work, number, _DONE, once_key=f"erased:{waiting.public_id}")
    return True


def _refuse(names: Sequence[str], refusal: type[AppError]) -> None:
    if names:
        raise refusal("the last director", enterprises=", ".join(names))


def _hold(work: Work, person_id: int) -> None:
    # As whoever changes members: first the enterprises, in one order, so that of two directors
    # who are erased at once the second is found to be the last.
    own = select(Membership.enterprise_id).where(
        Membership.person_id == person_id, Membership.ended_at.is_(None)
    )
    hold_for_closing(work, [one.id for one in directed_alone(work.session, person_id)])
    work.session.execute(
        select(Enterprise.id)
        .where(Enterprise.id.in_(own))
        .order_by(Enterprise.id)
        .with_for_update()
    )


def _leave_everything(work: Work, person_id: int) -> None:
    """End what needs more than a blanked row: drafts, memberships, helping, papers."""
    for enterprise_id in drafts_alone(work.session, person_id):
        _empty_draft(work, enterprise_id, person_id)
    living = select(Membership.enterprise_id).where(
        Membership.person_id == person_id, Membership.ended_at.is_(None)
    )
    for enterprise_id in work.session.scalars(living.order_by(Membership.enterprise_id)).all():
        remove_member(work, enterprise_id=enterprise_id, person_id=person_id)
    for public_id in living_consents_of(work.session, person_id):
        end_consent(work, public_id=public_id)
    papers = select(AccountChange.paper_id).where(AccountChange.person_id == person_id)
    # The rows that name them go: the photos are deleted a day later.
    work.session.execute(
        update(Photo).where(Photo.id.in_(papers)).values(removed_at=work.now),
        execution_options={"synchronize_session": False},
    )


def _empty_draft(work: Work, enterprise_id: int, person_id: int) -> None:
    """What nobody but its founder ever saw: no officer, no buyer. Nothing of it must be kept."""
    work.session.execute(delete(BankAccount).where(BankAccount.enterprise_id == enterprise_id))
    work.session.execute(
        update(Enterprise)
        .where(Enterprise.id == enterprise_id)
        .values(
            name=NOBODY,
            sort_key=NOBODY,
            place_published=NOBODY,
            hamlet=None,
            number=None,
            phone=None,
            phone_shown=False,
            version=Enterprise.version + 1,
        )
    )
    work.session.execute(
        update(Membership)
        .where(Membership.enterprise_id == enterprise_id, Membership.person_id == person_id)
        .values(ended_at=work.now)
    )


def _tell(work: Work, person_id: int, words: str, *, once_key: str) -> None:
    number = work.session.scalar(select(Person.sign_in).where(Person.id == person_id))
    _tell_number(work, number, words, once_key=once_key)


def _tell_number(work: Work, number: str | None, words: str, *, once_key: str) -> None:
    if number is not None and takes_messages(number):
        send_out(work, Letter(number, words, subject="Gốc: tài khoản của bạn"), once_key=once_key)


def _record(work: Work, act: str, person_id: int) -> None:
    audit.record(work, act=act, object_kind="person", object_id=person_id, enterprise_id=None)
