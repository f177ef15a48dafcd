"""What the matrix test (test_matrix.py) must know of each route. A new route adds its line here."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy import select

from accounts import service as people
from accounts.models import Consent, Enterprise, Person
from accounts.rules import Role
from catalog.models import Paper, ProductPhoto, ProductRevision
from catalog.service import Words, change_words
from catalog.service.import_runs import Upload, begin_import
from core import ids
from core.audit import AuditEntry, record
from core.files import files
from core.jobs import enqueue
from core.work import By, Work
from tests.askings import make_activation_asking, make_device
from tests.dealers import make_dealer, make_delivery
from tests.makers import (
    make_asking,
    make_batch,
    make_certificate,
    make_change,
    make_consent,
    make_factor,
    make_guiding,
    make_lot,
    make_member,
    make_move,
    make_name_case,
    make_pack,
    make_paper_change,
    make_person,
    make_product,
    make_protected_name,
    make_recognition,
    make_team,
    make_team_member,
)
from tests.pictures import jpeg, make_photo
from tests.print_codes import make_print_code
from traceability import queries as stamp_queries
from traceability import service as stamps
from traceability.models import StampAlarm, StampBurst, StampReportPhoto, StampTally
from traceability.rules import Side

# Routes anybody may ask, by endpoint. Nothing below /manage or /office can stand here.
PUBLIC = frozenset(
    {
        "codes.again",
        "codes.ask_to_reset",
        "codes.ask_to_sign_in",
        "codes.ask_to_sign_up",
        "codes.forgotten",
        "codes.form",
        "codes.prove",
        "codes.sign_in",
        "codes.sign_up",
        "components.components",
        "strips.code",
        "print_codes.test_strip",
        "consents.answer",
        "dealer.back",
        "dealer.sell",
        "dealer.show",
        "dealer.shown",
        "dealer.undo",
        "deliveries.answer",
        "deliveries.asked",
        "consents.asked",
        "figures.sheet",
        "figures.shown",
        "forgotten.form",
        "forgotten.save",
        "guide.chapter",
        "guide.home",
        "health.healthz",
        "health.metrics",
        "health.readyz",
        "home.home",
        "identity.begin",
        "identity.come_back",
        "lots.lot",
        "makers.maker",
        "makers.makers_list",
        "products.product",
        "shelf.goods",
        "texts.privacy",
        "texts.ranking",
        "texts.robots",
        "log.checkpoint",
        "log.policy",
        "log.proof",
        "log.shown",
        "log.tile",
        "log.verify_file",
        "log.verify_page",
        "log_watch.atom_feed",
        "log_watch.feed_in_json",
        "log_watch.shown",
        "offline.keys",
        "offline.makers",
        "offline.shell",
        "offline.worker",
        "texts.stamps",
        "invitations.invitation",
        "inbound_sms.take",
        "installing.manifest",
        "language.choose",
        "openapi.spec",
        "password.form",
        "password.save",
        "photos.photo",
        "claim.claim",
        "claim.undo",
        "print_codes.answer",
        "print_codes.back",
        "print_codes.code",
        "print_codes.fetch",
        "print_codes.form",
        "print_codes.typed",
        "report.received",
        "report.send",
        "resolver.options",
        "resolver.resolve",
        "resolver_description.description",
        "sample_stamp.sample_stamp",
        "sent_messages.reply",
        "sent_messages.sent",
        "scratch_code.confirm",
        "scan.form",
        "second.form",
        "second.show",
        "scan.scan",
        "sign_in.begin",
        "sign_in.end",
        "sign_in.form",
        "sign_up.form",
        "sign_up.open_account",
        "stamp.past_check",
        "stamp.printed",
        "stamp.stamp",
        "static",
        "teams.asked",
        "who_is_using.choose",
        "who_is_using.form",
    }
)


def _job(work: Work, _enterprise: Enterprise) -> str:
    return enqueue(work, kind="nothing", arguments={}).public_id


def _lot(work: Work, enterprise: Enterprise) -> str:
    return make_lot(work, product=make_product(work, enterprise=enterprise)).public_id


def _product(work: Work, enterprise: Enterprise) -> str:
    return make_product(work, enterprise=enterprise, state="submitted").public_id


def _change(work: Work, enterprise: Enterprise) -> str:
    return make_change(work, product=make_product(work, enterprise=enterprise)).public_id


def _protected_name(work: Work, enterprise: Enterprise) -> str:
    name = f"Phúc Sen {enterprise.public_id}"  # In force once for an owner.
    return make_protected_name(work, name=name, province_code=enterprise.province_code).public_id


def _move(work: Work, enterprise: Enterprise) -> str:
    """Within the enterprise's own province, whichever of the two it is."""
    return make_move(work, enterprise=enterprise).public_id


