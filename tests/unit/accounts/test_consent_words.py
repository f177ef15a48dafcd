"""What is said and understood by SMS about helpers: one message each, in letters phones have."""

import pytest

from accounts.consent_words import (
    Reply,
    Said,
    answered_words,
    asking_words,
    ended_words,
    given_words,
    refused_words,
    reply_of,
    several_words,
)
from accounts.rules import Scope
from app.slots import SMS_HELP
from core.text.sms import sms_words

LINK = "https://goc.example/consents/" + "7" * 26
LONG_NAME = "Nguyễn Thị Hoàng Phương Thảo Nguyên"


@pytest.mark.parametrize(
    ("words", "reply"),
    [
        ("37", Reply(Said.PAIR, "37")),
        (" 3 7. ", Reply(Said.PAIR, "37")),
        ("“05”", Reply(Said.PAIR, "05")),
        ("KHONG", Reply(Said.NO)),
        ("Không!", Reply(Said.NO)),
        ("không phải tôi", Reply(Said.NO)),
        ("Thôi", Reply(Said.END)),
        ("DỪNG", Reply(Said.END)),
        ("đừng", Reply(Said.END)),
    ],
)
def test_an_answer_is_understood_with_and_without_marks(words: str, reply: Reply) -> None:
    assert reply_of(words) == reply


@pytest.mark.parametrize("words", ["", "3", "375", "37 nhe", "co", "7K3MQ9T2XB40G", "٣٧"])
def test_anything_else_is_no_answer(words: str) -> None:
    assert reply_of(words) is None


def test_an_asking_says_who_until_when_and_both_ways_to_answer() -> None:
    words = asking_words(helper="Nông Văn Minh", until="22/12/2026", link=LINK, answerable=True)

    assert words == (
        "Goc: Nong Van Minh xin giup ban den 22/12/2026."
        f" Nhan lai 2 so tren may ho, hay KHONG. Xem: {LINK}"
    )


def test_where_no_sms_comes_in_none_is_asked_for() -> None:
    words = asking_words(helper="Minh", until="22/12/2026", link=LINK)

    assert words == f"Goc: Minh xin giup ban den 22/12/2026. Xem va tra loi: {LINK}"


@pytest.mark.parametrize(
    ("more", "begins"),
    [
        (10, "Goc: Nguyen Thi Hoang Phu xin giup ban. Nhan lai"),
        (25, "Goc: Nguyen Thi Hoang Phu xin giup ban den 22/12/2026. Xem"),
        (40, "Goc: Nguyen Thi Hoang Phu xin giup ban: https"),
    ],
)
def test_with_a_long_address_words_give_way_and_the_link_stays(more: int, begins: str) -> None:
    link = LINK + "x" * more

    words = asking_words(helper=LONG_NAME, until="22/12/2026", link=link, answerable=True)

    assert words.startswith(begins)
    assert words.endswith(link)
    assert len(words) <= 160


def test_what_was_agreed_to_is_said_in_the_order_of_the_rules_with_the_way_out() -> None:
    words = given_words(helper="Minh", scopes=[Scope.STAMPS, Scope.LISTING], until="22/12/2026")

    assert words == (
        "Goc: ban da cho Minh lam giup den 22/12/2026: dang hang, in tem. Muon thoi: nhan THOI."
    )


@pytest.mark.parametrize(
    "words",
    [
        given_words(helper=LONG_NAME, scopes=list(Scope), until="22/12/2026"),
        refused_words(helper=LONG_NAME, wrong_pair=True),
        refused_words(helper=LONG_NAME, wrong_pair=False),
        answered_words(),
        several_words(),
        ended_words([LONG_NAME] * 9),
        SMS_HELP,
    ],
)
def test_every_answer_is_one_sms_without_marks(words: str) -> None:
    assert sms_words(words) == words
    assert len(words) <= 160


def test_three_names_are_said_and_the_rest_is_others() -> None:
    assert (
        ended_words(["An", "Bình", "Chi"])
        == "Goc: da ngung. An, Binh, Chi khong lam giup ban duoc nua."
    )
    assert ended_words(["An"] * 4) == (
        "Goc: da ngung. An, An, An va nguoi khac khong lam giup ban duoc nua."
    )
