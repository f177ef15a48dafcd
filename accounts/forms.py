"""What people type to sign in and to set a password."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from accounts.consent_rules import LONGEST_DAYS
from accounts.names import is_phone, sign_in_name
from accounts.pins import is_easy, is_pin
from accounts.registering import Kind, NumberFault, compact_number, number_fault
from accounts.rules import Scope
from accounts.token_scopes import KINDS, TokenScope, scopes_of
from core.errors import sentence
from core.forms import Form, Unfit
from core.text.typed import Count, OneLine

SHORTEST, LONGEST = 8, 200  # NIST SP 800-63B: at least 8, long ones allowed, no rules of letters.

LONGEST_NAME = 120
LONGEST_ANSWER = 20_000  # A passkey's answer is 1 to 3 kB; some attestations are larger.
MAX_VERSION = 2**62  # Any stored one; more would not fit the column.
SHORTEST_ACCOUNT, LONGEST_ACCOUNT = 6, 19  # Of the banks of Việt Nam (NAPAS: at most 19).

Password = Annotated[str, StringConstraints(max_length=LONGEST)]
Version = Annotated[int, Count(at_least=0, at_most=MAX_VERSION)]  # 0: nothing is stored yet.


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


class AskCodeForm(Form):
    """The number or address a code is sent to."""

    sign_in: Annotated[str, StringConstraints(max_length=300)]


class CodeForm(Form):
    """A one-time code as typed or pasted."""

    code: Annotated[str, StringConstraints(max_length=40)]


class NewAccountForm(Form):
    """What somebody new is called; the password is there for those who want one."""

    name: Annotated[str, OneLine(at_most=LONGEST_NAME)]
    password: Annotated[Password, StringConstraints(min_length=SHORTEST)] | None = None


class WhoForm(Form):
    """Who of those behind a phone is using it, and their PIN."""

    person: Annotated[str, StringConstraints(max_length=20)]
    pin: Annotated[str, StringConstraints(max_length=20)] = ""


class ForgottenForm(NewPasswordForm):
    """A new password, and the PIN where several are behind the number."""

    pin: Annotated[str, StringConstraints(max_length=20)] = ""


class StartForm(Form):
    """As what somebody sells."""

    kind: Kind


class ParticularsForm(Form):
    """Who sells."""

    name: Annotated[str, OneLine(at_most=LONGEST_NAME)]
    kind: Kind
    number: Annotated[str, StringConstraints(max_length=40)] = ""
    version: Version

    @model_validator(mode="after")
    def _numbered(self) -> Self:
        fault = number_fault(self.kind, compact_number(self.number))
        if fault is not None:
            raise Unfit(NUMBER_FAULTS[fault], field="number")
        return self


NUMBER_FAULTS = {
    NumberFault.PERSONAL_SHAPE: sentence(
        "Số định danh cá nhân có 12 chữ số, bắt đầu bằng 0. Xin xem trên thẻ căn cước."
    ),
    NumberFault.TAX_SHAPE: sentence("Mã số thuế có 10 hoặc 13 chữ số. Xin xem lại."),
    NumberFault.TAX_CHECK: sentence("Mã số thuế này sai một chữ số nào đó. Xin gõ lại."),
}


class PlaceForm(Form):
    """A commune of the reference data, and the hamlet in one's own words."""

    commune: Annotated[str, StringConstraints(max_length=10)]
    hamlet: Annotated[str, OneLine(at_most=LONGEST_NAME)] | None = None
    version: Version


class PhoneForm(Form):
    """The number buyers may call; `shown` is the box by which its owner agrees."""

    phone: Annotated[str, StringConstraints(max_length=40)] = ""
    shown: Literal["yes"] | None = None
    version: Version

    @model_validator(mode="after")
    def _is_a_phone(self) -> Self:
        name = sign_in_name(self.phone) if self.phone else None
        if self.phone and (name is None or not is_phone(name)):
            raise Unfit(sentence("Không đọc được số này. Viết như 0912 345 678."), field="phone")
        return self


class BankForm(Form):
    """Where one is paid; `version` 0: there is none yet."""

    bank: Annotated[str, OneLine(at_most=80)]
    number: Annotated[str, StringConstraints(max_length=40), AfterValidator(compact_number)]
    holder: Annotated[str, OneLine(at_most=LONGEST_NAME)]
    version: Version

    @model_validator(mode="after")
    def _is_a_number(self) -> Self:
        is_number = self.number.isascii() and self.number.isalnum()
        if not is_number or not SHORTEST_ACCOUNT <= len(self.number) <= LONGEST_ACCOUNT:
            raise Unfit(
                sentence("Số tài khoản có 6 đến 19 chữ số hoặc chữ cái. Xin xem lại."),
                field="number",
            )
        return self


class VersionForm(Form):
    """Which version of the enterprise was on the screen."""

    version: Version


class ChangePasswordForm(NewPasswordForm):
    """A new password, and the old one where the person still knows it."""

    current: Password = ""