def _name_case(work: Work, enterprise: Enterprise) -> str:
    """About a name that belongs to the enterprise."""
    return make_name_case(work, owner=enterprise).public_id


def _batch(work: Work, enterprise: Enterprise) -> str:
    return make_batch(work, enterprise=enterprise).public_id


def _stamp_act(work: Work, enterprise: Enterprise) -> str:
    batch = make_batch(work, enterprise=enterprise)
    return stamps.activate_stamps(work, batch_id=batch.id, first=1, last=5).public_id


def _labels(work: Work, enterprise: Enterprise) -> str:
    batch = make_batch(work, enterprise=enterprise)
    return stamps.order_labels(work, batch, first=1, last=5, paper="a4-65").public_id


def _activation(work: Work, enterprise: Enterprise) -> str:
    return make_activation_asking(work, enterprise=enterprise).public_id


def _device(work: Work, enterprise: Enterprise) -> str:
    person = make_person(work, sign_in=f"{ids.token().lower()}@goc.example")
    mark = ids.token()
    return make_device(
        work, enterprise=enterprise, person=person, browser_hash=mark, days=0
    ).public_id


def _print_code(work: Work, enterprise: Enterprise) -> str:
    return make_print_code(work, enterprise=enterprise).public_id


def _dealer(work: Work, enterprise: Enterprise) -> str:
    return make_dealer(work, enterprise=enterprise).public_id


def _delivery(work: Work, enterprise: Enterprise) -> str:
    batch = make_batch(work, enterprise=enterprise)
    dealer = make_dealer(work, enterprise=enterprise)
    return make_delivery(work, batch=batch, dealer=dealer).public_id


def _member(work: Work, enterprise: Enterprise) -> str:
    person = make_person(work, sign_in=f"{ids.token().lower()}@goc.example")
    make_member(work, enterprise=enterprise, person=person, role="seller")
    return person.public_id


def _invitation(work: Work, enterprise: Enterprise) -> str:
    return people.invite_member(
        work, enterprise_id=enterprise.id, role=Role.SELLER, name="chị Mai"
    ).public_id


def _report(work: Work, enterprise: Enterprise) -> str:
    batch = make_batch(work, enterprise=enterprise)
    serial = stamp_queries.serials_at(work.session, batch.id, [1])[1]
    return stamps.report(work, serial=serial, text="Tem bong", contact="").public_id


def _case(work: Work, enterprise: Enterprise) -> str:
    """Looked into, so that it can be concluded."""
    batch = make_batch(work, enterprise=enterprise)
    serial = stamp_queries.serials_at(work.session, batch.id, [1])[1]
    report = stamps.report(work, serial=serial, text="Tem bong", contact="")
    case = stamps.open_case(work, report_id=report.id, side=Side.MAKER)
    stamps.take_case(work, case_id=case.id, side=Side.MAKER)
    return case.public_id


def _alarm(work: Work, enterprise: Enterprise) -> str:
    batch = make_batch(work, enterprise=enterprise)
    assert batch.lot_id is not None
    serial = stamp_queries.serials_at(work.session, batch.id, [1])[1]
    alarm = StampAlarm(
        public_id=work.new_public_id(),
        serial=serial,
        enterprise_id=enterprise.id,
        lot_id=batch.lot_id,
        reasons="sightings",
        raised_at=work.now,
    )
    tally = StampTally(serial=serial, checks=1, occasions=1, first_at=work.now, last_at=work.now)
    work.session.add_all((alarm, tally))
    work.session.flush()
    return alarm.public_id


def _burst(work: Work, enterprise: Enterprise) -> str:
    batch = make_batch(work, enterprise=enterprise)
    burst = StampBurst(
        public_id=work.new_public_id(),
        enterprise_id=enterprise.id,
        batch_id=batch.id,
        opening_token=work.new_token(),
        began_at=work.now,
        until_at=work.now,
        stamps=12,
    )
    work.session.add(burst)
    work.session.flush()
    return burst.public_id


def _pack(work: Work, enterprise: Enterprise) -> str:
    return make_pack(work, product=make_product(work, enterprise=enterprise)).public_id


