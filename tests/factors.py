"""An authenticator app in the hand of a test: a secret, its codes, and a person who has it."""

from datetime import datetime, timedelta

import pyotp

from accounts import service
from accounts.models import Person
from accounts.service import NewFactor
from accounts.totp import secret_of, step_at
from core.sealing import sealer
from core.work import Work

SECRET = secret_of(b"twenty bytes of a test")


def code_at(moment: datetime, *, secret: str = SECRET) -> str:
    """What the app shows at a moment."""
    return pyotp.TOTP(secret).generate_otp(step_at(moment))


def give_app(work: Work, person: Person, *, secret: str = SECRET) -> None:
    """Give a person the app; its code of an hour ago was the last one used."""
    factor = app_of(person, secret=secret, step=step_at(work.now - timedelta(hours=1)))
    service.add_factor(work, person_id=person.id, factor=factor)


def app_of(person: Person, *, step: int, secret: str = SECRET) -> NewFactor:
    """The app as it would be added, its code of `step` being the one typed."""
    return service.new_totp(
        person_id=person.id, name="Máy của Hà", secret=secret, step=step, sealer=sealer()
    )
