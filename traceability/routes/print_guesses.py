"""Guessing print codes: misses are few for one address, and few for all together."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request

from core import metrics
from core.errors import sentence
from core.limits import Limit, TooManyTries, misses, network_of

HELD = metrics.Counter("goc_print_codes_held", "Print codes not looked up: too many are guessed.")
# A clerk who misreads a letter tries a few; nobody reads ten codes wrongly in an hour.
GUESSES = Limit("print code", ("5/minute", "10/hour"))
# Guesses come from many addresses too, and six letters are 30 bits: with a hundred open codes a
# thousand misses an hour meet one in some ten thousand hours (ADR 15).
ALL_GUESSES = Limit("print codes of all", ("100/minute", "1000/hour"))
_ALL = "all"


class GuessingHeld(TooManyTries):
    """So many wrong codes came from everywhere that no further one is looked at for a while."""

    sentence = sentence(
        "Lúc này có quá nhiều mã in gõ sai từ nhiều nơi, nên tạm chưa nhận mã. Xin đợi %(minutes)s"
        " phút, hoặc nhờ người làm ra gửi thẳng tệp tem."
    )


@contextmanager
def guessing() -> Iterator[None]:
    """Look a print code up within: a refusal is a miss, and counts; a code that is there does not.

    The try is taken before the look-up, so that of many at once none slips through.

    Raises:
        TooManyTries: the address has missed too often.
        GuessingHeld: all together have.
    """
    address = network_of(request.remote_addr)
    try:
        misses().take(ALL_GUESSES, _ALL)
    except TooManyTries as full:
        HELD.inc()
        raise GuessingHeld(str(full), **full.values) from None
    try:
        misses().take(GUESSES, address)
    except TooManyTries:
        misses().give_back(ALL_GUESSES, _ALL)  # Nothing was looked up: the others lose nothing.
        raise
    yield
    misses().give_back(GUESSES, address)
    misses().give_back(ALL_GUESSES, _ALL)
