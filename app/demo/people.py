"""The demo's people, whose sign-ins the contract names; their enterprises are the samples."""

from dataclasses import dataclass, replace

from accounts import queries, service
from accounts.rules import Role
from accounts.service import NewEnterprise
from app.demo import samples
from app.demo.asking import ask_second_member
from app.demo.caring import care
from app.demo.copies import answer_first_alarm
from app.demo.dealing import DealerShop, give_to_dealer
from app.demo.helping import form_team, let_ask, let_help
from app.demo.names import protect_names
from app.demo.office import give_officers_work
from app.demo.training import hold_training
from core.text.alphabet import sort_key
from core.work import Work

TEA_MEMBERS = 40  # With the four who sign in; the others exist on paper, as most members do.
COMMUNES_OFFICER = "commune@goc.example"
OFFICERS_COMMUNE = samples.SMITH.commune_code
OFFICERS_PROVINCE = samples.SMITH.province_code


@dataclass(frozen=True)
class DemoSignIn:
    """Somebody to sign in as: of a sample (member or helper), of an office, or a buyer."""

    sign_in: str
    name: str
    enterprise: NewEnterprise | None = None
    role: Role | None = None
    area: str | None = None


PEOPLE = (
    DemoSignIn("producer@goc.example", "Hà", samples.SMITH, Role.DIRECTOR),
    DemoSignIn("coop@goc.example", "Lan", samples.TEA_COOPERATIVE, Role.DIRECTOR),
    DemoSignIn("packer@goc.example", "Tú", samples.TEA_COOPERATIVE, Role.WAREHOUSE),
    DemoSignIn("grower@goc.example", "Mùi", samples.TEA_COOPERATIVE, Role.GROWER),
    DemoSignIn("accountant@goc.example", "Hồng", samples.TEA_COOPERATIVE, Role.ACCOUNTANT),
    DemoSignIn("dealer@goc.example", "Quang", samples.SHOP, Role.DIRECTOR),
    DemoSignIn("helper@goc.example", "Minh", samples.SMITH, Role.HELPER),
    DemoSignIn(COMMUNES_OFFICER, "Thảo", role=Role.OFFICER, area=OFFICERS_COMMUNE),
    DemoSignIn("province@goc.example", "Sơn", role=Role.OFFICER, area=OFFICERS_PROVINCE),
    DemoSignIn("operator@goc.example", "An", role=Role.OPERATOR),
    DemoSignIn("buyer@goc.example", "Bình"),
    DemoSignIn("newcomer@goc.example", "Mai", samples.NEWCOMER, Role.DIRECTOR),
    DemoSignIn("family@goc.example", "Páo"),
)
# One phone in the house: whoever signs in by it is asked “Ai đang dùng?”.
FAMILY = ("Mỷ", "Dế")


def load_people(work: Work, *, password_hash: str, pin_hash: str) -> int:
    """Enter the demo's people once, after its goods; how many can now sign in for the first time.

    The hashes are made before the transaction begins: they take long on purpose.
    """
    if queries.password_of(work.session, PEOPLE[0].sign_in) is not None:
        return 0
    enterprises = _enterprise_ids(work)
    first_id = 0
    for person in PEOPLE:
        person_id = service.add_person(
            work, sign_in=person.sign_in, name=person.name, password_hash=password_hash
        )
        first_id = first_id or person_id  # The smith's director, who lets the helper in.
        if person.enterprise is not None and person.role is Role.HELPER:
            enterprise_id = enterprises[person.enterprise.name]
            let_help(work, enterprise_id=enterprise_id, helper_id=person_id, director_id=first_id)
            tea = samples.TEA_COOPERATIVE.name
            let_ask(work, enterprise_id=enterprises[tea], name=tea, helper_id=person_id)
        elif person.enterprise is not None and person.role is not None:
            service.add_member(
                work,
                enterprise_id=enterprises[person.enterprise.name],
                person_id=person_id,
                role=person.role,
            )
        elif person.role is not None:
            service.appoint(work, person_id=person_id, role=person.role, area=person.area)
    service.share_phone(work, phone=PEOPLE[-1].sign_in, person_id=person_id, pin_hash=pin_hash)
    for name in FAMILY:
        service.add_behind(work, phone=PEOPLE[-1].sign_in, name=name, pin_hash=pin_hash)
    helper_id, officer_id, tea_id = (
        _person_id(work, sign_in)
        for sign_in in ("helper@goc.example", COMMUNES_OFFICER, "coop@goc.example")
    )
    helped = (enterprises[samples.TEA_COOPERATIVE.name], tea_id)
    packer_id = _person_id(work, "packer@goc.example")
    ask_second_member(work, person_id=packer_id, enterprise_id=helped[0])
    answer_first_alarm(work, person_id=tea_id, enterprise_id=helped[0])
    form_team(work, officer_id=officer_id, member_id=helper_id, helped=helped)
    care(work, officer=COMMUNES_OFFICER, area=OFFICERS_COMMUNE, maker=samples.SMITH.name)
    learners = _add_members_on_paper(work, enterprises[samples.TEA_COOPERATIVE.name])
    hold_training(work, trainer=COMMUNES_OFFICER, learner_ids=learners)
    service.add_enterprises(work, [replace(samples.WEAVER, submitted_at=work.now)])
    smith_id = enterprises[samples.SMITH.name]
    give_officers_work(work, enterprise_id=smith_id, director_id=first_id)
    _find_dealer(work, maker_id=smith_id)
    protect_names(work, user=samples.HILL_HOUSEHOLD.name, province_code=OFFICERS_PROVINCE)
    return len(PEOPLE)


def _find_dealer(work: Work, *, maker_id: int) -> None:
    shop = samples.SHOP
    assert shop.commune_code is not None, shop
    person_id = _person_id(work, "dealer@goc.example")
    given = DealerShop(shop.name, shop.commune_code, person_id)
    give_to_dealer(work, maker_id=maker_id, shop=given)


def _person_id(work: Work, sign_in: str) -> int:
    found = queries.password_of(work.session, sign_in)
    assert found is not None, "entered above"
    return found[0]


def _enterprise_ids(work: Work) -> dict[str, int]:
    """The samples' ids by name. The shop sells for others and has no goods that would enter it."""
    wanted = (samples.SMITH, samples.TEA_COOPERATIVE, samples.SHOP, samples.NEWCOMER)
    known = queries.enterprise_ids_named(work.session, [sort_key(each.name) for each in wanted])
    ids = {
        each.name: known[key]
        for each in wanted
        if (key := (sort_key(each.name), each.province_code)) in known
    }
    missing = [each for each in wanted if each.name not in ids]
    entered = service.add_enterprises(work, missing)
    return ids | {each.name: id_ for each, id_ in zip(missing, entered, strict=True)}


def _add_members_on_paper(work: Work, enterprise_id: int) -> list[int]:
    """Enter the members who sign in nowhere; their ids as people."""
    people: list[int] = []
    signing_in = sum(person.enterprise is samples.TEA_COOPERATIVE for person in PEOPLE)
    for number in range(signing_in + 1, TEA_MEMBERS + 1):
        person_id = service.add_person(work, sign_in=None, name=f"Thành viên mẫu {number}")
        service.add_member(work, enterprise_id=enterprise_id, person_id=person_id, role=Role.GROWER)
        people.append(person_id)
    return people
