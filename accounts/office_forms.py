"""What officers type about enterprises."""

from datetime import date
from typing import Annotated, Literal, Self

from flask_babel import gettext
from pydantic import Field, model_validator

from accounts.forms import MAX_VERSION
from accounts.names import sign_in_name
from accounts.protecting import NameKind
from core.errors import sentence
from core.forms import Form, Unfit
from core.places import communes, provinces
from core.text.fold import fold
from core.text.typed import Count, Day, ManyLines, OneLine

# Why enterprises go back, most often first; in the officer's own words what is none of these.
RETURN_REASONS = (
    sentence("Chưa liên lạc được với người bán."),
    sentence("Tên chưa đúng với giấy tờ."),
    sentence("Nơi làm không thuộc địa bàn này."),
    sentence("Cần xem giấy đăng ký hoặc giấy tờ tùy thân."),
)


class LookForm(Form):
    """The version of the enterprise that was on the screen."""

    version: Annotated[int, Count(at_most=MAX_VERSION)]


class VerifyForm(LookForm):
    """What was compared before an enterprise may sell."""

    looked_at: list[Literal["seller", "place", "papers"]] = Field(default_factory=list)

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.looked_at:
            raise Unfit(sentence("Xin đánh dấu những gì đã đối chiếu."), field="looked_at")
        return self


class ReasonForm(LookForm):
    """Why an enterprise goes back or is stopped: a usual reason, own words, or both."""

    reason_kind: Annotated[int, Count(at_least=1, at_most=len(RETURN_REASONS))] | None = None
    reason: Annotated[str, ManyLines(at_most=500)] = ""

    @model_validator(mode="after")
    def _some_reason(self) -> Self:
        if self.reason_kind is None and not self.reason:
            raise Unfit(
                sentence("Xin chọn hoặc viết lý do, để người bán biết sửa gì."), field="reason"
            )
        return self

    @property
    def words(self) -> str:
        """The reason as the enterprise will read it, in Vietnamese."""
        usual = RETURN_REASONS[self.reason_kind - 1] if self.reason_kind else ""
        return "\n".join(part for part in (usual, self.reason) if part)


class DirectorForm(Form):
    """Whose number is lost or who takes over, as the paper says that was seen."""

    director: Annotated[str, OneLine(at_most=20)]
    asked: Literal["number", "heir"]
    heir: Annotated[str, OneLine(at_most=80)] = ""
    sign_in: Annotated[str, OneLine(at_most=254)]
    reason: Annotated[str, ManyLines(at_most=500)]

    @model_validator(mode="after")
    def _heir_named(self) -> Self:
        if self.asked == "heir" and not self.heir:
            raise Unfit(sentence("Xin ghi tên người nhận thay."), field="heir")
        return self


class OfficerForm(Form):
    """Whom to appoint, and for which commune (its name) or, without one, the whole province."""

    name: Annotated[str, OneLine(at_most=80)]
    sign_in: Annotated[str, OneLine(at_most=254)]
    province: Annotated[str, OneLine(at_most=10)]
    commune: Annotated[str, OneLine(at_most=80)] = ""

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.province not in provinces():
            raise Unfit(sentence("Xin chọn một trong các mục có sẵn."), field="province")
        if self.commune and len(self._communes()) != 1:
            raise Unfit(
                sentence("Không thấy đúng một xã tên như vậy trong tỉnh này. Xin ghi đủ tên."),
                field="commune",
            )
        return self

    @property
    def area(self) -> str:
        """The code of the commune or province."""
        return self._communes()[0] if self.commune else self.province

    def _communes(self) -> list[str]:
        """Communes of the province of this name, with or without its kind and diacritics."""
        wanted = fold(self.commune)
        return [
            each.code
            for each in communes().values()
            if each.province_code == self.province
            and (fold(each.name) == wanted or fold(each.name).endswith(f" {wanted}"))
        ]


class OpenTeamForm(Form):
    """A team's name and kind, and the commune or province it works in."""

    name: Annotated[str, OneLine(at_most=60)]
    kind: Literal["post_office", "youth", "hamlet_heads", "other"]
    area: Annotated[str, OneLine(at_most=10)]

    @property
    def place(self) -> tuple[str, str | None]:
        """The codes of province and commune."""
        commune = communes().get(self.area)
        return (commune.province_code, commune.code) if commune else (self.area, None)


class AskIntoTeamForm(Form):
    """Whom to ask into a team; without a number or address, whoever has the link."""

    name: Annotated[str, OneLine(at_most=80)]
    sign_in: Annotated[str, OneLine(at_most=254)] = ""

    @model_validator(mode="after")
    def _known_form(self) -> Self:
        if self.sign_in and sign_in_name(self.sign_in) is None:
            raise Unfit(
                sentence("Xin ghi số điện thoại hoặc thư điện tử của người được mời."),
                field="sign_in",
            )
        return self


class AreaForm(Form):
    """Which of an officer's areas."""

    area: Annotated[str, OneLine(at_most=10)]


class EndForm(AreaForm):
    """Which of an officer's areas ends: their own, or one where they stand in for another."""

    stands_in: bool = False


class DeputyForm(AreaForm):
    """Who stands in for an officer, and on which days."""

    deputy: Annotated[str, OneLine(at_most=254)]
    starts_on: Annotated[date, Day()]
    until_on: Annotated[date, Day()]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until_on < self.starts_on:
            raise Unfit(sentence("Ngày cuối phải từ ngày đầu trở đi."), field="until_on")
        return self


def reason_lines(reason: str) -> list[str]:
    """An officer's reason line by line; the usual ones in the reader's language."""
    usual = set(RETURN_REASONS)
    return [str(gettext(line)) if line in usual else line for line in reason.split("\n") if line]


class ProtectedNameForm(Form):
    """A name to be protected, as its source says."""

    name: Annotated[str, OneLine(at_most=80, at_least=2)]
    kind: NameKind
    owner: Annotated[str, OneLine(at_most=120, at_least=2)]
    source: Annotated[str, OneLine(at_most=300, at_least=4)]


class EntitledForm(Form):
    """An enterprise that may use a name: its exact name, or its public id where it is listed."""

    member: Annotated[str, OneLine(at_most=200)]


class NameAnswerForm(Form):
    """What the owner of a name says to its use."""

    answer: Literal["objects", "allows"]
    reason: Annotated[str, ManyLines(at_most=500)] = ""

    @model_validator(mode="after")
    def _objection_has_reason(self) -> Self:
        if self.answer == "objects" and not self.reason:
            raise Unfit(sentence("Xin viết vì sao bạn phản đối, để cán bộ xem."), field="reason")
        return self
