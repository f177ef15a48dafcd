"""An enterprise as its own people see it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import BankAccount, Enterprise, EnterpriseReview
from accounts.registering import Kind, Missing, missing_to_submit, words_are_open
from core.places import commune_name, province_name


@dataclass(frozen=True)
class OwnEnterprise:
    """Everything told of it so far, and how it stands with the officers."""

    id: int
    name: str
    kind: Kind
    number: str
    hamlet: str
    province_code: str | None
    commune_code: str | None
    phone: str
    phone_shown: bool
    state: str
    version: int
    reason: str  # Why it was returned or suspended; empty otherwise.

    @property
    def words_are_open(self) -> bool:
        """Whether name, kind, number and place may be changed now."""
        return words_are_open(self.state)

    @property
    def missing(self) -> list[Missing]:
        """What an officer would miss."""
        return missing_to_submit(kind=self.kind, number=self.number, commune=self.commune_code)

    @property
    def place(self) -> str:
        """Where it is, in words; empty where not told."""
        if self.commune_code is None:
            return province_name(self.province_code)
        parts = (self.hamlet, commune_name(self.commune_code), province_name(self.province_code))
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class OwnBankAccount:
    """Where one's enterprise is paid."""

    bank: str
    number: str
    holder: str
    version: int


def own_enterprise(session: Session, enterprise_id: int) -> OwnEnterprise:
    """The enterprise acted for. Two statements."""
    row = session.execute(select(Enterprise).where(Enterprise.id == enterprise_id)).scalar_one()
    return OwnEnterprise(
        id=row.id,
        name=row.name,
        kind=Kind(row.kind),
        number=row.number or "",
        hamlet=row.hamlet or "",
        province_code=row.province_code,
        commune_code=row.commune_code,
        phone=row.phone or "",
        phone_shown=row.phone_shown,
        state=row.state,
        version=row.version,
        reason=_last_reason(session, enterprise_id)
        if row.state in {"returned", "suspended"}
        else "",
    )


def bank_account(session: Session, enterprise_id: int) -> OwnBankAccount | None:
    """Where the enterprise is paid; None: in cash."""
    row = session.get(BankAccount, enterprise_id)
    return OwnBankAccount(row.bank, row.number, row.holder, row.version) if row else None


def _last_reason(session: Session, enterprise_id: int) -> str:
    return (
        session.scalar(
            select(EnterpriseReview.reason)
            .where(EnterpriseReview.enterprise_id == enterprise_id)
            .where(EnterpriseReview.outcome.in_(("returned", "suspended")))
            .order_by(EnterpriseReview.reviewed_at.desc(), EnterpriseReview.id.desc())
            .limit(1)
        )
        or ""
    )
