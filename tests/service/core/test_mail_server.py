"""The mail adapter against a real SMTP server of the test's own."""

import socket
from collections.abc import Iterator
from email.message import Message
from threading import Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as KeepMessage

from core.breaker import Breaker
from core.dispatch.adapters.mail import MailPlace, SmtpMail
from core.dispatch.port import CarrierAway, Outgoing, Undeliverable

MAIL = Outgoing("code:1", "hà@goc.example".replace("à", "a"), "Mã của bạn: 123456", "Gốc: mã")


class Mailbox(KeepMessage):
    """Keeps the mail; refuses a recipient with `code` where one is set."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[Message] = []
        self.code = ""

    def handle_message(self, message: Message) -> None:
        self.kept.append(message)

    async def handle_RCPT(  # noqa: N802  # The library's name.
        self, _server: object, _session: object, envelope: object, address: str, _options: object
    ) -> str:
        if self.code:
            return f"{self.code} no"
        envelope.rcpt_tos.append(address)  # type: ignore[attr-defined]  # aiosmtpd has no types.
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, MailPlace]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    place = MailPlace.parse(f"smtp://127.0.0.1:{port}", sender="Goc <goc@goc.example>")
    assert place is not None
    yield box, place
    controller.stop()


def test_a_mail_arrives_with_its_diacritics_and_a_name_of_its_own(
    mailbox: tuple[Mailbox, MailPlace],
) -> None:
    box, place = mailbox

    SmtpMail(place).deliver(MAIL)
    SmtpMail(place).deliver(MAIL)

    first, second = box.kept
    assert first["To"] == MAIL.target
    assert first["From"] == "Goc <goc@goc.example>"
    assert str(first["Subject"]).startswith("=?utf-8?")
    body = first.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.decode() == "Mã của bạn: 123456\r\n"
    assert first["Message-ID"] == second["Message-ID"]


@pytest.mark.parametrize(("code", "refusal"), [("550", Undeliverable), ("451", CarrierAway)])
def test_a_refused_recipient_is_for_good_or_for_now_as_the_server_says(
    mailbox: tuple[Mailbox, MailPlace], code: str, refusal: type[Exception]
) -> None:
    box, place = mailbox
    box.code = code

    with pytest.raises(refusal):
        SmtpMail(place).deliver(MAIL)

    assert box.kept == []


def test_a_password_never_goes_over_an_open_line(mailbox: tuple[Mailbox, MailPlace]) -> None:
    box, place = mailbox
    with_password = MailPlace(
        place.scheme, place.host, place.port, "goc", "secret", "goc@goc.example"
    )

    with pytest.raises(CarrierAway):  # This server offers no STARTTLS.
        SmtpMail(with_password).deliver(MAIL)

    assert box.kept == []


def test_a_server_that_is_not_there_is_tried_again() -> None:
    place = MailPlace.parse("smtp://127.0.0.1:9", sender="")
    assert place is not None

    with pytest.raises(CarrierAway):
        SmtpMail(place, seconds=0.5).deliver(MAIL)


def test_a_server_that_wants_nothing_from_us_is_no_fault_of_the_message() -> None:
    def refuse() -> None:
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"554 not you\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        refusing = Thread(target=refuse)
        refusing.start()
        place = MailPlace("smtp", "127.0.0.1", server.getsockname()[1], sender="goc@goc.example")

        with pytest.raises(CarrierAway, match="refuses us: 554"):
            SmtpMail(place).deliver(MAIL)
        refusing.join()


def test_a_server_that_hangs_is_left_alone_after_two_waits() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = MailPlace("smtp", "127.0.0.1", silent.getsockname()[1], sender="goc@goc.example")
        mail = SmtpMail(place, seconds=0.2, breaker=Breaker(lambda: 0.0))
        said = []
        for _ in range(20):
            with pytest.raises(CarrierAway) as refusal:
                mail.deliver(MAIL)
            said.append(str(refusal.value))

    assert said[:2] == ["the mail server: SMTPServerDisconnected"] * 2
    assert said[2:] == ["the mail server is left alone"] * 18


def test_an_address_of_a_mail_server_is_read_whole() -> None:
    assert MailPlace.parse("smtps://goc%40a:p%2Fw@mail.example", sender="x@y.vn") == MailPlace(
        "smtps", "mail.example", 465, "goc@a", "p/w", "x@y.vn"
    )
    assert MailPlace.parse("http://mail.example", sender="") is None
    assert MailPlace.parse("smtp://", sender="") is None
