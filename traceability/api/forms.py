"""Bodies that only programs send: a stamp is named by a number or by its serial."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema, model_validator

from core.errors import sentence
from core.forms import Form, Unfit
from core.text.typed import Count, OneLine
from traceability.adapters.outputs import Output
from traceability.adapters.papers import DEFAULT_PAPER
from traceability.forms import (
    LONGEST_PLACE,
    LONGEST_PRINT_PLACE,
    PaperName,
    PublicId,
    require_reprint_words,
)
from traceability.rules import Reprint, ReprintReason, VoidReason
from traceability.rules.reprints import LONGEST_WORDS
from traceability.service.issuing import MOST_IN_A_BATCH


def _in_a_batch(value: object) -> object:
    if isinstance(value, int) and not 1 <= value <= MOST_IN_A_BATCH:
        raise Unfit(
            sentence("Số thứ tự của tem bắt đầu từ 1, nhiều nhất %(most)s."), most=MOST_IN_A_BATCH
        )
    return str(value) if isinstance(value, int) else value


def _not_too_long(value: str) -> str:
    if len(value) > LONGEST_PLACE:
        raise Unfit(sentence("Số tem có 13 chữ và số."))
    return value


StampPlace = Annotated[
    str,
    BeforeValidator(_in_a_batch),
    AfterValidator(_not_too_long),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": MOST_IN_A_BATCH},
                {"type": "string", "minLength": 1, "maxLength": LONGEST_PLACE},
            ],
            "description": "the stamp's number in its batch, or its serial",
        }
    ),
]


class IssueBody(Form):
    """How many stamps for which lot, or (a roll) for which product and, of it, which pack.

    With `scratch` each label has a field with six digits, to be covered by a scratch layer; with
    `signed` its code can be checked without a network; with `logo` it bears the maker's.
    """

    lot: PublicId | None = None
    product: PublicId | None = None
    pack: PublicId | None = None
    count: Annotated[int, Count(at_most=MOST_IN_A_BATCH)]
    paper: PaperName = DEFAULT_PAPER
    scratch: bool = False
    signed: bool = False
    logo: bool = False

    @property
    def output(self) -> Output:
        """The files of labels to be made."""
        return Output(signed=self.signed, has_logo=self.logo)

    @model_validator(mode="after")
    def _of_one_thing(self) -> Self:
        if self.lot is None and self.product is None:
            raise Unfit(sentence("Xin ghi một lô, hoặc một mặt hàng để làm tem cuộn."), field="lot")
        if self.lot is not None and self.product is not None:
            raise Unfit(sentence("Chỉ ghi lô hoặc mặt hàng, không ghi cả hai."), field="product")
        return self


class RangeBody(Form):
    """The first and the last of some stamps of a batch, both included."""

    first: StampPlace
    last: StampPlace


class MoveBody(RangeBody):
    """Stamps that become another lot's."""

    lot: PublicId


class BindBody(MoveBody):
    """Stamps of a roll that become a lot's; with `how` `stick` they are stuck on already."""

    how: Literal["bind", "stick"] = "bind"


class VoidBody(RangeBody):
    """Stamps to be cancelled, and why."""

    reason: VoidReason


class ReprintBody(Form):
    """Why labels are printed that left before; `other` is told in `reason_words`."""

    reason: ReprintReason | None = None
    reason_words: Annotated[str, OneLine(LONGEST_WORDS)] = ""

    @property
    def reprint(self) -> Reprint | None:
        """Why the labels are printed again; None: nothing was said."""
        return Reprint(self.reason, self.reason_words) if self.reason else None

    @model_validator(mode="after")
    def _said_why(self) -> Self:
        require_reprint_words(self.reason or "", self.reason_words)
        return self


class PrintCodeBody(ReprintBody):
    """Where sheets are to be printed, for the maker's own memory."""

    print_place: Annotated[str, OneLine(LONGEST_PRINT_PLACE)] = ""


class HandOverBody(RangeBody):
    """Stamps that go to a dealer with the goods that bear them."""

    dealer: PublicId


class LabelsBody(RangeBody, ReprintBody):
    """Labels to be drawn as what file, for a label printer of how many dots an inch.

    `signed`: their codes can be checked without a network. `logo`: they bear the maker's. Labels
    that left before need a `reason`; `other` is told in `reason_words`.
    """

    paper: PaperName = DEFAULT_PAPER
    file_format: Literal["pdf", "svg", "zpl", "png"] = "pdf"
    dpi: Literal[203, 300, 600] = 300
    signed: bool = False
    logo: bool = False

    @property
    def output(self) -> Output:
        """The file to be made."""
        return Output(self.file_format, self.dpi, signed=self.signed, has_logo=self.logo)


class LotActivationBody(Form):
    """A lot's printed stamps are stuck on, but for `leftover` at the end."""

    leftover: Annotated[int, Count(at_least=0, at_most=MOST_IN_A_BATCH)] = 0