def _photo(work: Work, enterprise: Enterprise) -> str:
    photo = make_photo(work, enterprise_id=enterprise.id)
    product = make_product(work, enterprise=enterprise)
    work.session.add(
        ProductPhoto(
            photo_id=photo.id,
            product_id=product.id,
            enterprise_id=enterprise.id,
            subject="gallery",
            position=0,
        )
    )
    return photo.public_id


def _paper(work: Work, enterprise: Enterprise) -> str:
    photo = make_photo(work, enterprise_id=enterprise.id, kind="paper")
    product = make_product(work, enterprise=enterprise, state="submitted")
    work.session.add(
        Paper(
            photo_id=photo.id,
            enterprise_id=enterprise.id,
            product_id=product.id,
            kind="licence",
        )
    )
    with files().writing(f"private/{photo.content_hash}/1200.jpg") as stream:
        stream.write(jpeg())
    return photo.public_id


def _report_photo(work: Work, enterprise: Enterprise) -> str:
    photo = make_photo(work, enterprise_id=enterprise.id, kind="report")
    with files().writing(f"private/{photo.content_hash}/1200.jpg") as stream:
        stream.write(jpeg())
    batch = make_batch(work, enterprise=enterprise)
    serial = stamp_queries.serials_at(work.session, batch.id, [1])[1]
    report = stamps.report(work, serial=serial, text="Tem bong", contact="")
    work.session.add(StampReportPhoto(photo_id=photo.id, report_id=report.id))
    return photo.public_id


def _recognition(work: Work, enterprise: Enterprise) -> str:
    return (
        make_recognition(
            work, product=make_product(work, enterprise=enterprise, state="submitted")
        ).public_id
        or ""
    )


def _certificate(work: Work, enterprise: Enterprise) -> str:
    return make_certificate(work, product=make_product(work, enterprise=enterprise)).public_id


def _import_of(kind: str) -> Callable[[Work, Enterprise], str]:
    def make(work: Work, enterprise: Enterprise) -> str:
        upload = Upload(kind, "a.csv", f"imports/{ids.public_id()}", ("Tên hàng",), (), {}, 1)
        return begin_import(work, enterprise_id=enterprise.id, upload=upload).public_id

    return make


def _asking(work: Work, enterprise: Enterprise) -> str:
    return make_asking(work, enterprise=enterprise, helper=_helper(work)).public_id


def _own_asking(work: Work, enterprise: Enterprise) -> str:
    """One's own where the enterprise is ours; of the other enterprise somebody else's."""
    helper = _helper(work) if enterprise.province_code != "4" else _asker(work)
    return make_asking(work, enterprise=enterprise, helper=helper).public_id


def _printed_asking(work: Work, enterprise: Enterprise) -> str:
    helper = _helper(work) if enterprise.province_code != "4" else _asker(work)
    asking = make_asking(work, enterprise=enterprise, helper=helper)
    asking.printed_at = work.now
    work.session.flush()
    return asking.public_id


def _factor(work: Work, enterprise: Enterprise) -> str:
    """One's own where the enterprise is ours; of the other enterprise somebody else's."""
    owner = _helper(work) if enterprise.province_code != "4" else _asker(work)
    return make_factor(work, person=owner).public_id


def _consent(work: Work, enterprise: Enterprise) -> str:
    """Held by whoever asks in our enterprise, and by somebody else in the other."""
    helper = _helper(work) if enterprise.province_code != "4" else _asker(work)
    held = select(Consent).where(Consent.enterprise_id == enterprise.id)
    consent = work.session.scalar(held)
    if consent is None:
        # Ended: no officer judges a paper of whom they help.
        consent = make_consent(work, enterprise=enterprise, helper=helper)
        consent.ended_at = work.now
    photo = make_photo(work, enterprise_id=enterprise.id, kind="paper")
    with files().writing(f"private/{photo.content_hash}/1200.jpg") as stream:
        stream.write(jpeg())
    consent.witness_id, consent.paper_id = _helper(work).id, photo.id
    # The officers' /office/consents/<…> names the asking that was answered by the paper.
    asking = make_asking(work, enterprise=enterprise, helper=_helper(work))
    asking.public_id, asking.printed_at = consent.public_id, work.now
    asking.state, asking.decided_at, asking.consent_id = "given", work.now, consent.id
    work.session.flush()
    return consent.public_id


