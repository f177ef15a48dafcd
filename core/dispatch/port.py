"""The port of what is sent out: one carrier for SMS, one for mail, chosen by settings."""

from dataclasses import dataclass
from typing import Protocol, cast

from flask import Flask, current_app

from core.errors import AppError, sentence

EXTENSION = "goc-carriers"


class CarrierAway(AppError):
    """The provider does not answer, or refuses for now: the worker tries again."""

    status = 503
    sentence = sentence("Chưa gửi được tin nhắn. Xin thử lại sau ít phút.")


class Undeliverable(AppError):
    """The provider refuses this message for good; a second try would be refused as well."""

    sentence = sentence("Tin nhắn này không gửi đi được.")


@dataclass(frozen=True)
class Outgoing:
    """What a carrier is handed. The same `key` again is the same message: send it once."""

    key: str
    target: str
    words: str
    subject: str = ""


class Carrier(Protocol):
    """Somebody who takes messages to phones or mailboxes."""

    keeps_words: bool  # Only the demo's: its page shows what was sent.

    def deliver(self, message: Outgoing) -> None:
        """Hand the message over; returns when the provider has it.

        Raises:
            CarrierAway: not now; the message may have gone out or not.
            Undeliverable: never.
        """


@dataclass(frozen=True)
class Carriers:
    """Who carries what; None where nobody is set up."""

    sms: Carrier | None
    mail: Carrier | None

    def of(self, channel: str) -> Carrier | None:
        """The carrier of "sms" or "mail"."""
        return self.sms if channel == "sms" else self.mail


def init_dispatch(app: Flask, chosen: Carriers) -> None:
    """Give the application its carriers. Asks nothing of them."""
    app.extensions[EXTENSION] = chosen


def carriers() -> Carriers:
    """The application's carriers."""
    return cast("Carriers", current_app.extensions[EXTENSION])
