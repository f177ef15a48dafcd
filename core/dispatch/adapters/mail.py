"""Mail by SMTP."""

import hashlib
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Self
from urllib.parse import unquote, urlsplit

from core.breaker import Breaker
from core.clock import steady_seconds
from core.dispatch.port import CarrierAway, Outgoing, Undeliverable

SECONDS = 10.0
PERMANENT = 500  # SMTP's 5yz: no, and do not ask again.
# A wrong password, say: no fault of the message, which goes once it is put right.
_REFUSES_US = (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError, smtplib.SMTPHeloError)
_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class MailPlace:
    """Where the mail server listens and what it knows us by; `smtps` speaks TLS at once."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""

    @classmethod
    def parse(cls, url: str, *, sender: str) -> Self | None:
        """Read smtp://USER:PASSWORD@HOST:PORT; None where it is no such address."""
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            return None
        return cls(
            scheme=parts.scheme,
            host=parts.hostname,
            port=parts.port or _PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            sender=sender or f"goc@{parts.hostname}",
        )


class SmtpMail:
    """One connection a message: they are few. A server that hangs is left alone, as for SMS."""

    keeps_words = False

    def __init__(
        self, place: MailPlace, *, seconds: float = SECONDS, breaker: Breaker | None = None
    ) -> None:
        """Opens no connection."""
        self._place = place
        self._seconds = seconds
        self._breaker = breaker or Breaker(steady_seconds)

    def deliver(self, message: Outgoing) -> None:
        """See Carrier. A password never goes over a connection without TLS."""
        with self._asking(), self._server() as server:
            self._begin(server)
            server.send_message(self._mail(message))

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Turn whatever the server or the way to it refuses into the port's errors."""
        if not self._breaker.may_ask():
            raise CarrierAway("the mail server is left alone")
        try:
            yield
        except smtplib.SMTPRecipientsRefused as error:
            self._breaker.answered()
            code = max(code for code, _ in error.recipients.values())
            raise _refusal(code)("the mail server refused the recipient") from error
        except _REFUSES_US as error:
            self._breaker.answered()
            raise CarrierAway(f"the mail server refuses us: {error.smtp_code}") from error
        except smtplib.SMTPResponseException as error:
            self._breaker.answered()
            raise _refusal(error.smtp_code)(f"the mail server: {error.smtp_code}") from error
        except (OSError, smtplib.SMTPException) as error:
            self._breaker.failed()
            raise CarrierAway(f"the mail server: {type(error).__name__}") from error
        self._breaker.answered()

    def _server(self) -> smtplib.SMTP:
        place = self._place
        if place.scheme == "smtps":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(place.host, place.port, timeout=self._seconds, context=context)
        return smtplib.SMTP(place.host, place.port, timeout=self._seconds)

    def _begin(self, server: smtplib.SMTP) -> None:
        place = self._place
        server.ehlo()
        if place.scheme == "smtp" and (place.user or server.has_extn("starttls")):
            server.starttls(context=ssl.create_default_context())
        if place.user:
            server.login(place.user, place.password)

    def _mail(self, message: Outgoing) -> EmailMessage:
        mail = EmailMessage()
        mail["From"] = self._place.sender
        mail["To"] = message.target
        mail["Subject"] = message.subject
        # The same message tried twice is one to mail readers that look.
        key = hashlib.sha256(message.key.encode()).hexdigest()[:32]
        mail["Message-ID"] = f"<{key}@{self._place.sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.words)
        return mail


def _refusal(code: int) -> type[CarrierAway | Undeliverable]:
    return Undeliverable if code >= PERMANENT else CarrierAway
