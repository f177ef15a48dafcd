from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from accounts import queries, service
from accounts.errors import (
    AreaUnknown,
    LinkUsed,
    SignInMalformed,
    SignInRefused,
    SignInTaken,
)
from accounts.hashing import hash_of_secret
from accounts.models import Appointment, Enterprise, Membership, PasswordLink, Person, SignIn
from accounts.rules import Ground, Member, Office, Role
from core.audit import AuditEntry
from core.errors import NotFound
from core.work import By, Work
from tests.makers import make_enterprise, make_member, make_officer, make_person, make_sign_in


def _count(work: Work, table: type) -> int:
    return work.session.scalar(select(func.count()).select_from(table)) or 0


def _ended(work: Work) -> dict[str, datetime | None]:
    rows = work.session.execute(select(SignIn.key_hash, SignIn.ended_at))
    return {row.key_hash: row.ended_at for row in rows}


def test_a_person_is_entered_under_the_name_as_it_is_stored(work: Work) -> None:
    id_ = service.add_person(work, sign_in="0912 345 678", name="Hà", password_hash="h")

    person = work.session.get_one(Person, id_)
    assert (person.sign_in, person.name, person.password_hash) == ("+84912345678", "Hà", "h")
    assert person.created_at == work.now


def test_somebody_on_paper_has_no_name_to_sign_in_by(work: Work) -> None:
    service.add_person(work, sign_in=None, name="A")
    service.add_person(work, sign_in=None, name="B")

    assert work.session.scalars(select(Person.sign_in)).all() == [None, None]


def test_two_people_never_share_a_name_to_sign_in_by(work: Work) -> None:
    service.add_person(work, sign_in="ha@goc.example", name="Hà")

    with pytest.raises(SignInTaken) as refusal:
        service.add_person(work, sign_in="HA@goc.example", name="Hạ")

    assert refusal.value.values == {"sign_in": "ha@goc.example"}
    assert _count(work, Person) == 1


def test_an_invitation_enters_the_person_the_office_and_a_link(work: Work) -> None:
    token = service.invite(work, sign_in="lan@goc.example", role=Role.OFFICER, area="00070").token

    person = work.session.scalars(select(Person)).one()
    link = work.session.scalars(select(PasswordLink)).one()
    assert queries.offices(work.session, person.id, today=work.today) == (
        Office(work.session.scalars(select(Appointment.id)).one(), Role.OFFICER, "1", "00070"),
    )
    assert (link.token_hash, link.person_id) == (hash_of_secret(token), person.id)
    assert link.expires_at == work.now + timedelta(days=7)
    audited = work.session.scalars(select(AuditEntry)).one()
    assert (audited.act, audited.details) == ("appoint", {"role": "officer", "area": "00070"})


@pytest.mark.parametrize(
    ("area", "codes"), [(None, (None, None)), ("4", ("4", None)), ("04", ("4", None))]
)
def test_an_area_is_the_country_or_a_province(
    work: Work, area: str | None, codes: tuple[str | None, str | None]
) -> None:
    service.invite(work, sign_in="lan@goc.example", role=Role.OPERATOR, area=area)

    row = work.session.scalars(select(Appointment)).one()
    assert (row.role, row.province_code, row.commune_code) == ("operator", *codes)


@pytest.mark.parametrize("area", ["99", "0", "", "Cao Bằng"])
def test_an_unknown_area_is_refused(work: Work, area: str) -> None:
    with pytest.raises(AreaUnknown):
        service.invite(work, sign_in="lan@goc.example", role=Role.OFFICER, area=area)


def test_a_malformed_name_is_refused(work: Work) -> None:
    with pytest.raises(SignInMalformed):
        service.invite(work, sign_in="lan", role=Role.OFFICER, area=None)

    assert _count(work, Person) == 0


def test_somebody_who_never_set_a_password_gets_a_second_link_and_no_second_office(
    work: Work,
) -> None:
    first = service.invite(work, sign_in="lan@goc.example", role=Role.OFFICER, area="4")

    second = service.invite(work, sign_in="LAN@goc.example", role=Role.OFFICER, area="4")

    assert second.token != first.token
    assert not second.replaced
    assert (_count(work, Person), _count(work, Appointment), _count(work, PasswordLink)) == (
        1,
        1,
        2,
    )


