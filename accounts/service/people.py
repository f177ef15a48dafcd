"""People, their passwords, where they belong and the offices they hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from accounts.errors import AreaUnknown, LinkUsed, SignInMalformed, SignInTaken
from accounts.hashing import hash_of_secret
from accounts.models import Appointment, PasswordLink, Person, SignIn
from accounts.names import sign_in_name
from accounts.rules import Role
from accounts.service.devices import end_young_but
from accounts.service.tokens import end_tokens
from accounts.service.trusted_devices import forget_devices
from core import audit
from core.database import insert_new
from core.places import communes, provinces
from core.work import Work

LINK_DAYS = 7  # A link travels by hand or by chat; a week is enough and not for ever.


def add_person(
    work: Work, *, sign_in: str | None, name: str, password_hash: str | None = None
) -> int:
    """Enter somebody and give their id. Without `sign_in` they exist on paper only.

    Raises:
        SignInMalformed: neither an e-mail address nor a telephone number.
        SignInTaken: somebody signs in by this name already.
    """
    stored = _free_name(work, sign_in) if sign_in is not None else None
    row = {
        "public_id": work.new_public_id(),
        "sign_in": stored,
        "name": name,
        "password_hash": password_hash,
        "created_at": work.now,
    }
    # Of two who enter one name at once the second waits here and is refused, not broken off.
    if not insert_new(work.session, Person, row):
        raise SignInTaken("sign-in taken", sign_in=stored)
    return work.session.scalars(select(Person.id).where(Person.public_id == row["public_id"])).one()


def appoint(work: Work, *, person_id: int, role: Role, area: str | None = None) -> None:
    """Give somebody an office for an area: a code of a commune or province, or the whole country.

    Raises:
        AreaUnknown: no place has this code.
    """
    province_code, commune_code = _area(area)
    appointment = Appointment(
        person_id=person_id,
        role=role,
        province_code=province_code,
        commune_code=commune_code,
        since_at=work.now,
    )
    work.session.add(appointment)
    work.session.flush()
    audit.record(
        work,
        act="appoint",
        object_kind="appointment",
        object_id=appointment.id,
        enterprise_id=None,
        role=role,
        area=area,
    )


@dataclass(frozen=True)
class Appointed:
    """The token of a one-time link, and whether an earlier invitation to another office ended."""

    token: str
    replaced: bool


def invite(work: Work, *, sign_in: str, role: Role, area: str | None) -> Appointed:
    """Enter an office holder and give a one-time link to set the password.

    Somebody invited before who never set one gets a new link and holds this office alone: the
    last invitation says what they are, so that a mistyped one leaves nothing behind.

    Raises:
        SignInMalformed, SignInTaken, AreaUnknown: as above; nothing is entered then.
    """
    waiting = work.session.scalar(
        select(Person)
        .where(Person.sign_in == sign_in_name(sign_in), Person.password_hash.is_(None))
        .with_for_update()
    )
    person_id = waiting.id if waiting else add_person(work, sign_in=sign_in, name=sign_in)
    replaced = _end_offices(work, person_id, but=role, area=area)
    if not _offices(work, person_id):
        appoint(work, person_id=person_id, role=role, area=area)
    return Appointed(new_password_link(work, person_id=person_id), replaced)


def new_password_link(work: Work, *, person_id: int) -> str:
    """The token of a link that sets this person's password once within LINK_DAYS.

    Every older link of the person ends: the newest alone opens.
    """
    _hold(work, person_id)
    _end_links(work, person_id)
    token = work.new_token()
    work.session.add(
        PasswordLink(
            token_hash=hash_of_secret(token),
            person_id=person_id,
            expires_at=work.now + timedelta(days=LINK_DAYS),
        )
    )
    work.session.flush()
    return token


def set_password(work: Work, *, token: str, password_hash: str) -> None:
    """Use a link up and store the password. Every other link and sign-in of the person ends.

    Raises:
        LinkUsed: it was used, is too old, or never was one.
    """
    token_hash = hash_of_secret(token)
    owner = select(PasswordLink.person_id).where(PasswordLink.token_hash == token_hash)
    _hold(work, work.session.scalar(owner))
    # Taken by one conditional UPDATE: of two who hold the link, one sets the password.
    person_id = work.session.scalar(
        update(PasswordLink)
        .where(PasswordLink.token_hash == token_hash)
        .where(PasswordLink.used_at.is_(None), PasswordLink.expires_at > work.now)
        .values(used_at=work.now)
        .returning(PasswordLink.person_id)
    )
    if person_id is None:
        raise LinkUsed("link used, old or unknown")
    _end_links(work, person_id)
    work.session.execute(
        update(Person).where(Person.id == person_id).values(password_hash=password_hash)
    )
    work.session.execute(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        .values(ended_at=work.now)
    )
    end_young_but(work, person_id=person_id, key_hash="")
    end_tokens(work, person_id=person_id)
    forget_devices(work, person_id=person_id)
    audit.record(
        work,
        act="set_password",
        object_kind="person",
        object_id=person_id,
        enterprise_id=None,
    )


def _hold(work: Work, person_id: int | None) -> None:
    # First the person, then their links, everywhere: two at once cannot lock each other out, and
    # of two new links at once the later one still ends the earlier.
    work.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def _end_links(work: Work, person_id: int) -> None:
    work.session.execute(
        update(PasswordLink)
        .where(PasswordLink.person_id == person_id, PasswordLink.used_at.is_(None))
        .values(used_at=work.now)
    )


def _free_name(work: Work, sign_in: str) -> str:
    stored = sign_in_name(sign_in)
    if stored is None:
        raise SignInMalformed("malformed sign-in", sign_in=sign_in)
    if work.session.scalar(select(Person.id).where(Person.sign_in == stored)) is not None:
        raise SignInTaken("sign-in taken", sign_in=stored)
    return stored


def _end_offices(work: Work, person_id: int, *, but: Role, area: str | None) -> bool:
    """End what the person holds besides this office; say whether there was anything."""
    ended = False
    for held in _offices(work, person_id):
        if not _is(held, but, area):
            held.ended_at = work.now
            ended = True
            audit.record(
                work,
                act="end_appointment",
                object_kind="appointment",
                object_id=held.id,
                enterprise_id=None,
                role=held.role,
                area=held.commune_code or held.province_code,
            )
    work.session.flush()
    return ended


def _offices(work: Work, person_id: int) -> Sequence[Appointment]:
    return work.session.scalars(
        select(Appointment)
        .where(Appointment.person_id == person_id, Appointment.ended_at.is_(None))
        .order_by(Appointment.id)
    ).all()


def _is(held: Appointment, role: Role, area: str | None) -> bool:
    return (held.role, held.province_code, held.commune_code) == (role, *_area(area))


def _area(code: str | None) -> tuple[str | None, str | None]:
    """The codes (province, commune) of an area."""
    if code is None:
        return None, None
    commune = communes().get(code)
    if commune is not None:
        return commune.province_code, commune.code
    province = provinces().get(code.lstrip("0"))
    if province is None:
        raise AreaUnknown("unknown area", area=code)
    return province.code, None
