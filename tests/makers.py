"""The cast of the tests: each maker stores one valid thing and lets a test say what matters."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import select

from accounts.hashing import hash_of_secret
from accounts.models import (
    AccountChange,
    Appointment,
    Consent,
    ConsentAsking,
    Enterprise,
    Factor,
    Guiding,
    Membership,
    NameCase,
    Person,
    PlaceChange,
    Practice,
    ProtectedName,
    SignIn,
    Team,
    TeamMember,
)
from accounts.protecting import NameKind
from accounts.rules import Scope
from accounts.service import NamedObject, NewName, add_protected_name, ask_about_name
from catalog.models import (
    Certificate,
    Lot,
    Offer,
    Pack,
    Product,
    ProductChange,
    ProductText,
    Recognition,
)
from catalog.service import (
    CertificateEntry,
    RecognitionEntry,
    Seen,
    Words,
    add_certificate,
    add_recognition,
    propose_words,
)
from core import ids
from core.places import communes
from core.work import Work
from traceability.models import StampBatch
from traceability.service import issue_stamps


def make_enterprise(
    work: Work, *, name: str = "Mẫu – Lò rèn Hà", kind: str = "household"
) -> Enterprise:
    """A verified enterprise of Cao Bằng."""
    public_id = ids.public_id()
    enterprise = Enterprise(
        public_id=public_id,
        slug_key=public_id[:6],
        name=name,
        sort_key=name.lower(),
        kind=kind,
        place_published="xã Phúc Sen, Cao Bằng",
        province_code="4",
        created_at=work.now,
    )
    work.session.add(enterprise)
    work.session.flush()
    return enterprise


def make_person(work: Work, *, sign_in: str = "ha@goc.example", name: str = "Hà") -> Person:
    """Somebody without a password."""
    person = Person(public_id=ids.public_id(), sign_in=sign_in, name=name, created_at=work.now)
    work.session.add(person)
    work.session.flush()
    return person


def make_member(
    work: Work, *, enterprise: Enterprise, person: Person, role: str = "director"
) -> Membership:
    """Give `person` a role in `enterprise`."""
    membership = Membership(
        enterprise_id=enterprise.id, person_id=person.id, role=role, since_at=work.now
    )
    work.session.add(membership)
    work.session.flush()
    return membership


def make_practice(
    work: Work, *, person: Person, enterprise: Enterprise | None = None
) -> Enterprise:
    """An enterprise that is only somebody's practice, for a week."""
    enterprise = enterprise or make_enterprise(work, name=f"Tập thử của {person.name}")
    enterprise.state = "practice"
    work.session.add(
        Practice(
            enterprise_id=enterprise.id,
            person_id=person.id,
            begun_at=work.now,
            wipe_at=work.now + timedelta(days=7),
        )
    )
    work.session.flush()
    return enterprise


def make_guiding(
    work: Work, *, enterprise: Enterprise, producer: Person, helper: Person, is_on: bool = True
) -> Guiding:
    """A guiding by the pair 47, begun now unless it still waits for the pair."""
    guiding = Guiding(
        public_id=ids.public_id(),
        enterprise_id=enterprise.id,
        producer_id=producer.id,
        helper_id=helper.id,
        pairs=["47", "80", "12"],
        asked_at=work.now,
        on_at=work.now if is_on else None,
        until_at=work.now + timedelta(minutes=30),
    )
    work.session.add(guiding)
    work.session.flush()
    return guiding


def make_consent(
    work: Work,
    *,
    enterprise: Enterprise,
    helper: Person,
    scopes: Collection[Scope] = tuple(Scope),
    team: Team | None = None,
) -> Consent:
    """Let `helper`, or the `team` for which they asked, act for `enterprise` for a month."""
    consent = Consent(
        public_id=ids.public_id(),
        enterprise_id=enterprise.id,
        helper_id=helper.id,
        team_id=team.id if team else None,
        scopes=sorted(scopes),
        asked_at=work.now,
        decided_at=work.now,
        until_at=work.now + timedelta(days=30),
    )
    work.session.add(consent)
    work.session.flush()
    return consent


def make_team(work: Work, *, opener: Person, province_code: str = "4") -> Team:
    """Let an officer open a team of a whole province."""
    team = Team(
        public_id=ids.public_id(),
        name="Đoàn thanh niên",
        kind="youth",
        province_code=province_code,
        opened_by_id=opener.id,
        opened_at=work.now,
    )
    work.session.add(team)
    work.session.flush()
    return team


