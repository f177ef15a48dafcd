from threading import Barrier, Thread

from flask import Flask
from sqlalchemy import select

from accounts import service
from accounts.errors import LinkUsed
from accounts.models import PasswordLink, Person
from core.work import COMMAND, VISITOR, transaction
from tests.makers import make_person
from tests.race.crowd import rush

RIVALS = 8


def test_of_many_who_hold_one_link_exactly_one_sets_the_password(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        token = service.new_password_link(work, person_id=make_person(work).id)
    start = Barrier(RIVALS)
    won: list[int] = []
    refused: list[int] = []

    def rival(number: int) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction(by=VISITOR) as work:
                    service.set_password(work, token=token, password_hash=f"hash {number}")
                won.append(number)
            except LinkUsed:
                refused.append(number)

    threads = [Thread(target=rival, args=(number,)) for number in range(RIVALS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(won) == 1
    assert len(refused) == RIVALS - 1
    with transaction(by=COMMAND) as work:
        assert work.session.scalars(select(Person.password_hash)).one() == f"hash {won[0]}"


def test_of_many_links_made_at_once_exactly_one_opens(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        person_id = make_person(work).id

    def invite(_number: int) -> None:
        with transaction(by=COMMAND) as work:
            service.new_password_link(work, person_id=person_id)

    _, refusals = rush(app, invite, people=RIVALS)

    assert refusals == []
    with transaction(by=COMMAND) as work:
        open_links = select(PasswordLink).where(PasswordLink.used_at.is_(None))
        assert len(work.session.scalars(open_links).all()) == 1
        assert len(work.session.scalars(select(PasswordLink)).all()) == RIVALS
