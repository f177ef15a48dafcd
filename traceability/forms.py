"""What people type to issue, print, report as stuck on, cancel and find stamps."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator

from core.errors import sentence
from core.forms import Form, Unfit
from core.text.typed import Count, Dong, ManyLines, OneLine
from traceability.adapters.outputs import MOST_LABELS, Output
from traceability.adapters.papers import DEFAULT_PAPER, PAPERS
from traceability.rules import SCRATCH_DIGITS, Reprint, ReprintReason, VoidReason
from traceability.rules.reprints import LONGEST_WORDS
from traceability.service.issuing import MOST_IN_A_BATCH
from traceability.service.reports import (
    LONGEST_CONTACT,
    LONGEST_SHOP,
    LONGEST_TEXT,
)
from traceability.service.reports import (
    LONGEST_PLACE as LONGEST_SEEN_AT,
)

LONGEST_LIST = 4_000  # Some dozens of scanned addresses.
# A serial with its gaps has 15; an address scanned and pasted is longer: a signed one has a host of
# up to 63, 35 of its path and 158 of the signature.
LONGEST_PLACE = 400
LONGEST_PRINT_PLACE = 80
LONGEST_WHICH = 4_000  # Two hundred serials.


def require_reprint_words(reason: str, words: str) -> None:
    """Refuse another reason without words, and words without a reason.

    Raises:
        Unfit: with the field that is missing.
    """
    if reason == ReprintReason.OTHER and not words:
        raise Unfit(sentence("Xin ghi vài chữ: vì sao in lại."), field="reason_words")
    if words and not reason:
        raise Unfit(sentence("Xin chọn vì sao in lại."), field="reason")


def _known_paper(value: str) -> str:
    if value not in PAPERS:
        raise Unfit(sentence("Xin chọn một trong các mục có sẵn."))
    return value


PublicId = Annotated[str, OneLine(20)]
Place = Annotated[str, OneLine(LONGEST_PLACE)]  # An ordinal or a serial of the batch.
PaperName = Annotated[str, AfterValidator(_known_paper)]


class AlarmForm(Form):
    """Whose goods bear a stamp that is checked unusually often."""

    answer: Literal["ours", "not_ours"]


class IssueForm(Form):
    """How many stamps for which lot, and the paper of their labels."""

    lot: PublicId
    count: Annotated[int, Count(at_most=MOST_IN_A_BATCH)]
    paper: PaperName = DEFAULT_PAPER
    scratch: Literal["", "yes"] = ""  # A number under a scratch layer on each.
    signed: Literal["", "yes"] = ""
    logo: Literal["", "yes"] = ""  # The maker's, beside the code.

    @property
    def output(self) -> Output:
        """The files of labels to be made."""
        return Output(signed=self.signed == "yes", has_logo=self.logo == "yes")


class RangeForm(Form):
    """The first and the last of some stamps of a batch."""

    first: Place
    last: Place


class RollForm(Form):
    """How many stamps for which goods, of no lot yet, and the paper of their labels."""

    goods: PublicId
    count: Annotated[int, Count(at_most=MOST_IN_A_BATCH)]
    paper: PaperName = DEFAULT_PAPER
    scratch: Literal["", "yes"] = ""
    signed: Literal["", "yes"] = ""
    logo: Literal["", "yes"] = ""  # The maker's, beside the code.

    @property
    def output(self) -> Output:
        """The files of labels to be made."""
        return Output(signed=self.signed == "yes", has_logo=self.logo == "yes")


class MoveForm(RangeForm):
    """Stamps that become another lot's."""

    lot: PublicId


class BindForm(MoveForm):
    """Stamps of a roll that become a lot's: stuck on already, or not yet."""

    how: Literal["stick", "bind"] = "stick"


class OutputForm(Form):
    """Paper, file and printer; why labels are printed again, where they left before."""

    paper: PaperName = DEFAULT_PAPER
    dpi: Literal["203", "300", "600"] = "300"
    file_format: Literal["pdf", "svg", "zpl", "png"] = "pdf"
    signed: Literal["", "yes"] = ""
    logo: Literal["", "yes"] = ""
    reason: Literal["", "jam", "lost", "bad_print", "other"] = ""
    reason_words: Annotated[str, OneLine(LONGEST_WORDS)] = ""

    @property
    def output(self) -> Output:
        """The file to be made."""
        return Output(
            self.file_format,
            int(self.dpi),
            signed=self.signed == "yes",
            has_logo=self.logo == "yes",
        )

    @property
    def reprint(self) -> Reprint | None:
        """Why the labels are printed again; None: nothing was said."""
        return Reprint(ReprintReason(self.reason), self.reason_words) if self.reason else None

    @model_validator(mode="after")
    def _said_why(self) -> Self:
        require_reprint_words(self.reason, self.reason_words)
        return self


