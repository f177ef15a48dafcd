"""What people type to sign in and to set a password."""

from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from core.errors import sentence
from core.forms import Form, Unfit

SHORTEST, LONGEST = 8, 200  # NIST SP 800-63B: at least 8, long ones allowed, no rules of letters.

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
