"""What is said of an asking by SMS, and what is understood of the answer. Pure.

Every sentence fits one SMS of 160 letters without marks: `core.text.sms` asserts it.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from accounts.rules import Scope
from core.text.sms import LONGEST, sms_name

NAME_LETTERS = 20
TEAM_LETTERS, MEMBER_LETTERS = 24, 12  # Both, where somebody asks in a team's name.

SCOPE_WORDS: Mapping[Scope, str] = {
    Scope.LISTING: "dang hang",
    Scope.LOTS: "khai lo",
    Scope.STAMPS: "in tem",
    Scope.ANSWERS: "tra loi nguoi mua",
}


class Said(StrEnum):
    """What an SMS says about helpers."""

    PAIR = "pair"
    NO = "no"
    END = "end"


@dataclass(frozen=True)
class Reply:
    """An SMS that was understood; `pair` are its two digits."""

    said: Said
    pair: str = ""


_PAIR = re.compile(r"[0-9]{2}")
_WORDS: Mapping[str, Said] = {
    "khong": Said.NO,
    "ko": Said.NO,
    "k": Said.NO,
    "khong phai toi": Said.NO,
    "thoi": Said.END,
    "dung": Said.END,
    "ngung": Said.END,
}


def reply_of(words: str) -> Reply | None:
    """What somebody answered: two digits, KHONG or THOI, with or without marks; else None."""
    decomposed = unicodedata.normalize("NFKD", words.translate(str.maketrans("đĐ", "dd")))
    plain = "".join(each for each in decomposed if not unicodedata.combining(each)).casefold()
    text = " ".join("".join(each if each.isalnum() else " " for each in plain).split())
    pair = text.replace(" ", "")
    if _PAIR.fullmatch(pair):
        return Reply(Said.PAIR, pair)
    return Reply(_WORDS[text]) if text in _WORDS else None


def asking_words(
    *, helper: str, until: str, link: str, team: str = "", answerable: bool = False
) -> str:
    """The SMS that asks a producer: who, until when, where and how to answer.

    `answerable`: an SMS can come back. With a long address of the site words give way, never the
    link.
    """
    name = _named(helper, team)
    how = "Nhan lai 2 so tren may ho, hay KHONG. Xem:"
    by_sms = (
        f"Goc: {name} xin giup ban den {until}. {how} {link}",
        f"Goc: {name} xin giup ban. {how} {link}",
    )
    by_page = (
        f"Goc: {name} xin giup ban den {until}. Xem va tra loi: {link}",
        f"Goc: {name} xin giup ban: {link}",
    )
    forms = (*by_sms, *by_page) if answerable else by_page
    return next((words for words in forms if len(words) <= LONGEST), by_page[-1])


def given_words(
    *,
    helper: str,
    scopes: Collection[Scope],
    until: str,
    team: str = "",
    way_out: str = "nhan THOI",
) -> str:
    """The SMS that says what was agreed to, and how to end it.

    With a long `way_out` the work gives way.
    """
    name = _named(helper, team)
    work = ", ".join(words for scope, words in SCOPE_WORDS.items() if scope in scopes)
    full = f"Goc: ban da cho {name} lam giup den {until}: {work}. Muon thoi: {way_out}."
    short = f"Goc: ban da cho {name} lam giup den {until}. Muon thoi: {way_out}."
    return full if len(full) <= LONGEST else short


def refused_words(*, helper: str, wrong_pair: bool) -> str:
    """The SMS that says that nobody was let in."""
    name = sms_name(helper, at_most=NAME_LETTERS)
    if wrong_pair:
        return (
            f"Goc: hai so khong khop nen {name} chua duoc lam giup."
            " Nham thi bao ho hoi lai. Khong ai duoc lam gi trong hang cua ban."
        )
    return f"Goc: da tu choi. {name} khong duoc lam gi trong hang cua ban."


def answered_words() -> str:
    """The SMS for an answer that came after another."""
    return "Goc: loi xin nay da co tra loi truoc do. Muon khong ai giup nua, nhan THOI."


def several_words() -> str:
    """The SMS for digits that fit two askings at once: only the page tells them apart."""
    return (
        "Goc: co hai nguoi xin giup cung hai so nay. Xin mo duong dan trong tin, hoac nhan KHONG."
    )


def ended_words(helpers: Collection[str]) -> str:
    """The SMS that says who may help no longer."""
    names = ", ".join(sms_name(one, at_most=NAME_LETTERS) for one in list(helpers)[:3])
    more = " va nguoi khac" if len(helpers) > 3 else ""  # noqa: PLR2004  # As many names as fit.
    return f"Goc: da ngung. {names}{more} khong lam giup ban duoc nua."


def _named(helper: str, team: str) -> str:
    """Who asks: a person, or a team and who asks in its name."""
    if not team:
        return sms_name(helper, at_most=NAME_LETTERS)
    member = sms_name(helper, at_most=MEMBER_LETTERS)
    return f"{sms_name(team, at_most=TEAM_LETTERS)} ({member})"
