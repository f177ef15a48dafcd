"""What is answered by SMS to a stamp's number: the sentences of docs/verdicts.md, shortened. Pure.

Each fits one SMS of 160 letters without marks, whatever the data: names give way first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from core.text.sms import LONGEST, sms_name
from traceability.rules.recalls import Advice
from traceability.rules.verdicts import Case, Judgement, Notice, Verdict, VoidReason

MALFORMED: Final = (
    "So tem nay thieu hoac nham chu. So tem co 13 chu va so, viet 4-4-5. Xin xem lai."
)
SEVERAL: Final = "Moi tin chi hoi mot so tem, 13 chu va so. Xin nhan tung so mot."
TOO_MANY: Final = "Ban da hoi nhieu so khong co trong so. Xin doi mot gio roi nhan lai."
_MAKER: Final = "nguoi lam"  # Where no name is known.
_LEAST_NAME: Final = 8  # A name cut shorter says nothing.
_NAME_LETTERS: Final = 40
_LOT_LETTERS: Final = 16


@dataclass(frozen=True, slots=True)
class Spoken:
    """What an answer speaks of, as words; "" is not known and left out."""

    serial: str
    maker: str = ""
    phone: str = ""  # Where the maker agreed to show it.
    lot: str = ""
    since: str = ""  # Reported as stuck on, or cancelled: a day.
    printed: str = ""
    first: str = ""  # Of earlier checks.
    last: str = ""
    best_before: str = ""
    code_used: str = ""  # When the scratch code was confirmed.
    claimed: str = ""  # When somebody else tapped "I bought this".
    advice: Advice | None = None  # Of a recall: what to do with the goods.
    recall_phone: str = ""  # The number to call about it.
    is_eaten: bool = False


def sms_answer(judgement: Judgement, spoken: Spoken) -> str:
    """Give what a check says in one SMS."""
    if judgement.is_expired_heading:
        return _fitted(_expired, judgement, spoken)
    answer = _fitted(_say(judgement), judgement, spoken)
    for notice, say in _NOTICES.items():
        said = say(spoken)
        if notice in judgement.notices and len(answer) + len(said) < LONGEST:
            answer = f"{answer} {said}"
    return answer


_Say = Callable[[Judgement, Spoken, str], str]


def _say(judgement: Judgement) -> _Say:
    """A code used before comes first where the verdict itself asks for no care."""
    is_calm = judgement.verdict in {Verdict.FIRST_CHECK, Verdict.CHECKED_BEFORE}
    if Notice.CODE_AGAIN in judgement.notices and is_calm:
        return _code_again
    return _VERDICTS[judgement.verdict]


def _fitted(say: _Say, judgement: Judgement, spoken: Spoken) -> str:
    """The sentence with as much of the maker's name as there is room for."""
    for letters in range(_NAME_LETTERS, _LEAST_NAME - 1, -1):
        answer = say(judgement, spoken, sms_name(spoken.maker, at_most=letters) or _MAKER)
        if len(answer) <= LONGEST:
            return answer
    answer = say(judgement, spoken, _MAKER)
    assert len(answer) <= LONGEST, answer
    return answer


def _first_check(_judgement: Judgement, spoken: Spoken, maker: str) -> str:
    return (
        f"Tem co trong so, lan kiem dau tien. {maker} bao da dan {spoken.since}{_of_lot(spoken)}."
        " Tem khong biet dan tren mon gi: hay hoi nguoi lam."
    )


def _checked_before(judgement: Judgement, spoken: Spoken, _maker: str) -> str:
    earlier = judgement.earlier
    if judgement.case is Case.SAME:
        return "Tem co trong so, vua duoc hoi tu chinh may nay."
    if judgement.case is Case.ONCE:
        return (
            f"Tem co trong so, da kiem 1 luot truoc ban: {spoken.first}."
            " Neu khong ai nhan, hay so hang voi anh roi moi mua."
        )
    if judgement.case is Case.FEW:
        return (
            f"Tem co trong so, da kiem {earlier} luot truoc ban, tu {spoken.first} den"
            f" {spoken.last}. Hang moi, con nguyen goi: hay hoi nguoi ban ai da quet."
        )
    return (
        f"Tem co trong so, nhung da kiem {earlier} luot truoc ban, nhieu hon thuong thay."
        f" Chua du de noi tem bi chep. Hay hoi nguoi lam{_by_phone(spoken)}."
    )


def _code_again(judgement: Judgement, spoken: Spoken, _maker: str) -> str:
    counted = f", da kiem {judgement.earlier} luot truoc ban" if judgement.earlier else ""
    return (
        f"Tem co trong so{counted}. Ma cao nay da dung luc {spoken.code_used}."
        f" Neu khong phai ban cao, dung mua.{_call(spoken)}"
    )


