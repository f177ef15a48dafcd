"""Who reads what comes in: features above, in the order of the application's one table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from core.work import Work

EXTENSION = "goc-inbound"


@dataclass(frozen=True)
class Incoming:
    """An SMS as the provider hands it over. The same `key` again is the same message."""

    key: str
    sender: str  # "+84…"
    words: str


# What a feature makes of an SMS: the answer in words, after its effect; None: not for it.
Reader = Callable[[Work, Incoming], str | None]


@dataclass(frozen=True)
class Readers:
    """Who is asked, one after another, and what is answered where nobody understands."""

    asked: Sequence[Reader]
    helping_words: str
    is_open: bool  # Whether anything can come in: a provider has a key, or this is the demo.


def init_inbound(app: Flask, readers: Readers) -> None:
    """Tell the application who reads."""
    app.extensions[EXTENSION] = readers


def readers() -> Readers:
    """The application's readers."""
    return cast("Readers", current_app.extensions[EXTENSION])


def can_be_answered() -> bool:
    """Whether somebody may be asked to answer an SMS of ours by one of theirs."""
    return readers().is_open
