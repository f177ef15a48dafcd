from dataclasses import replace
from itertools import product

import pytest

from core.text.sms import LONGEST, sms_words
from traceability.rules import Case, Colour, Grade, Judgement, Notice, Verdict, VoidReason
from traceability.rules.recalls import Advice
from traceability.rules.sms_answers import MALFORMED, SEVERAL, TOO_MANY, Spoken, sms_answer

SPOKEN = Spoken(
    serial="7K3M Q9T2 XB40G",
    maker="Mẫu – Rèn Phúc Sen",
    phone="0912 345 678",
    lot="26-11A",
    since="12/11/2026",
    printed="10/11/2026",
    first="02/11/2026",
    last="20/11/2026",
    best_before="12/11/2026",
    code_used="14:05 21/11/2026",
    claimed="12/11/2026",
    is_eaten=True,
)
LONG = replace(
    SPOKEN,
    maker="Hợp tác xã Nông nghiệp và Dịch vụ Tổng hợp Chè Shan tuyết Hoàng Su Phì",
    lot="LÔ-CHÈ-2026-11-VỤ-ĐÔNG",
    phone="0912 345 678",
)
BARE = replace(SPOKEN, phone="", maker="", lot="")
NEVER = ("chinh hang", "hang that", "100", "dam bao", "cam ket", "dang ngo")


def judged(verdict: Verdict, **more: object) -> Judgement:
    facts = {"grade": Grade.CALM, "colour": Colour.GREEN, "seal": "", **more}
    return Judgement(verdict, **facts)  # type: ignore[arg-type]  # A test tells what it is about.


EVERY = [
    judged(Verdict.FIRST_CHECK),
    *(judged(Verdict.CHECKED_BEFORE, case=case, earlier=12_345) for case in Case),
    judged(Verdict.SUSPICIOUS),
    judged(Verdict.NOT_ISSUED),
    judged(Verdict.NOT_ACTIVATED),
    judged(Verdict.RECALLED),
    *(judged(Verdict.VOID, void_reason=reason) for reason in VoidReason),
    judged(Verdict.FIRST_CHECK, notices=(Notice.EXPIRED,)),
]


def test_each_verdict_fits_one_sms_without_marks_whatever_the_names() -> None:
    notices = [
        (),
        (Notice.LOT_ON_HOLD,),
        (Notice.LOT_ON_HOLD, Notice.SELLER_SUSPENDED),
        (Notice.CLAIMED, Notice.CODE_AGAIN),
    ]
    for judgement, more, spoken in product(EVERY, notices, (SPOKEN, LONG, BARE)):
        answer = sms_answer(replace(judgement, notices=judgement.notices + more), spoken)

        assert len(answer) <= LONGEST
        assert sms_words(answer) == answer
        assert not any(word in answer.casefold() for word in NEVER)


def test_no_answer_ends_in_what_is_not_known() -> None:
    for judgement in EVERY:
        answer = sms_answer(judgement, BARE)

        assert "  " not in answer
        assert " ." not in answer
        assert " ," not in answer


@pytest.mark.parametrize(
    ("judgement", "answer"),
    [
        (
            judged(Verdict.FIRST_CHECK),
            (
                "Tem co trong so, lan kiem dau tien. Mau - Ren Phuc Sen bao da dan 12/11/2026, lo"
                " 26-11A. Tem khong biet dan tren mon gi: hay hoi nguoi lam."
            ),
        ),
        (
            judged(Verdict.CHECKED_BEFORE, case=Case.MANY, earlier=6),
            (
                "Tem co trong so, nhung da kiem 6 luot truoc ban, nhieu hon thuong thay. Chua du de"
                " noi tem bi chep. Hay hoi nguoi lam 0912 345 678."
            ),
        ),
        (
            judged(Verdict.NOT_ISSUED),
            (
                "Khong co so tem nay trong so: 7K3M Q9T2 XB40G dung mau nhung chua tung duoc phat."
                " Xin so lai tung chu voi tem (tem khong co chu I, L, O, U)."
            ),
        ),
        (
            judged(Verdict.VOID, void_reason=VoidReason.LOST),
            (
                "Tem nay da huy. Mau - Ren Phuc Sen bao mat tem 12/11/2026, truoc khi dan. Nguoi"
                " ban co the khong biet."
            ),
        ),
        (
            judged(Verdict.FIRST_CHECK, notices=(Notice.EXPIRED,)),
            (
                "Tem co trong so, nhung hang da qua han dung 12/11/2026. Dung an; hoi nguoi ban"
                " de doi."
            ),
        ),
    ],
    ids=["first", "many", "not issued", "lost", "expired"],
)
def test_an_answer_says_what_the_page_says(judgement: Judgement, answer: str) -> None:
    assert sms_answer(judgement, SPOKEN) == answer


