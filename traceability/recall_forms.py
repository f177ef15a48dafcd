"""What people type to call a lot back, and to lift that."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator

from accounts.names import is_phone, sign_in_name
from catalog.forms import VersionForm
from core.errors import sentence
from core.forms import Form, Unfit
from core.text.typed import Day, ManyLines, OneLine
from traceability.forms import PublicId
from traceability.rules.recalls import Advice, LiftReason, RecallReason, Remedy
from traceability.service import RecallNotice

LONGEST_WORDS = 160  # Fits two lines of a telephone's page.
LONGEST_AUTHORITY = 80
LONGEST_WHY = 300


def _phone(value: str) -> str:
    found = sign_in_name(value)
    if found is None or not is_phone(found):
        raise Unfit(sentence("Xin ghi một số điện thoại của Việt Nam."))
    return found


class RecallBody(VersionForm):
    """Why a lot is called back, and what whoever has the goods should do and may ask for."""

    reason: RecallReason
    words: Annotated[str, OneLine(LONGEST_WORDS)] = ""
    advice: Advice = Advice.KEEP
    remedy: Remedy | None = None
    phone: Annotated[str, OneLine(40), AfterValidator(_phone)] = ""
    until_on: Annotated[date, Day()] | None = None

    @model_validator(mode="after")
    def _says_enough(self) -> Self:
        if self.reason is RecallReason.OTHER and not self.words:
            raise Unfit(sentence("Xin ghi lý do bằng lời của bạn."), field="words")
        if self.remedy is not None and not self.phone:
            raise Unfit(
                sentence("Xin ghi số để người mua gọi đổi hoặc lấy lại tiền."), field="phone"
            )
        if self.until_on is not None and self.remedy is None:
            raise Unfit(sentence("Xin chọn đổi hàng hay hoàn tiền trước."), field="remedy")
        return self

    @property
    def notice(self) -> RecallNotice:
        """What whoever scans a stamp of the lot is told."""
        return RecallNotice(
            reason=self.reason,
            advice=self.advice,
            words=self.words,
            remedy=self.remedy,
            until_on=self.until_on,
            phone=self.phone,
        )


class RecallForm(RecallBody):
    """The same on a page, which asks again before it is done."""

    authority: Annotated[str, OneLine(LONGEST_AUTHORITY)] = ""  # Asked of officers alone.
    confirmed: Literal["", "yes"] = ""

    @property
    def notice(self) -> RecallNotice:
        """What whoever scans a stamp of the lot is told, and whose decision it is."""
        return replace(super().notice, authority=self.authority)


class OfficeRecallForm(RecallForm):
    """The same by an officer, who carries out an authority's decision."""

    authority: Annotated[str, OneLine(LONGEST_AUTHORITY)]


class LiftRecallForm(Form):
    """Which recall ends, as it was on the screen, and why."""

    recall: PublicId
    because: LiftReason
    why: Annotated[str, ManyLines(LONGEST_WHY)]
