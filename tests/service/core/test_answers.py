"""What a request was answered: told again to whoever sent the same, to nobody else."""

import pytest

from core.answers import RequestReused, keep_answer, kept_answer, reserve_answer
from core.work import By, Work

MINE = By("person", 1, enterprise_id=7)


@pytest.fixture
def kept(work: Work) -> Work:
    """Somebody's request was answered."""
    work.by = MINE
    assert reserve_answer(work, request_id="a", act="edit:1") is None
    keep_answer(work, request_id="a", location="/here")
    return work


def test_the_same_request_of_the_same_person_is_answered_alike(kept: Work) -> None:
    assert kept_answer(kept.session, by=MINE, request_id="a", act="edit:1") == "/here"
    assert reserve_answer(kept, request_id="a", act="edit:1") == "/here"


@pytest.mark.parametrize(
    "by", [By("person", 2, enterprise_id=7), By("person", 1, enterprise_id=8), By("person", 1)]
)
def test_nobody_reads_anothers_answer_nor_one_of_another_enterprise(kept: Work, by: By) -> None:
    assert kept_answer(kept.session, by=by, request_id="a", act="edit:1") is None

    kept.by = by
    assert reserve_answer(kept, request_id="a", act="edit:1") is None
    keep_answer(kept, request_id="a", location="/there")
    assert kept_answer(kept.session, by=MINE, request_id="a", act="edit:1") == "/here"


def test_another_request_is_not_answered_as_this_one(kept: Work) -> None:
    assert kept_answer(kept.session, by=MINE, request_id="b", act="edit:1") is None
    assert kept_answer(kept.session, by=MINE, request_id="a", act="edit:2") is None
    with pytest.raises(RequestReused):
        reserve_answer(kept, request_id="a", act="edit:2")
