from flask import Flask
from sqlalchemy import func, select

from accounts import service
from accounts.models import NameCase
from accounts.service import NamedObject
from core.messages import Message
from core.work import COMMAND, transaction
from tests.makers import make_enterprise, make_protected_name
from tests.race.crowd import rush


def test_a_name_sent_many_times_at_once_is_asked_about_once(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        make_protected_name(work, owner=make_enterprise(work))
        user = make_enterprise(work, name="Mẫu – Người dùng tên").id

    def send(_person: int) -> bool:
        with transaction(by=COMMAND) as work:
            of = NamedObject("enterprise", user, user)
            service.ask_about_name(work, of=of, name="Rèn Phúc Sen")
        return True

    _, refusals = rush(app, send)

    assert refusals == []
    with transaction(by=COMMAND) as work:
        assert work.session.scalar(select(func.count()).select_from(NameCase)) == 1
        assert work.session.scalar(select(func.count()).select_from(Message)) == 1
