from core.breaker import PAUSE_SECONDS, Breaker


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_one_failure_changes_nothing() -> None:
    breaker = Breaker(Seconds())

    breaker.failed()

    assert breaker.may_ask()


def test_after_two_failures_in_a_row_the_engine_is_left_alone_for_ten_seconds() -> None:
    seconds = Seconds()
    breaker = Breaker(seconds)
    breaker.failed()
    breaker.failed()

    assert PAUSE_SECONDS == 10
    seconds.now += 9.9
    assert not breaker.may_ask()
    seconds.now += 0.1
    assert breaker.may_ask()
    assert not breaker.may_ask(), "a second caller does not wait beside the first"


def test_an_answer_between_two_failures_counts_them_anew() -> None:
    breaker = Breaker(Seconds())
    breaker.failed()
    breaker.answered()

    breaker.failed()

    assert breaker.may_ask()


def test_the_try_after_the_pause_opens_it_again_only_when_it_is_answered() -> None:
    seconds = Seconds()
    breaker = Breaker(seconds)
    breaker.failed()
    breaker.failed()
    seconds.now += 10
    assert breaker.may_ask()

    breaker.failed()
    assert not breaker.may_ask()

    seconds.now += 10
    assert breaker.may_ask()
    breaker.answered()
    assert breaker.may_ask()
    assert breaker.may_ask()
