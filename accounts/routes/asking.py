"""What the pages that ask for a second thing share: a passkey's options, and taking what came."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import current_app, request

from accounts import service
from accounts.challenges import CHANCE_BYTES, Asked, Place, new_challenge
from accounts.queries import OwnFactor
from core import clock, ids
from core.limits import Limit, misses, network_of
from core.sealing import sealer
from core.work import Work

# A code is one of a million and three are right at a time. Each window longer than the last, an
# hour at most: whoever knows somebody's password keeps them out no longer than that.
BY_NETWORK = Limit("second_network", ("60/10minutes", "200/1hour"))
BY_PERSON_HERE = Limit("second_person_here", ("10/10minutes", "30/1hour"))
BY_PERSON = Limit("second_person", ("60/1hour",))


def asked(about: str) -> Asked:
    """What a passkey is asked on this page; `about` names the purpose and the browser."""
    return Asked(_place(), about, sealer())


def passkey_options(factors: Sequence[OwnFactor], about: str) -> str:
    """The options for the page's script, as JSON; empty where the person has no passkey."""
    known = [one.fingerprint for one in factors if one.kind == "passkey"]
    if not known:
        return ""
    from accounts.adapters import passkeys  # noqa: PLC0415  # Slow to load, and seldom used.

    return passkeys.options(_place(), challenge=challenge(about), known=known)


def setup_options(factors: Sequence[OwnFactor], about: str, *, user_id: str, name: str) -> str:
    """The options to make a new passkey, as JSON."""
    from accounts.adapters import passkeys  # noqa: PLC0415  # As above.

    known = [one.fingerprint for one in factors if one.kind == "passkey"]
    return passkeys.setup_options(
        _place(), user_id=user_id, name=name, challenge=challenge(about), known=known
    )


def challenge(about: str) -> bytes:
    """A new challenge for this page."""
    chance = ids.random_bytes(CHANCE_BYTES)
    return new_challenge(sealer(), about=about, now=clock.now(), chance=chance)


def shows(*, code: str, answer: str, about: str) -> service.Show:
    """What takes the code or the passkey's answer that was sent."""

    def show(work: Work, person_id: int) -> bool:
        if answer:
            return service.show_passkey(
                work, person_id=person_id, answer=answer, asked=asked(about)
            )
        return service.use_code(work, person_id=person_id, typed=code, sealer=sealer())

    return show


def take_try(person_id: int) -> None:
    """Count a try before it is looked at.

    Raises:
        TooManyTries: from here, on this account, or both.
    """
    limits = _limits(person_id)
    for limit, key in limits:  # First all of them: a try that is refused counts nowhere.
        misses().refuse(limit, key)
    for limit, key in limits:
        misses().take(limit, key)


def forgive(person_id: int) -> None:
    """It was no miss; what was missed on this account from here is forgotten with it."""
    for limit, key in _limits(person_id):
        misses().give_back(limit, key)
    misses().forget(BY_PERSON_HERE, _limits(person_id)[1][1])


def _limits(person_id: int) -> tuple[tuple[Limit, str], ...]:
    network = network_of(request.remote_addr)
    return (
        (BY_NETWORK, network),
        (BY_PERSON_HERE, f"{network} {person_id}"),
        (BY_PERSON, str(person_id)),
    )


def _place() -> Place:
    """The public address; the demo is opened by whatever name reaches it."""
    settings = current_app.config["SETTINGS"]
    origin = request.host_url.rstrip("/") if settings.is_demo else settings.public_url
    return Place(urlsplit(origin).hostname or "", origin)