def test_a_second_invitation_to_another_office_replaces_the_first_and_says_so(work: Work) -> None:
    service.invite(work, sign_in="lan@goc.example", role=Role.OPERATOR, area=None)

    again = service.invite(work, sign_in="lan@goc.example", role=Role.OFFICER, area="4")

    assert again.replaced
    person = work.session.scalars(select(Person)).one()
    held = queries.offices(work.session, person.id, today=work.today)
    assert [(one.role, one.province_code) for one in held] == [(Role.OFFICER, "4")]
    assert work.session.scalars(select(AuditEntry.act).order_by(AuditEntry.act)).all() == [
        "appoint",
        "appoint",
        "end_appointment",
    ]


@pytest.mark.parametrize("area", ["00070", "4"])
def test_what_is_written_down_of_an_office_that_ended_names_its_area(work: Work, area: str) -> None:
    service.invite(work, sign_in="lan@goc.example", role=Role.OFFICER, area=area)

    service.invite(work, sign_in="lan@goc.example", role=Role.OPERATOR, area=None)

    ended = select(AuditEntry.details).where(AuditEntry.act == "end_appointment")
    assert work.session.scalars(ended).all() == [{"role": "officer", "area": area}]


def test_a_newer_link_ends_the_older_one(work: Work) -> None:
    person, other = make_person(work), make_person(work, sign_in="mai@goc.example")
    others = service.new_password_link(work, person_id=other.id)
    older = service.new_password_link(work, person_id=person.id)

    newer = service.new_password_link(work, person_id=person.id)

    alive = {
        token: queries.password_link_is_alive(work.session, token=token, now=work.now)
        for token in (older, newer, others)
    }
    assert alive == {older: False, newer: True, others: True}
    with pytest.raises(LinkUsed):
        service.set_password(work, token=older, password_hash="old")
    work.session.refresh(person)
    assert person.password_hash is None


def test_a_link_that_was_used_keeps_when(work: Work) -> None:
    person = make_person(work)
    token, used_at = service.new_password_link(work, person_id=person.id), work.now
    service.set_password(work, token=token, password_hash="old")
    work.now += timedelta(days=1)

    service.new_password_link(work, person_id=person.id)

    used = select(PasswordLink.used_at).where(PasswordLink.token_hash == hash_of_secret(token))
    assert work.session.scalar(used) == used_at


def test_using_a_link_ends_every_other_of_the_person(work: Work) -> None:
    person = make_person(work)
    stray = service.new_password_link(work, person_id=person.id)
    token = service.new_password_link(work, person_id=person.id)
    work.session.execute(update(PasswordLink).values(used_at=None))  # As before links ended.

    service.set_password(work, token=token, password_hash="new")

    with pytest.raises(LinkUsed):
        service.set_password(work, token=stray, password_hash="newer")
    work.session.refresh(person)
    assert person.password_hash == "new"


def test_setting_a_password_is_written_down_without_the_password(work: Work) -> None:
    person = make_person(work)

    service.set_password(
        work, token=service.new_password_link(work, person_id=person.id), password_hash="new"
    )

    row = work.session.scalars(select(AuditEntry)).one()
    assert (row.act, row.object_kind, row.object_id) == ("set_password", "person", person.id)
    assert row.details == {}


def test_somebody_with_a_password_is_not_invited_again(work: Work) -> None:
    person = make_person(work, sign_in="lan@goc.example")
    person.password_hash = "h"
    work.session.flush()

    with pytest.raises(SignInTaken):
        service.invite(work, sign_in="lan@goc.example", role=Role.OFFICER, area=None)

    assert _count(work, PasswordLink) == 0


def test_a_link_sets_the_password_once_and_ends_what_was_open(work: Work) -> None:
    person, other = make_person(work), make_person(work, sign_in="mai@goc.example")
    make_sign_in(work, person=person, key="hers")
    make_sign_in(work, person=other, key="not hers")
    token = service.new_password_link(work, person_id=person.id)
    assert queries.password_link_is_alive(work.session, token=token, now=work.now)

    service.set_password(work, token=token, password_hash="new")

    work.session.refresh(person)
    work.session.refresh(other)
    assert (person.password_hash, other.password_hash) == ("new", None)
    assert not queries.password_link_is_alive(work.session, token=token, now=work.now)
    ended = _ended(work)
    assert ended == {hash_of_secret("hers"): work.now, hash_of_secret("not hers"): None}
    with pytest.raises(LinkUsed):
        service.set_password(work, token=token, password_hash="newer")
    work.session.refresh(person)
    assert person.password_hash == "new"


def test_a_link_dies_by_the_clock(work: Work) -> None:
    person = make_person(work)
    token = service.new_password_link(work, person_id=person.id)
    work.now += timedelta(days=7)

    assert not queries.password_link_is_alive(work.session, token=token, now=work.now)
    with pytest.raises(LinkUsed):
        service.set_password(work, token=token, password_hash="new")