class StripForm(Form):
    """What a test strip is printed on; the lot whose stamps follow, where it is known."""

    paper: PaperName = DEFAULT_PAPER
    dpi: Literal["203", "300", "600"] = "300"
    file_format: Literal["pdf", "svg", "zpl", "png"] = "pdf"
    signed: Literal["", "yes"] = ""
    lot: Annotated[str, OneLine(20)] = ""

    @property
    def output(self) -> Output:
        """The file to be made."""
        return Output(self.file_format, int(self.dpi), signed=self.signed == "yes")


class PrintForm(RangeForm, OutputForm):
    """Labels of a range to be printed."""


class VoidForm(RangeForm):
    """Stamps to be cancelled and why; `confirmed` once the person has read what it means."""

    reason: VoidReason
    confirmed: Literal["", "yes"] = ""


class LossForm(Form):
    """Stamps spoiled or lost: a list, a sheet of a print, or all that were never active."""

    which: Literal["stamps", "sheet", "all"] = "stamps"
    stamps: Annotated[str, ManyLines(LONGEST_LIST)] = ""
    label_print: PublicId = ""
    sheet: Annotated[int | None, Count(at_least=1, at_most=MOST_IN_A_BATCH)] = None
    confirmed: Literal["", "yes"] = ""

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.which == "stamps" and not any(map(str.isalnum, self.stamps)):
            raise Unfit(sentence("Xin ghi số của những tem đó."), field="stamps")
        if self.which == "sheet" and self.sheet is None:
            raise Unfit(sentence("Xin ghi số tờ, ví dụ 2."), field="sheet")
        return self


class ActivationForm(Form):
    """A lot whose printed stamps are stuck on: all, or all but `leftover` at the end."""

    lot: PublicId
    how: Literal["all", "leftover"] = "all"
    leftover: Annotated[int | None, Count(at_least=0, at_most=MOST_IN_A_BATCH)] = None

    @model_validator(mode="after")
    def _leftover_said(self) -> Self:
        if self.how == "leftover" and self.leftover is None:
            raise Unfit(sentence("Xin viết số tem còn thừa, ví dụ 12."), field="leftover")
        return self


class FindForm(Form):
    """One stamp, by its serial."""

    serial: Place


class PrintCodeForm(OutputForm):
    """Sheets to be printed elsewhere: on what, and where, for the maker's own memory."""

    print_place: Annotated[str, OneLine(LONGEST_PRINT_PLACE)] = ""


class PrintAnswerForm(Form):
    """How a print came out: all well, or how many labels are spoiled and perhaps which."""

    result: Literal["good", "spoiled"]
    count: Annotated[int | None, Count(at_least=0, at_most=MOST_LABELS)] = None
    which: Annotated[str, ManyLines(LONGEST_WHICH)] = ""

    @model_validator(mode="after")
    def _count_fits(self) -> Self:
        if self.result == "spoiled" and not self.count:
            raise Unfit(sentence("Xin viết số tem hỏng, ví dụ 6."), field="count")
        if self.result == "good" and (self.count or self.which):
            raise Unfit(
                sentence("Bạn chọn in đủ nhưng lại ghi tem hỏng. Xin chọn lại."), field="result"
            )
        return self


def _scratched(value: str) -> str:
    digits = value.replace(" ", "").replace("-", "").replace(".", "")
    # Digits of other scripts are no digits of a label.
    if not (digits.isascii() and digits.isdigit() and len(digits) == SCRATCH_DIGITS):
        raise Unfit(sentence("Mã cào có đúng 6 số, ví dụ 048 213. Xin xem lại."))
    return digits


class ScratchForm(Form):
    """What lies under the scratch layer of a stamp."""

    code: Annotated[str, OneLine(20), AfterValidator(_scratched)]


class ReportForm(Form):
    """What somebody saw about a stamp and where, and how to reach them if they wish."""

    text: Annotated[str, ManyLines(LONGEST_TEXT)]
    place: Annotated[str, OneLine(LONGEST_SEEN_AT)] = ""
    shop: Annotated[str, OneLine(LONGEST_SHOP)] = ""
    price_vnd: Annotated[int | None, Dong(at_least=1, at_most=10**10)] = None
    contact: Annotated[str, OneLine(LONGEST_CONTACT)] = ""
