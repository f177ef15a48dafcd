"""An enterprise of one's own: begun as a draft, told step by step, sent to the officers."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update

from accounts.errors import (
    EnterpriseClosed,
    EnterpriseIncomplete,
    NotACommune,
    TooManyDrafts,
)
from accounts.models import BankAccount, Enterprise, Membership
from accounts.purposes import Purpose
from accounts.registering import Kind, missing_to_submit
from accounts.rules import Role
from accounts.service.protected import NamedObject, ask_about_name, settle_names
from accounts.service.purposes import agree, note_withdrawal
from core import audit
from core.database import insert_new, lock_words
from core.errors import Changed
from core.ids import SLUG_KEY_LENGTH
from core.places import communes, provinces
from core.slugs import fresh_public_ids
from core.text.alphabet import sort_key
from core.work import Work

MOST_DRAFTS = 3  # Of one person: who has more is trying something else.
OPEN = ("draft", "returned")


def start_enterprise(work: Work, *, kind: Kind, name: str) -> int:
    """Begin a draft; whoever begins it is its director. Gives its id.

    Raises:
        TooManyDrafts: the person has begun several and finished none.
    """
    person_id = work.by.person_id
    assert person_id is not None, "only people begin enterprises"
    lock_words(work.session, f"drafts of {person_id}")
    if _drafts(work, person_id) >= MOST_DRAFTS:
        raise TooManyDrafts("drafts", most=MOST_DRAFTS)
    [public_id] = fresh_public_ids(work, Enterprise.slug_key, 1)
    enterprise = Enterprise(
        public_id=public_id,
        slug_key=public_id[:SLUG_KEY_LENGTH],
        name=name,
        sort_key=sort_key(name),
        kind=kind,
        place_published="",
        state="draft",
        created_at=work.now,
    )
    work.session.add(enterprise)
    work.session.flush()
    work.session.add(
        Membership(
            enterprise_id=enterprise.id,
            person_id=person_id,
            role=Role.DIRECTOR,
            since_at=work.now,
        )
    )
    _record(work, "start_enterprise", enterprise.id, kind=kind)
    return enterprise.id


@dataclass(frozen=True)
class Particulars:
    """Who sells: the names are those of the columns."""

    name: str
    kind: Kind
    number: str | None


def tell_particulars(work: Work, *, enterprise_id: int, version: int, told: Particulars) -> None:
    """Keep name, kind and number.

    Raises:
        Changed: the enterprise is not as it was seen.
        EnterpriseClosed: it lies with the officers, or was looked at already.
    """
    change_enterprise(
        work,
        enterprise_id,
        version,
        "tell_enterprise",
        name=told.name,
        sort_key=sort_key(told.name),
        kind=told.kind,
        number=told.number,
    )


def tell_place(
    work: Work, *, enterprise_id: int, version: int, commune_code: str, hamlet: str
) -> None:
    """Keep where it is: a present commune of the reference data, and words for what is below it.

    Raises:
        NotACommune: no commune has this code.
        Changed, EnterpriseClosed: as above.
    """
    told = told_place(commune_code, hamlet)
    change_enterprise(
        work,
        enterprise_id,
        version,
        "tell_place",
        province_code=told.province_code,
        commune_code=told.commune_code,
        hamlet=told.hamlet,
        place_published=told.words,
    )


@dataclass(frozen=True)
class ToldPlace:
    """A place as an enterprise tells it; `words` is how it is published."""

    province_code: str
    commune_code: str
    hamlet: str | None
    words: str


def told_place(commune_code: str, hamlet: str) -> ToldPlace:
    """A present commune of the reference data and what is below it.

    Raises:
        NotACommune: no commune has this code.
    """
    commune = communes().get(commune_code)
    if commune is None:
        raise NotACommune("unknown commune")
    province = provinces()[commune.province_code].name
    words = ", ".join(part for part in (hamlet, commune.name, province) if part)
    return ToldPlace(commune.province_code, commune.code, hamlet or None, words)


def tell_phone(
    work: Work, *, enterprise_id: int, version: int, phone: str | None, shown: bool
) -> None:
    """Keep the number buyers may call, and whether they see it; open whatever the state.

    Raises:
        Changed: the enterprise is not as it was seen.
    """
    change_enterprise(
        work,
        enterprise_id,
        version,
        "tell_phone",
        within=("draft", "submitted", "returned", "verified"),
        phone=phone,
        phone_shown=shown and phone is not None,
    )
    _note_agreement(work, Purpose.SHOW_PHONE, given=shown and phone is not None)


def submit_enterprise(work: Work, *, enterprise_id: int, version: int) -> None:
    """Send it to the officers of its place.

    Raises:
        EnterpriseIncomplete: an officer would miss something.
        Changed, EnterpriseClosed: as above.
    """
    row = change_enterprise(
        work,
        enterprise_id,
        version,
        "submit_enterprise",
        state="submitted",
        submitted_at=work.now,
    )
    missing = missing_to_submit(kind=Kind(row.kind), number=row.number, commune=row.commune_code)
    if missing:
        raise EnterpriseIncomplete(f"enterprise {enterprise_id} lacks {missing}")
    _note_agreement(work, Purpose.SELL, given=True)
    name = work.session.get_one(Enterprise, enterprise_id).name
    ask_about_name(work, of=_named(enterprise_id), name=name)


def take_back_enterprise(work: Work, *, enterprise_id: int, version: int) -> None:
    """Take it back from the officers' table, to change something.

    Raises:
        Changed: the enterprise is not as it was seen.
        EnterpriseClosed: it was judged meanwhile.
    """
    change_enterprise(
        work, enterprise_id, version, "take_back_enterprise", within=("submitted",), state="draft"
    )
    settle_names(work, of=_named(enterprise_id), outcome="withdrawn")


def _named(enterprise_id: int) -> NamedObject:
    return NamedObject("enterprise", enterprise_id, enterprise_id)


@dataclass(frozen=True)
class Account:
    """A bank account as its holder writes it."""

    bank: str
    number: str
    holder: str


def keep_bank_account(work: Work, *, enterprise_id: int, version: int, account: Account) -> None:
    """Keep where the enterprise is paid; `version` 0 where there was none.

    Raises:
        Changed: somebody else wrote it meanwhile.
    """
    told = {"bank": account.bank, "number": account.number, "holder": account.holder}
    if version == 0:
        row = {"enterprise_id": enterprise_id, "version": 1, "updated_at": work.now, **told}
        kept = insert_new(work.session, BankAccount, row)
    else:
        kept = (
            work.session.scalar(
                update(BankAccount)
                .where(BankAccount.enterprise_id == enterprise_id)
                .where(BankAccount.version == version)
                .values(version=version + 1, updated_at=work.now, **told)
                .returning(BankAccount.enterprise_id)
            )
            is not None
        )
    if not kept:
        raise Changed("the bank account changed meanwhile")
    _record(work, "keep_bank_account", enterprise_id, last_digits=account.number[-3:])


def remove_bank_account(work: Work, *, enterprise_id: int) -> None:
    """Be paid in cash from now on."""
    account = work.session.get(BankAccount, enterprise_id)
    if account is not None:
        work.session.delete(account)
        _record(work, "remove_bank_account", enterprise_id)


def change_enterprise(
    work: Work,
    enterprise_id: int,
    version: int,
    act: str,
    *,
    within: tuple[str, ...] = OPEN,
    **values: Any,
) -> Any:
    """Change an enterprise that is still as it was seen, in one conditional UPDATE, and record it.

    Raises:
        EnterpriseClosed: its state is not one of `within`.
        Changed: it is not at `version` any more.
    """
    row = work.session.execute(
        update(Enterprise)
        .where(Enterprise.id == enterprise_id, Enterprise.version == version)
        .where(Enterprise.state.in_(within))
        .values(version=version + 1, **values)
        .returning(Enterprise.kind, Enterprise.number, Enterprise.commune_code)
    ).one_or_none()
    if row is None:
        state = work.session.scalar(select(Enterprise.state).where(Enterprise.id == enterprise_id))
        if state not in within:
            raise EnterpriseClosed(f"enterprise {enterprise_id} is {state}")
        raise Changed(f"enterprise {enterprise_id} is not at version {version}")
    _record(work, act, enterprise_id)
    return row


def _drafts(work: Work, person_id: int) -> int:
    counted = (
        select(func.count())
        .select_from(Enterprise)
        .join(Membership, Membership.enterprise_id == Enterprise.id)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None))
        .where(Enterprise.state == "draft")
    )
    return work.session.scalar(counted) or 0


def _record(work: Work, act: str, enterprise_id: int, **details: Any) -> None:
    audit.record(
        work,
        act=act,
        object_kind="enterprise",
        object_id=enterprise_id,
        enterprise_id=enterprise_id,
        **details,
    )


def _note_agreement(work: Work, purpose: Purpose, *, given: bool) -> None:
    """Whoever fills in the form agrees by it, or agrees no longer."""
    if work.by.person_id is not None:
        note = agree if given else note_withdrawal
        note(work, person_id=work.by.person_id, purpose=purpose)
