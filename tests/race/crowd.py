"""A crowd: the same act by many threads at once, each in a transaction of its own."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import TypeVar

from flask import Flask

from core.errors import AppError

T = TypeVar("T")


def rush(
    app: Flask, act: Callable[[int], T], *, people: int = 16
) -> tuple[list[T], list[AppError]]:
    """Run `act(0..people-1)` at the same moment; give the answers and the refusals.

    Any other exception is raised: a crowd is no excuse for a failure.
    """
    answers: list[T] = []
    refusals: list[AppError] = []
    failures: list[BaseException] = []
    start = Barrier(people)

    def run(person: int) -> None:
        with app.app_context():
            start.wait()
            try:
                answers.append(act(person))
            except AppError as refusal:
                refusals.append(refusal)
            except BaseException as failure:  # noqa: BLE001  # Raised below, in the test's thread.
                failures.append(failure)

    threads = [Thread(target=run, args=(person,)) for person in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return answers, refusals
