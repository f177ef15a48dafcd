"""The sentence beside a field for each way in which it can be wrong."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import format_date, format_decimal, gettext
from pydantic_core import ErrorDetails

from core.errors import sentence
from core.text.refusal import Unreadable

ANYTHING_ELSE = sentence("Xin xem lại ô này.")
_EMPTY = sentence("Xin điền ô này.")
_TOO_LONG = sentence("Xin viết ngắn hơn: nhiều nhất %(at_most)s chữ cái.")
_TOO_SHORT = sentence("Xin viết dài hơn: ít nhất %(at_least)s chữ cái.")
_BELOW = sentence("Nhỏ nhất là %(at_least)s.")
_ABOVE = sentence("Lớn nhất là %(at_most)s.")
_CHOOSE = sentence("Xin chọn một trong các mục có sẵn.")
_NUMBER = sentence("Xin viết một số, ví dụ 250.")
_DAY = sentence("Xin viết ngày như 12/11/2026.")

# By pydantic's error type, or by the code of core.text.
SENTENCES: Mapping[str, str] = {
    "missing": _EMPTY,
    "empty": _EMPTY,
    "too_long": _TOO_LONG,
    "string_too_long": _TOO_LONG,
    "too_short": _TOO_SHORT,
    "string_too_short": _TOO_SHORT,
    "below": _BELOW,
    "below_day": sentence("Sớm nhất là %(at_least)s."),
    "greater_than": sentence("Phải lớn hơn %(at_least)s."),
    "greater_than_equal": _BELOW,
    "above": _ABOVE,
    "above_day": sentence("Muộn nhất là %(at_most)s."),
    "less_than": sentence("Phải nhỏ hơn %(at_most)s."),
    "less_than_equal": _ABOVE,
    "literal_error": _CHOOSE,
    "enum": _CHOOSE,
    "bool_parsing": _CHOOSE,
    "int_parsing": _NUMBER,
    "int_from_float": _NUMBER,
    "float_parsing": _NUMBER,
    "decimal_parsing": _NUMBER,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "dong_unreadable": sentence("Không đọc được số tiền. Viết như 150.000 hoặc 150k."),
    "dong_ambiguous": sentence(
        "“%(text)s” có thể hiểu nhiều cách: %(readings)s đồng. Xin viết rõ."
    ),
    "dong_fraction": sentence("Số tiền phải chẵn đồng."),
    "dong_negative": sentence("Số tiền không thể nhỏ hơn 0."),
    "count_unreadable": sentence("Không đọc được số này. Viết như 640 hoặc 1.000."),
    "count_fraction": sentence("Phải là số nguyên, không lẻ."),
    "count_negative": sentence("Số này không thể nhỏ hơn 0."),
    "amount_unreadable": sentence("Không đọc được lượng này. Viết như 200 g, 1,5 kg hoặc 500 ml."),
    "amount_ambiguous": sentence("“%(text)s” có thể hiểu nhiều cách: %(readings)s. Xin viết rõ."),
    "amount_fraction": sentence("Lượng này quá lẻ: xin làm tròn đến 1 g, 1 ml hoặc 1 cái."),
    "amount_negative": sentence("Lượng không thể nhỏ hơn 0."),
    "amount_unit_missing": sentence(
        "Thiếu đơn vị: %(text)s gì? Viết thêm g, kg, ml, lít hoặc cái."
    ),
    "amount_unit_unknown": sentence("Chưa biết đơn vị “%(unit)s”. Dùng g, kg, ml, lít hoặc cái."),
    "content_unsaid": sentence(
        "“%(text)s” chưa nói mỗi gói có bao nhiêu. Viết thêm, như hộp 200 g hoặc hộp 12 chiếc."
    ),
    "content_several": sentence(
        "“%(text)s” có thể hiểu nhiều cách. Viết cả gói có bao nhiêu, một số thôi, như hộp 200 g."
    ),
    "day_unreadable": _DAY,
    "day_year_missing": sentence("Thiếu năm: xin viết cả ngày, tháng, năm, như 12/11/2026."),
    "day_impossible": sentence("Không có ngày %(text)s."),
    "lot_code_empty": sentence("Mã lô cần ít nhất một chữ cái hay chữ số."),
    "lot_code_too_long": sentence("Mã lô dài quá: nhiều nhất %(at_most)s ký tự."),
}
# pydantic's names for a bound, and ours.
_BOUNDS = {
    "ge": "at_least",
    "gt": "at_least",
    "min_length": "at_least",
    "le": "at_most",
    "lt": "at_most",
    "max_length": "at_most",
}


def plain_sentence(code: str, values: Mapping[str, object]) -> tuple[str, dict[str, str]]:
    """The message for a code of `core.text` and its values as words, to be shown later."""
    return SENTENCES.get(code, ANYTHING_ELSE), {
        name: _said(value) for name, value in values.items()
    }


def sentence_of(error: ErrorDetails) -> str:
    """The sentence for one error of pydantic, in the reader's language."""
    code = error["type"]
    values: dict[str, Any] = dict(error.get("ctx", {}))
    cause = values.pop("error", None)
    if isinstance(cause, Unreadable):  # Raised inside a validator of the feature's own.
        code, values = cause.code, dict(cause.values)
    if code in {"below", "above"} and any(isinstance(value, date) for value in values.values()):
        code += "_day"
    said = {_BOUNDS.get(name, name): _said(value) for name, value in values.items()}
    return str(gettext(SENTENCES.get(code, ANYTHING_ELSE), **said))


def _said(value: object) -> str:
    """A value as the reader writes it."""
    if isinstance(value, date):
        return str(format_date(value, "dd/MM/yyyy"))
    if isinstance(value, int | float):
        return str(format_decimal(value))
    if isinstance(value, tuple | list):
        return str(gettext(" hay ")).join(_said(one) for one in value)
    return str(value)