def _paper_change(work: Work, enterprise: Enterprise) -> str:
    """About the asker where the enterprise is ours; of the other enterprise about somebody else."""
    helper = _helper(work) if enterprise.province_code != "4" else _asker(work)
    photo = make_photo(work, enterprise_id=enterprise.id, kind="paper")
    with files().writing(f"private/{photo.content_hash}/1200.jpg") as stream:
        stream.write(jpeg())
    change = make_paper_change(work, enterprise=enterprise, director=helper, paper_id=photo.id)
    return change.public_id


def _asker(work: Work) -> Person:
    return work.session.get_one(Person, work.by.person_id)


def _helper(work: Work) -> Person:
    return make_person(work, sign_in=f"{ids.public_id().lower()}@goc.example", name="Minh")


def _guiding(work: Work, enterprise: Enterprise) -> str:
    """One in which the asker guides; of the other enterprise somebody else does."""
    other = _helper(work)
    helper = other if enterprise.province_code != "4" else _asker(work)
    return make_guiding(work, enterprise=enterprise, producer=other, helper=helper).public_id


def _training(work: Work, enterprise: Enterprise) -> str:
    """The asker's own where the enterprise is ours; of the other enterprise somebody else's."""
    trainer = _helper(work) if enterprise.province_code != "4" else _asker(work)
    day = people.TrainingDay("Đăng hàng", work.today, "4", None)
    return people.open_training(replace(work, by=By("person", trainer.id)), day=day)


def _team(work: Work, enterprise: Enterprise) -> str:
    """Of the enterprise's province; the asker is in ours."""
    province = enterprise.province_code or ""
    team = make_team(work, opener=_helper(work), province_code=province)
    if province == "4":
        make_team_member(work, team=team, person=_asker(work))
    return team.public_id


def _team_member(work: Work, enterprise: Enterprise) -> str:
    helper = _helper(work)
    team = make_team(work, opener=helper, province_code=enterprise.province_code or "")
    return make_team_member(work, team=team, person=helper).public_id


def _waiting_enterprise(_work: Work, enterprise: Enterprise) -> str:
    enterprise.state = "submitted"
    return enterprise.public_id


def _revision(work: Work, enterprise: Enterprise) -> str:
    product = make_product(work, enterprise=enterprise, state="draft")
    change_words(
        work,
        product_id=product.id,
        version=product.version,
        group=product.group,
        words=Words("Dao bầu"),
    )
    made = select(ProductRevision.public_id).where(ProductRevision.product_id == product.id)
    return work.session.scalars(made).one()


def _recorded(work: Work, enterprise: Enterprise) -> str:
    record(work, act="add_pack", object_kind="product", object_id=1, enterprise_id=enterprise.id)
    work.session.flush()
    made = select(AuditEntry.public_id).where(AuditEntry.enterprise_id == enterprise.id)
    return work.session.scalars(made.order_by(AuditEntry.at.desc()).limit(1)).one()


# How to make the object a path names, by the word before it: /manage/lots/<…> is a lot.
# `work.by` is whoever will ask, acting for the enterprise whose the object is.
OBJECTS: Mapping[str, Callable[[Work, Enterprise], str]] = {
    "activations": _activation,
    "devices": _device,
    "enterprises": _waiting_enterprise,
    "invited": _invitation,
    "acts": _revision,
    "proofs": _recorded,
    "cases": _case,
    "certificates": _certificate,
    "changes": _change,
    "consents": _consent,
    "factors": _factor,
    "help": _own_asking,
    "helpers": _asking,
    "dealers": _dealer,
    "deliveries": _delivery,
    "exports": _job,
    "jobs": _job,
    "labels": _labels,
    "lot-imports": _import_of("lots"),
    "lots": _lot,
    "moves": _move,
    "name-cases": _name_case,
    "names": _protected_name,
    "packs": _pack,
    "paper": _printed_asking,
    "paper-changes": _paper_change,
    "people": _member,
    "papers": _paper,
    "photos": _photo,
    "member-imports": _import_of("members"),
    "print-codes": _print_code,
    "product-imports": _import_of("products"),
    "products": _product,
    "recognitions": _recognition,
    "report-photos": _report_photo,
    "alarms": _alarm,
    "bursts": _burst,
    "reports": _report,
    "stamp-acts": _stamp_act,
    "stamps": _batch,
    "guiding": _guiding,
    "team-members": _team_member,
    "teams": _team,
    "trainings": _training,
}