def test_signing_in_acts_for_the_oldest_living_membership(work: Work) -> None:
    person = make_person(work)
    person.password_hash = "h"
    left, oldest, newest, foreign = (make_enterprise(work, name=f"Mẫu – {n}") for n in "abcd")
    make_member(work, enterprise=foreign, person=make_person(work, sign_in="mai@goc.example"))
    make_member(work, enterprise=left, person=person).ended_at = work.now
    work.now += timedelta(days=1)
    make_member(work, enterprise=oldest, person=person, role="warehouse")
    work.now += timedelta(days=1)
    make_member(work, enterprise=newest, person=person, role="grower")

    service.begin_sign_in(work, person_id=person.id, key_hash="k")

    who = queries.who_signed_in(work.session, key_hash="k", now=work.now)
    assert who is not None
    assert (who.person_id, who.name) == (person.id, "Hà")
    assert who.acting == Member(oldest.id, oldest.public_id, "Mẫu – b", Role.WAREHOUSE)
    assert [one.enterprise_id for one in who.memberships] == [oldest.id, newest.id]
    row = work.session.get_one(SignIn, "k")
    assert row.expires_at == work.now + timedelta(days=90)
    assert queries.who_signed_in(work.session, key_hash="k", now=row.expires_at) is None
    assert queries.who_signed_in(work.session, key_hash="l", now=work.now) is None


def test_a_password_changed_meanwhile_signs_nobody_in(work: Work) -> None:
    person = make_person(work)
    person.password_hash = "new"
    work.session.flush()

    with pytest.raises(SignInRefused):
        service.refuse_changed_password(work, person_id=person.id, password_hash="old")

    assert _count(work, SignIn) == 0


def test_signing_out_ends_one_sign_in_and_keeps_when(work: Work) -> None:
    person = make_person(work)
    make_sign_in(work, person=person, key="a")
    make_sign_in(work, person=person, key="b")
    ended_at = work.now

    service.sign_out(work, key_hash=hash_of_secret("a"))
    work.now += timedelta(days=1)
    service.sign_out(work, key_hash=hash_of_secret("a"))

    ended = _ended(work)
    assert ended == {hash_of_secret("a"): ended_at, hash_of_secret("b"): None}


def _with_two_enterprises(work: Work) -> tuple[Person, str, list[str]]:
    person = make_person(work)
    one, two = make_enterprise(work), make_enterprise(work, name="Mẫu – HTX")
    make_member(work, enterprise=one, person=person)
    make_member(work, enterprise=two, person=person, role="grower")
    stranger = make_enterprise(work, name="Mẫu – Khác")
    make_member(work, enterprise=stranger, person=make_person(work, sign_in="mai@goc.example"))
    make_sign_in(work, person=person, enterprise=one)
    work.by = By("person", person.id, one.id)
    return person, hash_of_secret("key"), [one.public_id, two.public_id, stranger.public_id]


def test_one_acts_for_another_of_ones_enterprises_on_this_device(work: Work) -> None:
    person, key_hash, (_, two, _) = _with_two_enterprises(work)
    make_sign_in(work, person=person, key="telephone")

    service.switch_enterprise(work, key_hash=key_hash, enterprise=two)

    who = queries.who_signed_in(work.session, key_hash=key_hash, now=work.now)
    assert who is not None
    assert who.acting is not None
    assert (who.acting.enterprise_public_id, who.acting.role) == (two, Role.GROWER)
    other = queries.who_signed_in(work.session, key_hash=hash_of_secret("telephone"), now=work.now)
    assert other is not None
    assert other.acting is None


def test_nobody_switches_to_an_enterprise_they_do_not_belong_to(work: Work) -> None:
    _person, key_hash, (one, two, stranger) = _with_two_enterprises(work)
    ended = work.session.scalars(select(Membership).where(Membership.role == "grower")).one()
    ended.ended_at = work.now
    work.session.flush()

    for enterprise in (stranger, two, "0000000000", ""):
        with pytest.raises(NotFound):
            service.switch_enterprise(work, key_hash=key_hash, enterprise=enterprise)

    who = queries.who_signed_in(work.session, key_hash=key_hash, now=work.now)
    assert who is not None
    assert who.acting is not None
    assert who.acting.enterprise_public_id == one


