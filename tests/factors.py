"""An authenticator app in the hand of a test: a secret, its codes, and a person who has it."""

from datetime import datetime, timedelta

import pyotp

from accounts import service
from accounts.models import Person
from accounts.totp import secret_of, step_at
from core.sealing import sealer
from core.work import Work

SECRET = secret_of(b"twenty bytes of a test")


def code_at(moment: datetime, *, secret: str = SECRET) -> str:
    """What the app shows at a moment."""
    return pyotp.TOTP(secret).generate_otp(step_at(moment))


def give_app(work: Work, person: Person, *, secret: str = SECRET) -> None:
    """Give a person the app; its code of an hour ago was the last one used."""
    service.add_totp(
        work,
        person_id=person.id,
        name="Máy của Hà",
        secret=secret,
        step=step_at(work.now - timedelta(hours=1)),
        sealer=sealer(),
    )
