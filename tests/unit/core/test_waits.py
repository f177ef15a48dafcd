from datetime import timedelta

import pytest

from core.waits import wait_after


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [(1, timedelta(seconds=1)), (2, timedelta(seconds=10)), (3, None), (9, None)],
)
def test_each_failed_try_rests_as_the_table_says(attempts: int, wait: timedelta | None) -> None:
    assert wait_after(attempts, (1, 10)) == wait
