"""What makers and officers type about products, packs and lots."""

import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from catalog.models.lots import MAX_DECLARED_UNITS
from catalog.models.products import MAX_CONTENT, MAX_PRICE_VND
from catalog.rules import Group, claim_in
from catalog.service import CLAIMS, CertificateEntry, PackRow, RecognitionEntry, Seen, Words
from core.display import measure
from core.errors import sentence
from core.forms import Form, Unfit
from core.gs1 import GtinFault, MalformedGtin, gtin14
from core.text.amounts import Amount, amount
from core.text.refusal import Unreadable
from core.text.set82 import set82
from core.text.typed import Count, Day, Dong, ManyLines, OneLine, within

MAX_VERSION = 2**62  # Any stored one; more would not fit the column.
MAX_WEIGHT_G = 10**6  # A tonne in the hand is a slip of the finger.

_GTIN_SENTENCES = {
    GtinFault.NOT_DIGITS: sentence("Mã vạch chỉ gồm chữ số."),
    GtinFault.LENGTH: sentence("Mã vạch có 8, 12, 13 hoặc 14 chữ số. Xin đếm lại."),
    GtinFault.CHECK_DIGIT: sentence("Mã vạch này sai một chữ số nào đó. Xin nhìn lại trên bao bì."),
    GtinFault.RESTRICTED: sentence(
        "Đây là mã nội bộ của cửa hàng, không phải mã vạch riêng của món hàng. Xin để trống."
    ),
}


def _whole(at_most: int) -> WithJsonSchema:
    """What a program sends where a person writes a measure: a whole number."""
    return WithJsonSchema({"type": "integer", "minimum": 1, "maximum": at_most})


def _content(value: object, typed: ValidationInfo) -> Amount:
    """The content with the chosen unit; one written beside the number ("1,5 kg") goes first."""
    text = str(value).strip()
    try:
        found = amount(text)
    except Unreadable as refusal:
        if refusal.code != "amount_unit_missing":
            raise
        found = amount(f"{text} {typed.data.get('pack_unit', '')}")
    return Amount(within(found.content, 1, MAX_CONTENT), found.base_unit)


def _weight(value: object) -> int:
    """Grams; a bare number is grams."""
    text = str(value).strip()
    found = amount(f"{text} g" if text[-1:].isdigit() else text)
    if found.base_unit != "g":
        raise Unfit(sentence("Xin viết cân nặng, như 450 g hoặc 1,2 kg."))
    return within(found.content, 1, MAX_WEIGHT_G)


def _gtin(value: str) -> str:
    try:
        return gtin14(value)
    except MalformedGtin as malformed:
        raise Unfit(_GTIN_SENTENCES[malformed.fault]) from None


def _claims_nothing(words: str) -> str:
    claim = claim_in(words)
    if claim is not None:
        raise Unfit(CLAIMS[claim].sentence)
    return words


def _fits_set82(code: str) -> str:
    set82(code)  # Its refusal is the sentence beside the field.
    return code


class VersionForm(Form):
    """What every change carries: the version that was on the screen."""

    version: Annotated[int, Count(at_most=MAX_VERSION)]


class WordsForm(Form):
    """What is said of a product."""

    name: Annotated[str, OneLine(at_most=120, at_least=2)]
    group: Group
    summary: Annotated[str, ManyLines(at_most=500)] = ""
    story: Annotated[str, ManyLines(at_most=2_000)] = ""

    @property
    def words(self) -> Words:
        """The Vietnamese words."""
        return Words(name=self.name, summary=self.summary, story=self.story)


def own_words(words: str, content: int, base_unit: str) -> str:
    """What the maker calls a pack; "" where it is called by its content, which forms leave empty.

    Drawn into its field, a name made of the old content would stay when the content changes.
    """
    return "" if words.split() == measure(content, base_unit, "vi").split() else words


class PackForm(Form):
    """One way in which a product is measured out, with its price."""

    pack_unit: Literal["g", "kg", "ml", "l", "piece"]
    pack_content: Annotated[Amount, BeforeValidator(_content), _whole(MAX_CONTENT)]
    pack_words: Annotated[str, OneLine(at_most=60), AfterValidator(_claims_nothing)] = ""
    price_vnd: Annotated[int, Dong(at_least=1, at_most=MAX_PRICE_VND)]
    gtin: Annotated[str, AfterValidator(_gtin)] | None = None
    size_words: Annotated[str, OneLine(at_most=60), AfterValidator(_claims_nothing)] | None = None
    weight_g: Annotated[int, BeforeValidator(_weight), _whole(MAX_WEIGHT_G)] | None = None
    price_confirmed: bool = False  # An odd price was asked about, and is meant.

    @property
    def pack(self) -> PackRow:
        """The pack; without words of the maker's own it is called by its content."""
        content, base_unit = self.pack_content
        return PackRow(
            content=content,
            base_unit=base_unit,
            words=self.pack_words or measure(content, base_unit, "vi"),
            price_vnd=self.price_vnd,
            gtin=self.gtin,
            size_words=self.size_words,
            weight_g=self.weight_g,
            price_is_asked=not self.price_confirmed,
        )


class NewProductForm(PackForm, WordsForm):
    """A product with its first pack."""


class ChangeWordsForm(WordsForm, VersionForm):
    """A product's words, changed."""


class SeenChangeForm(VersionForm):
    """What every form about a change of goods on sale carries: which change was on the screen."""

    change: Annotated[str, OneLine(at_most=20)] = ""

    @property
    def seen(self) -> Seen:
        """What the service compares."""
        return Seen(self.version, self.change)