def test_a_lot_on_hold_is_said_where_there_is_room() -> None:
    judgement = judged(Verdict.CHECKED_BEFORE, case=Case.SAME, notices=(Notice.LOT_ON_HOLD,))

    assert sms_answer(judgement, SPOKEN) == (
        "Tem co trong so, vua duoc hoi tu chinh may nay. Lo nay tam dung ban."
    )


@pytest.mark.parametrize("words", [MALFORMED, SEVERAL, TOO_MANY], ids=["bad", "two", "many"])
def test_what_is_no_serial_is_answered_in_one_sms_too(words: str) -> None:
    assert sms_words(words) == words


def test_a_code_used_before_comes_first_with_its_time() -> None:
    again = (Notice.CLAIMED, Notice.CODE_AGAIN)
    few = judged(Verdict.CHECKED_BEFORE, case=Case.FEW, earlier=3, notices=again)
    first = judged(Verdict.FIRST_CHECK, notices=again)
    doubted = judged(Verdict.SUSPICIOUS, notices=again)

    assert sms_answer(few, SPOKEN) == (
        "Tem co trong so, da kiem 3 luot truoc ban. Ma cao nay da dung luc 14:05 21/11/2026."
        " Neu khong phai ban cao, dung mua. Goi 0912 345 678."
    ).replace("0912 345 678", SPOKEN.phone)
    assert sms_answer(first, BARE) == (
        "Tem co trong so. Ma cao nay da dung luc 14:05 21/11/2026."
        " Neu khong phai ban cao, dung mua. Ngay 12/11/2026 co nguoi bam da mua mon nay."
    )
    assert sms_answer(doubted, SPOKEN).startswith("Can than, tem nay co the da bi chep.")


def test_a_recalled_lot_says_what_to_do_and_that_the_stamp_is_not_the_reason() -> None:
    recalled = judged(Verdict.RECALLED)

    assert sms_answer(recalled, BARE) == (
        "Dung lai, lo dang bi thu hoi. Khong an; hoi nguoi lam."
        " Thu hoi la do lo hang, khong phai do con tem."
    )
    kept = replace(LONG, advice=Advice.KEEP, is_eaten=False)
    assert "Khong dung, giu ca vo; hoi Hop tac xa" in sms_answer(recalled, kept)
    thrown = replace(kept, advice=Advice.THROW_AWAY, recall_phone="024 3825 1234")
    assert "Khong dung, bo di; goi 024 3825 1234." in sms_answer(recalled, thrown)


@pytest.mark.parametrize("advice", list(Advice), ids=str)
def test_whatever_a_recall_advises_fits_one_sms(advice: Advice) -> None:
    for spoken, phone in product((SPOKEN, LONG, BARE), ("", LONG.phone)):
        told = replace(spoken, advice=advice, recall_phone=phone, is_eaten=False)

        assert len(sms_answer(judged(Verdict.RECALLED), told)) <= LONGEST


def test_a_claim_is_told_where_there_is_room() -> None:
    claimed = judged(Verdict.FIRST_CHECK, notices=(Notice.CLAIMED,))
    once = judged(Verdict.CHECKED_BEFORE, case=Case.SAME, notices=(Notice.CLAIMED,))

    said = "Ngay 12/11/2026 co nguoi bam da mua mon nay."
    assert sms_answer(once, SPOKEN).endswith(said)
    assert said not in sms_answer(claimed, LONG)