def make_team_member(work: Work, *, team: Team, person: Person) -> TeamMember:
    """Somebody who has joined a team."""
    member = TeamMember(
        public_id=ids.public_id(),
        team_id=team.id,
        name=person.name,
        sign_in=person.sign_in,
        person_id=person.id,
        invited_by_id=team.opened_by_id,
        invited_at=work.now,
        joined_at=work.now,
    )
    work.session.add(member)
    work.session.flush()
    return member


def make_asking(
    work: Work,
    *,
    enterprise: Enterprise,
    helper: Person,
    sent_to: Person | None = None,
    token: str = "",
) -> ConsentAsking:
    """Let `helper` ask `enterprise` for everything, by 47 and not by 12 or 80."""
    asking = ConsentAsking(
        public_id=ids.public_id(),
        helper_id=helper.id,
        asked_of=enterprise.name,
        enterprise_id=enterprise.id,
        sent_to_id=sent_to.id if sent_to else None,
        token_hash=hash_of_secret(token or ids.token()),
        scopes=sorted(Scope),
        pairs=["47", "80", "12"],
        asked_at=work.now,
        until_at=work.now + timedelta(days=30),
    )
    work.session.add(asking)
    work.session.flush()
    return asking


def make_paper_change(
    work: Work, *, enterprise: Enterprise, director: Person, paper_id: int
) -> AccountChange:
    """A hand-over to Mai that was asked for at the office and stopped since."""
    change = AccountChange(
        public_id=work.new_public_id(),
        person_id=director.id,
        kind="hand_over",
        enterprise_id=enterprise.id,
        paper_id=paper_id,
        reason="Ông yếu, con gái làm thay.",
        heir_name="Mai",
        asked_at=work.now,
        due_at=work.now,
        ended_at=work.now,
        outcome="stopped",
    )
    work.session.add(change)
    work.session.flush()
    return change


def make_factor(work: Work, *, person: Person, sealed: str = "1.") -> Factor:
    """An authenticator app of somebody; its secret opens only where a test has sealed one."""
    public_id = ids.public_id()
    factor = Factor(
        public_id=public_id,
        person_id=person.id,
        kind="totp",
        name="Điện thoại",
        sealed=sealed,
        fingerprint=public_id,
        last_step=0,
        added_at=work.now,
    )
    work.session.add(factor)
    work.session.flush()
    return factor


def make_product(
    work: Work,
    *,
    enterprise: Enterprise | None = None,
    name: str = "Dao phay",
    group: str = "thu_cong_my_nghe",
    state: str = "published",
) -> Product:
    """A product with its Vietnamese words."""
    enterprise = enterprise or make_enterprise(work)
    public_id = ids.public_id()
    product = Product(
        public_id=public_id,
        slug_key=public_id[:6],
        enterprise_id=enterprise.id,
        kind="service" if group == "du_lich" else "goods",
        group=group,
        state=state,
        created_at=work.now,
        published_at=work.now if state == "published" else None,
    )
    work.session.add(product)
    work.session.flush()
    work.session.add(ProductText(product_id=product.id, language="vi", name=name))
    work.session.flush()
    return product


def make_recognition(
    work: Work, *, product: Product, stars: int = 4, decided_on: date = date(2026, 3, 15)
) -> Recognition:
    """What the maker says of a product's rank; it waits for the province's officer."""
    entry = RecognitionEntry(stars, None, "377/QĐ-UBND", decided_on, "UBND tỉnh Cao Bằng")
    return add_recognition(
        work, product_id=product.id, enterprise_id=product.enterprise_id, entry=entry
    )


def make_certificate(work: Work, *, product: Product) -> Certificate:
    """A certificate of ten days ago, for a year."""
    begun = work.today - timedelta(days=10)
    entry = CertificateEntry("VietGAP", "Vinacert", "VG-01", "", begun, begun + timedelta(days=365))
    return add_certificate(
        work, product_id=product.id, enterprise_id=product.enterprise_id, entry=entry
    )


def make_change(
    work: Work, *, product: Product, name: str = "Dao phay rèn tay", summary: str = ""
) -> ProductChange:
    """A change of a published product's name, which waits for its officer."""
    propose_words(
        work,
        product_id=product.id,
        seen=Seen(product.version),
        group=product.group,
        words=Words(name, summary=summary),
    )
    mine = select(ProductChange).where(ProductChange.product_id == product.id)
    found = mine.where(ProductChange.ended_at.is_(None))
    return work.session.scalars(found).one()