def test_a_sign_in_that_ended_or_is_anothers_is_not_switched(work: Work) -> None:
    _person, key_hash, (_, two, _) = _with_two_enterprises(work)
    mine = work.by

    work.by = By("person", 0)
    with pytest.raises(NotFound):
        service.switch_enterprise(work, key_hash=key_hash, enterprise=two)

    work.by = mine
    service.sign_out(work, key_hash=key_hash)
    with pytest.raises(NotFound):
        service.switch_enterprise(work, key_hash=key_hash, enterprise=two)


def test_offices_that_ended_give_nothing(work: Work) -> None:
    person = make_person(work)
    ended = make_officer(work, person=person, province_code="1")
    ended.ended_at = work.now
    held = make_officer(work, person=person, province_code="4")
    work.session.flush()

    assert queries.offices(work.session, person.id, today=work.today) == (
        Office(held.id, Role.OFFICER, "4", None),
    )
    assert queries.offices_by_id(work.session, [ended.id, held.id], today=work.today) == {
        held.id: Office(held.id, Role.OFFICER, "4", None)
    }


def test_the_ground_of_an_enterprise_is_where_it_lies(work: Work) -> None:
    enterprise = make_enterprise(work)

    assert queries.ground(work.session, enterprise.id) == Ground(enterprise.id, "4", None)


@pytest.mark.parametrize(
    ("province", "commune", "names"),
    [
        (None, None, ["a", "b", "c", "d"]),
        ("4", None, ["a", "b"]),
        ("4", "01279", ["b"]),
        ("1", None, ["c"]),
        ("8", None, []),
    ],
)
def test_an_office_sees_the_enterprises_of_its_area(
    work: Work, province: str | None, commune: str | None, names: list[str]
) -> None:
    for name, codes in {
        "a": ("4", None),
        "b": ("4", "01279"),
        "c": ("1", "00070"),
        "d": (None, None),
    }.items():
        enterprise = make_enterprise(work, name=name)
        enterprise.province_code, enterprise.commune_code = codes
    work.session.flush()
    office = Office(1, Role.OFFICER, province, commune)

    ids = queries.enterprise_ids_in(office)

    found = work.session.scalars(select(Enterprise).where(Enterprise.id.in_(ids)))
    assert sorted(one.name for one in found) == names
    for one in work.session.scalars(select(Enterprise)):
        ground = Ground(one.id, one.province_code, one.commune_code)
        assert office.covers(ground) == (one.name in names)


def test_a_name_nobody_could_sign_in_by_is_nobodys(work: Work) -> None:
    for name in ("Bà Nông", "Ông Lý"):  # Members on paper, without a sign-in.
        service.add_person(work, name=name, sign_in=None)

    assert queries.who_named(work.session, "nobody@x", now=work.now) is None
    assert queries.who_named(work.session, "", now=work.now) is None


def test_a_member_has_the_role_given_from_now_on(work: Work) -> None:
    enterprise, person = make_enterprise(work), make_person(work)

    service.add_member(work, enterprise_id=enterprise.id, person_id=person.id, role=Role.SELLER)

    row = work.session.scalars(select(Membership)).one()
    assert (row.enterprise_id, row.person_id, row.role) == (enterprise.id, person.id, "seller")
    assert (row.since_at, row.ended_at) == (work.now, None)


def test_an_invitation_leaves_the_offices_of_others(work: Work) -> None:
    held = make_officer(work, person=make_person(work), province_code="1")

    invited = service.invite(work, sign_in="lan@goc.example", role=Role.OFFICER, area="4")

    assert invited.replaced is False
    offices = work.session.scalars(select(Appointment).order_by(Appointment.id)).all()
    assert [(each.province_code, each.ended_at) for each in offices] == [("1", None), ("4", None)]
    assert offices[0].person_id == held.person_id


def test_a_sign_in_that_ended_before_keeps_its_time(work: Work) -> None:
    person = make_person(work)
    make_sign_in(work, person=person, key="telephone")
    service.sign_out(work, key_hash=hash_of_secret("telephone"))
    ended_at = work.now
    token = service.new_password_link(work, person_id=person.id)
    work.now += timedelta(days=1)

    service.set_password(work, token=token, password_hash="new")

    assert _ended(work) == {hash_of_secret("telephone"): ended_at}


def test_the_same_password_of_somebody_else_signs_nobody_in(work: Work) -> None:
    person, other = make_person(work), make_person(work, sign_in="mai@goc.example")
    person.password_hash, other.password_hash = "new", "old"
    work.session.flush()

    with pytest.raises(SignInRefused):
        service.refuse_changed_password(work, person_id=person.id, password_hash="old")

    assert _count(work, SignIn) == 0