class ProposalForm(WordsForm, SeenChangeForm):
    """What goods on sale shall say."""


class DropCertificateForm(SeenChangeForm):
    """Which certificate is taken out of a change."""

    key: Annotated[str, OneLine(at_most=20)]


class ChangePackForm(PackForm, VersionForm):
    """A pack, added or changed; the version is the product's."""


# What an officer compares. "name": name and group; "papers": whatever the listing names.
LookedAt = Literal["seller", "place", "name", "papers"]


class PublishForm(VersionForm):
    """What was compared before publishing."""

    looked_at: list[LookedAt] = Field(default_factory=list)

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.looked_at:
            raise Unfit(sentence("Xin đánh dấu những gì đã đối chiếu."), field="looked_at")
        return self


# Why listings go back, most often first; in the officer's own words what is none of these.
RETURN_REASONS = (
    sentence("Tên hàng chưa rõ là món gì."),
    sentence("Chọn chưa đúng nhóm hàng."),
    sentence("Giá hoặc quy cách có vẻ nhầm."),
    sentence("Chưa đúng nơi làm."),
    sentence("Lời giới thiệu nói quá mức, như chữa bệnh."),
    sentence("Cần xem giấy tờ đã nêu."),
)


class ReturnForm(VersionForm):
    """Why a listing goes back: one of the usual reasons, own words, or both."""

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
        """The reason as the maker will read it, in Vietnamese."""
        usual = RETURN_REASONS[self.reason_kind - 1] if self.reason_kind else ""
        return "\n".join(part for part in (usual, self.reason) if part)


_SCORE = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?")
MOST_SCORE = 10_000  # Hundredths of a point.
# A program sends it as text: no binary fraction comes between.
_SCORE_TEXT = WithJsonSchema({"type": "string", "pattern": f"^{_SCORE.pattern}$"})


def _score(value: object) -> int:
    """Hundredths of a point: "95,64" is 9564."""
    found = _SCORE.fullmatch(str(value).strip())
    whole, part = found.groups() if found else ("", "")
    hundredths = int(whole) * 100 + int((part or "").ljust(2, "0")) if found else MOST_SCORE + 1
    if hundredths > MOST_SCORE:
        raise Unfit(sentence("Xin ghi số điểm từ 0 đến 100, như 78 hoặc 95,64."))
    return hundredths


class RecognitionForm(Form):
    """An OCOP recognition as its maker reads it off the decision; the end is worked out."""

    stars: Annotated[int, Count(at_least=1, at_most=5)]
    score: Annotated[int, BeforeValidator(_score), _SCORE_TEXT] | None = None
    decision: Annotated[str, OneLine(at_most=80)]
    decided_on: Annotated[date, Day()]
    authority: Annotated[str, OneLine(at_most=120)]

    @property
    def entry(self) -> RecognitionEntry:
        """What the service takes."""
        return RecognitionEntry(
            stars=self.stars,
            score_hundredths=self.score,
            decision=self.decision,
            decided_on=self.decided_on,
            authority=self.authority,
        )


class ChangeRecognitionForm(RecognitionForm, VersionForm):
    """A recognition, corrected."""


class CertificateForm(Form):
    """A certificate as its maker reads it off the paper."""

    name: Annotated[str, OneLine(at_most=80)]
    issuer: Annotated[str, OneLine(at_most=120)]
    number: Annotated[str, OneLine(at_most=80)]
    scope: Annotated[str, OneLine(at_most=200)] = ""
    valid_from: Annotated[date, Day()]
    valid_until: Annotated[date, Day()] | None = None

    @property
    def entry(self) -> CertificateEntry:
        """What the service takes."""
        return CertificateEntry(
            **{name: getattr(self, name) for name in CertificateForm.model_fields}
        )


class ChangeCertificateForm(CertificateForm, VersionForm):
    """A certificate, corrected."""


# Why a recognition is refused, most often first.
REFUSAL_REASONS = (
    sentence("Không thấy quyết định mang số này."),
    sentence("Quyết định có thật nhưng không nêu sản phẩm này."),
    sentence("Số sao không đúng với quyết định."),
    sentence("Ngày ký hoặc cơ quan ký không đúng với quyết định."),
)


class RefusalForm(VersionForm):
    """Why a recognition is refused: one of the usual reasons, own words, or both."""

    reason_kind: Annotated[int, Count(at_least=1, at_most=len(REFUSAL_REASONS))] | None = None
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
        """The reason as the maker will read it, in Vietnamese."""
        usual = REFUSAL_REASONS[self.reason_kind - 1] if self.reason_kind else ""
        return "\n".join(part for part in (usual, self.reason) if part)


class LotForm(Form):
    """A lot as its maker declares it. `product` and `pack` are public ids."""

    product: Annotated[str, OneLine(at_most=20)]
    pack: Annotated[str, OneLine(at_most=20)] | None = None
    code: Annotated[str, OneLine(at_most=40), AfterValidator(_fits_set82)]
    made_kind: Literal["made", "harvested", "packed", "caught"] | None = None
    made_on: Annotated[date, Day()]
    best_before_on: Annotated[date, Day()] | None = None
    declared_units: Annotated[int, Count(at_most=MAX_DECLARED_UNITS)]


class ChangeLotForm(LotForm, VersionForm):
    """A lot, changed."""
