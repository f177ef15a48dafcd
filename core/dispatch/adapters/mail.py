"""Mail by SMTP."""

import hashlib
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Self
from urllib.parse import unquote, urlsplit

from core.dispatch.port import CarrierAway, Outgoing, Undeliverable

SECONDS = 10.0
PERMANENT = 500  # SMTP's 5yz: no, and do not ask again.
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
    """One connection a message: they are few."""

    keeps_words = False

    def __init__(self, place: MailPlace, *, seconds: float = SECONDS) -> None:
        """Opens no connection."""
        self._place = place
        self._seconds = seconds

    def deliver(self, message: Outgoing) -> None:
        """See Carrier. A password never goes over a connection without TLS."""
        try:
            with self._server() as server:
                self._begin(server)
                server.send_message(self._mail(message))
        except smtplib.SMTPRecipientsRefused as error:
            code = max(code for code, _ in error.recipients.values())
            raise _refusal(code)("the mail server refused the recipient") from error
        except smtplib.SMTPResponseException as error:
            raise _refusal(error.smtp_code)(f"the mail server: {error.smtp_code}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise CarrierAway(f"the mail server: {type(error).__name__}") from error

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
