"""Accounts as the API tells them: the names are those of the forms, ids public."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field

from accounts.queries import MemberLine, OpenInvitation
from accounts.queries import OwnEnterprise as Stored
from accounts.registering import Kind, Missing
from accounts.rules import Role


class Enterprise(BaseModel):
    """The enterprise the token acts for, as its own people see it."""

    public_id: str
    name: str
    kind: Kind
    number: str
    commune: str | None = Field(description="code of a present commune")
    province: str | None = Field(description="code of a present province")
    hamlet: str
    phone: str
    shown: str | None = Field(description="yes: buyers see the telephone number")
    state: str = Field(description="draft, submitted, returned, verified or suspended")
    reason: str = Field(description="why it was returned or suspended")
    missing: list[Missing] = Field(description="what officers would miss")
    version: int

    @classmethod
    def of(cls, told: Stored, public_id: str) -> Self:
        """The enterprise as it is told so far."""
        return cls(
            public_id=public_id,
            name=told.name,
            kind=told.kind,
            number=told.number,
            commune=told.commune_code,
            province=told.province_code,
            hamlet=told.hamlet,
            phone=told.phone,
            shown="yes" if told.phone_shown else None,
            state=told.state,
            reason=told.reason,
            missing=told.missing,
            version=told.version,
        )


class Member(BaseModel):
    """Somebody who belongs to the enterprise."""

    public_id: str
    name: str
    role: Role
    sign_in: str | None = Field(description="null: on paper, without a way to sign in")
    since_at: datetime

    @classmethod
    def of(cls, line: MemberLine) -> Self:
        """The member as the others see them."""
        return cls.model_validate(line, from_attributes=True)


class Invitation(BaseModel):
    """Somebody asked to join who has not answered."""

    public_id: str
    name: str
    role: Role
    sign_in: str | None = Field(description="null: whoever opens the link first")
    expires_at: datetime

    @classmethod
    def of(cls, invitation: OpenInvitation) -> Self:
        """The invitation without what opens it."""
        return cls.model_validate(invitation, from_attributes=True)


class InvitationLink(BaseModel):
    """What opens an invitation: whoever has it may join, so only a token that invites reads it."""

    public_id: str
    link: str