def _suspicious(_judgement: Judgement, spoken: Spoken, _maker: str) -> str:
    return (
        "Can than, tem nay co the da bi chep. Khoan mua, khoan dung: goi nguoi lam"
        f"{_by_phone(spoken)}. Khong co nghia la cua hang lam sai."
    )


def _not_issued(_judgement: Judgement, spoken: Spoken, _maker: str) -> str:
    return (
        f"Khong co so tem nay trong so: {spoken.serial} dung mau nhung chua tung duoc phat."
        " Xin so lai tung chu voi tem (tem khong co chu I, L, O, U)."
    )


def _not_activated(_judgement: Judgement, spoken: Spoken, maker: str) -> str:
    return (
        f"Tem co trong so, nhung chua duoc bao la da dan. {maker} in {spoken.printed}."
        f" Luc nay tem chua noi duoc gi ve mon hang.{_call(spoken)}"
    )


def _recalled(_judgement: Judgement, spoken: Spoken, maker: str) -> str:
    leave = "Khong an" if spoken.is_eaten else "Khong dung"
    what = f"{leave}, {_ADVICE[spoken.advice]}" if spoken.advice else leave
    asked = f"hoi {maker}{_by_phone(spoken)}"
    whom = f"goi {spoken.recall_phone}" if spoken.recall_phone else asked
    return (
        f"Dung lai, lo{_lot(spoken)} dang bi thu hoi. {what}; {whom}."
        " Thu hoi la do lo hang, khong phai do con tem."
    )


def _void(judgement: Judgement, spoken: Spoken, maker: str) -> str:
    assert judgement.void_reason is not None, judgement
    return f"Tem nay da huy. {_REASONS[judgement.void_reason](spoken, maker)}"


def _expired(_judgement: Judgement, spoken: Spoken, _maker: str) -> str:
    leave = "Dung an" if spoken.is_eaten else "Dung su dung"
    return (
        f"Tem co trong so, nhung hang da qua han dung {spoken.best_before}. {leave};"
        " hoi nguoi ban de doi."
    )


def _of_lot(spoken: Spoken) -> str:
    return f", lo{_lot(spoken)}" if spoken.lot else ""


def _lot(spoken: Spoken) -> str:
    lot = sms_name(spoken.lot, at_most=_LOT_LETTERS)
    return f" {lot}" if lot else ""


def _by_phone(spoken: Spoken) -> str:
    return f" {spoken.phone}" if spoken.phone else ""


def _call(spoken: Spoken) -> str:
    return f" Goi {spoken.phone}." if spoken.phone else ""


_ADVICE: Final[Mapping[Advice, str]] = MappingProxyType(
    {
        Advice.KEEP: "giu ca vo",
        Advice.BRING_BACK: "mang ca vo den noi da mua",
        Advice.THROW_AWAY: "bo di",
    }
)
_REASONS: Final[Mapping[VoidReason, Callable[[Spoken, str], str]]] = MappingProxyType(
    {
        VoidReason.SPOILED: lambda spoken, _maker: (
            f"Tem in hong, huy {spoken.since}; dung ra khong con tren mon hang nao."
        ),
        VoidReason.LOST: lambda spoken, maker: (
            f"{maker} bao mat tem {spoken.since}, truoc khi dan. Nguoi ban co the khong biet."
        ),
        VoidReason.RETURNED: lambda spoken, _maker: (
            f"Mon hang mang tem nay da duoc tra lai va loai bo {spoken.since}."
        ),
        VoidReason.REPLACED: lambda spoken, _maker: (
            f"Mon hang nay duoc dan tem khac {spoken.since}. Hay tim va hoi so tem moi."
        ),
        VoidReason.FAKED: lambda spoken, _maker: (
            f"Co hang gia mang so nay ({spoken.since}). Mua truoc ngay do? Goi nguoi lam"
            f"{_by_phone(spoken)} de duoc kiem."
        ),
    }
)
_VERDICTS: Final[Mapping[Verdict, _Say]] = MappingProxyType(
    {
        Verdict.FIRST_CHECK: _first_check,
        Verdict.CHECKED_BEFORE: _checked_before,
        Verdict.SUSPICIOUS: _suspicious,
        Verdict.NOT_ISSUED: _not_issued,
        Verdict.NOT_ACTIVATED: _not_activated,
        Verdict.RECALLED: _recalled,
        Verdict.VOID: _void,
    }
)
_NOTICES: Final[Mapping[Notice, Callable[[Spoken], str]]] = MappingProxyType(
    {
        Notice.LOT_ON_HOLD: lambda _spoken: "Lo nay tam dung ban.",
        Notice.SELLER_SUSPENDED: lambda _spoken: "Nguoi ban nay dang tam dung tren Goc.",
        Notice.CLAIMED: lambda spoken: f"Ngay {spoken.claimed} co nguoi bam da mua mon nay.",
    }
)
