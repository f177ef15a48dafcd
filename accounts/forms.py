"""What people type to sign in and to set a password."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from accounts.consent_rules import LONGEST_DAYS
from accounts.names import sign_in_name
from accounts.rules import Scope
from core.errors import sentence
from core.forms import Form, Unfit
from core.text.typed import OneLine

SHORTEST, LONGEST = 8, 200  # NIST SP 800-63B: at least 8, long ones allowed, no rules of letters.

LONGEST_NAME = 120

Password = Annotated[str, StringConstraints(max_length=LONGEST)]


class SignInForm(Form):
    """`sign_in` and `password`, as typed."""

    sign_in: Annotated[str, StringConstraints(max_length=300)]
    password: Password


class NewPasswordForm(Form):
    """A password typed twice: what is typed is not seen."""

    password: Annotated[Password, StringConstraints(min_length=SHORTEST)]
    again: Password

    @model_validator(mode="after")
    def _same_twice(self) -> Self:
        if self.password != self.again:
            raise Unfit(sentence("Hai lần gõ chưa giống nhau."), field="again")
        return self


class SwitchForm(Form):
    """The public id of the enterprise to act for."""

    enterprise: Annotated[str, StringConstraints(max_length=20)]


MemberRole = Literal["director", "seller", "warehouse", "accountant", "grower"]


class InviteForm(Form):
    """Whom to ask, to which role, and how: by a link, by number or address, or nobody to ask."""

    name: Annotated[str, OneLine(at_most=LONGEST_NAME)]
    role: MemberRole
    way: Literal["link", "sign_in", "paper"]
    sign_in: Annotated[str, StringConstraints(max_length=300)] = ""

    @model_validator(mode="after")
    def _addressed(self) -> Self:
        if self.way == "sign_in" and sign_in_name(self.sign_in) is None:
            raise Unfit(
                sentence("Xin ghi số điện thoại hoặc thư điện tử của người được mời."),
                field="sign_in",
            )
        return self


class RoleForm(Form):
    """A member's role."""

    role: MemberRole


class HandOverForm(Form):
    """What the director does once another leads; `sure` is the box one ticks."""

    own_role: MemberRole
    sure: Literal["yes"]


class AnswerForm(Form):
    """The token of an invitation and the answer to it."""

    token: Annotated[str, StringConstraints(max_length=40)]
    answer: Literal["accept", "refuse"]


class AskConsentForm(Form):
    """Of whom a helper asks what, and for how many days."""

    producer: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    scopes: Annotated[list[Scope], Field(min_length=1)]
    days: Annotated[int, Field(ge=1, le=LONGEST_DAYS)]


class AnswerAskingForm(Form):
    """The pair a producer chose; none: they do not know such a helper."""

    pair: Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$")] | None = None