def make_protected_name(
    work: Work,
    *,
    name: str = "Phúc Sen",
    owner: Enterprise | None = None,
    province_code: str | None = "4",
) -> ProtectedName:
    """A village's name; nobody's in particular unless a test names its owner."""
    words = owner.name if owner else "UBND xã Phúc Sen"
    new = NewName(
        name, NameKind.VILLAGE, words, "Mẫu", province_code, owner_id=owner.id if owner else None
    )
    return work.session.get_one(ProtectedName, add_protected_name(work, new))


def make_move(work: Work, *, enterprise: Enterprise) -> PlaceChange:
    """A verified enterprise's asking to be elsewhere in its province; it waits for its officer."""
    commune = next(
        one for one in communes().values() if one.province_code == enterprise.province_code
    )
    change = PlaceChange(
        public_id=ids.public_id(),
        enterprise_id=enterprise.id,
        province_code=commune.province_code,
        commune_code=commune.code,
        new_place=commune.name,
        old_place=enterprise.place_published,
        submitted_at=work.now,
    )
    work.session.add(change)
    work.session.flush()
    return change


def make_name_case(work: Work, *, owner: Enterprise) -> NameCase:
    """Somebody else's goods that bear a name of `owner`, sent for checking."""
    name = make_protected_name(work, owner=owner)
    user = make_enterprise(work, name="Mẫu – Người dùng tên")
    of = NamedObject("product", make_product(work, enterprise=user).id, user.id)
    ask_about_name(work, of=of, name=f"Dao {name.name}")
    mine = select(NameCase).where(NameCase.name_id == name.id)
    return work.session.scalars(mine).one()


def make_pack(
    work: Work,
    *,
    product: Product,
    content: int = 1,
    base_unit: str = "piece",
    price_vnd: int = 250_000,
) -> Pack:
    """A pack with the maker's own offer."""
    pack = Pack(
        public_id=ids.public_id(),
        product_id=product.id,
        enterprise_id=product.enterprise_id,
        content=content,
        base_unit=base_unit,
        words="con" if base_unit == "piece" else f"gói {content} {base_unit}",
    )
    work.session.add(pack)
    work.session.flush()
    work.session.add(
        Offer(
            public_id=ids.public_id(),
            seller_id=product.enterprise_id,
            pack_id=pack.id,
            price_vnd=price_vnd,
        )
    )
    work.session.flush()
    return pack


def make_lot(
    work: Work,
    *,
    product: Product | None = None,
    code: str = "26-11A",
    declared: int = 640,
    made_on: date | None = None,
    best_before_on: date | None = None,
) -> Lot:
    """A lot made ten days ago unless a test says otherwise."""
    product = product or make_product(work)
    lot = Lot(
        public_id=ids.public_id(),
        enterprise_id=product.enterprise_id,
        product_id=product.id,
        code=code,
        uri_code=code,
        made_on=made_on or work.today - timedelta(days=10),
        best_before_on=best_before_on,
        declared_units=declared,
        created_at=work.now,
    )
    work.session.add(lot)
    work.session.flush()
    return lot


def make_batch(
    work: Work, *, enterprise: Enterprise | None = None, lot: Lot | None = None, count: int = 10
) -> StampBatch:
    """A batch of printed stamps, of a new lot unless a test names one."""
    lot = lot or make_lot(
        work, product=make_product(work, enterprise=enterprise), code=f"M-{ids.public_id()}"
    )
    return issue_stamps(work, lot_id=lot.id, count=count)


def lot_of(batch: StampBatch) -> int:
    """The lot a batch was issued for; a roll's has none."""
    assert batch.lot_id is not None, "a roll"
    return batch.lot_id


def make_officer(
    work: Work,
    *,
    person: Person,
    role: str = "officer",
    province_code: str | None = "4",
    commune_code: str | None = None,
) -> Appointment:
    """Give `person` an office: of Cao Bằng unless a test says otherwise."""
    appointment = Appointment(
        person_id=person.id,
        role=role,
        province_code=province_code,
        commune_code=commune_code,
        since_at=work.now,
    )
    work.session.add(appointment)
    work.session.flush()
    return appointment


def make_sign_in(
    work: Work, *, person: Person, enterprise: Enterprise | None = None, key: str = "key"
) -> str:
    """A living sign-in, acting for `enterprise`; gives the key its cookie carries."""
    work.session.add(
        SignIn(
            key_hash=hash_of_secret(key),
            person_id=person.id,
            enterprise_id=enterprise.id if enterprise else None,
            created_at=work.now,
            expires_at=work.now + timedelta(days=90),
            confirmed_at=work.now,
        )
    )
    work.session.flush()
    return key