class DeviceForm(Form):
    """A device of one's own list."""

    device: Annotated[str, StringConstraints(max_length=40)]


class ChangeForm(Form):
    """A change of the account that waits."""

    change: Annotated[str, StringConstraints(max_length=20)]


def _pin(text: str) -> str:
    digits = text.strip()
    if not is_pin(digits):
        raise Unfit(sentence("Mã PIN là bốn chữ số."))
    if is_easy(digits):
        raise Unfit(sentence("Mã này ai cũng đoán được. Xin chọn bốn số khác."))
    return digits


Pin = Annotated[str, AfterValidator(_pin)]


class PinForm(Form):
    """A PIN for somebody behind one's phone."""

    person: Annotated[str, StringConstraints(max_length=20)]
    pin: Pin


class BehindForm(Form):
    """Somebody new behind one's phone; one's own PIN where there is none yet."""

    name: Annotated[str, OneLine(at_most=LONGEST_NAME)]
    pin: Pin
    own_pin: Pin | None = None


class LeaveForm(Form):
    """Somebody to take off one's phone."""

    person: Annotated[str, StringConstraints(max_length=20)]


class NumberForm(Form):
    """The new number or address, and whether the old one is still in hand."""

    sign_in: Annotated[str, StringConstraints(max_length=300)]
    old: Literal["here", "lost"] = "here"


class NewNumberForm(Form):
    """The new number of somebody who lost the old one."""

    sign_in: Annotated[str, StringConstraints(max_length=300)]


class NumberCodesForm(Form):
    """The code sent to the new number, and the one sent to the old."""

    code: Annotated[str, StringConstraints(max_length=40)]
    old_code: Annotated[str, StringConstraints(max_length=40)] = ""


class TokenForm(Form):
    """A key for a program: what it is called, for which enterprise, what it opens, how long."""

    name: Annotated[str, OneLine(at_most=60)]
    enterprise: Annotated[str, StringConstraints(max_length=20)]
    products: Literal["read", "write"] | None = None
    lots: Literal["read", "write"] | None = None
    stamps: Literal["read", "write"] | None = None
    members: Literal["read", "write"] | None = None
    # Not `enterprise`: that names the one the token is for.
    own: Literal["read", "write"] | None = None
    days: Literal["30", "90", "365"]

    @model_validator(mode="after")
    def _opens_something(self) -> Self:
        if not self.scopes:
            raise Unfit(sentence("Xin chọn ít nhất một việc khóa được làm."), field="products")
        return self

    @property
    def scopes(self) -> list[TokenScope]:
        """What the token opens."""
        levels = {
            "products": self.products,
            "lots": self.lots,
            "stamps": self.stamps,
            "enterprise": self.own,
            "members": self.members,
        }
        return [one for kind in KINDS for one in scopes_of(kind, levels[kind] or "")]


class EndTokenForm(Form):
    """A token of one's own list."""

    token: Annotated[str, StringConstraints(max_length=20)]


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


class LinkForm(Form):
    """The token of a link that was opened."""

    token: Annotated[str, StringConstraints(max_length=40)]


class AskConsentForm(Form):
    """Of whom a helper asks what, and for how many days."""

    producer: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    scopes: Annotated[list[Scope], Field(min_length=1)]
    days: Annotated[int, Field(ge=1, le=LONGEST_DAYS)]
    team: Annotated[str, StringConstraints(max_length=10)] = ""  # Its public id; empty: oneself.


class AnswerAskingForm(Form):
    """The pair a producer chose; none: they do not know such a helper."""

    pair: Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$")] | None = None


class ShownForm(Form):
    """A second thing: the code of an app or of paper, or a passkey's answer from the script."""

    code: Annotated[str, StringConstraints(max_length=40)] = ""
    answer: Annotated[str, StringConstraints(max_length=LONGEST_ANSWER)] = ""
    remember: Literal["yes", ""] = ""

    @model_validator(mode="after")
    def _shows_something(self) -> Self:
        if not self.code and not self.answer:
            raise Unfit(sentence("Xin gõ mã."), field="code")
        return self


class ConfirmForm(Form):
    """The same to confirm, or the password of somebody without a second factor."""

    code: Annotated[str, StringConstraints(max_length=40)] = ""
    answer: Annotated[str, StringConstraints(max_length=LONGEST_ANSWER)] = ""
    password: Password = ""


class TotpForm(Form):
    """A new authenticator app: its name, its first code, and the secret as we sealed it."""

    name: Annotated[str, OneLine(at_most=60)]
    code: Annotated[str, StringConstraints(max_length=40)]
    secret: Annotated[str, StringConstraints(max_length=300)]


class PasskeyForm(Form):
    """A new passkey: its name, and the browser's answer from the script."""

    name: Annotated[str, OneLine(at_most=60)]
    answer: Annotated[str, StringConstraints(max_length=LONGEST_ANSWER)]


class LostFactorForm(Form):
    """Who lost their factors, and how the operator knows them."""

    sign_in: Annotated[str, StringConstraints(max_length=300)]
    known_by: Annotated[str, OneLine(at_most=200)]
