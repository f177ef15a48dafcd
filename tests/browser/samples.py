"""What the demo has not of itself and some page shows. Gives each by the name pages call it."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts import service as people_service
from accounts.invitation_links import token_of
from accounts.models import (
    Enterprise,
    Membership,
    NameCase,
    Person,
    ProtectedName,
    Team,
    Training,
)
from catalog import service as catalog
from catalog.models import Lot, Pack, Product, ProductChange
from catalog.service import Fate, Outcome, PackRow, Words
from catalog.service import import_runs as runs
from catalog.service.sheets import Refusal, SheetLine
from core.jobs import enqueue
from core.sealing import sealer
from core.work import By, Work, reading, transaction
from tests.dealers import make_dealer, make_delivery
from tests.makers import (
    make_asking,
    make_guiding,
    make_lot,
    make_move,
    make_person,
    make_recognition,
)
from traceability import queries, rules, service
from traceability.adapters.papers import DEFAULT_PAPER
from traceability.delivery_links import delivery_link
from traceability.models import (
    ActivationAsking,
    PrintCode,
    Stamp,
    StampAct,
    StampAlarm,
    StampBatch,
    StampCase,
)
from traceability.rules import CaseState, Measure, Side, VoidReason
from traceability.rules.entries import MAKER
from traceability.rules.recalls import Advice, RecallReason, Remedy

TEA, EXPIRED, HELD = "26-09B", "CR-04", "T26-10"  # Codes of the demo's lots.
_IS_ROLL = StampBatch.lot_id.is_(None)
KINDS = ("printed", "first", "share", "once", "many", "doubted", *VoidReason)


def make_samples() -> dict[str, str]:
    """Make them in the demo's database, as the director of the tea cooperative."""
    with reading() as session:
        director = _member(session, "coop@goc.example")
    with transaction(by=director) as work:
        held = _lot(work, HELD)
        held.on_hold_since = work.today
        return {
            "lot": _lot(work, TEA).public_id,
            "waiting_lot": _lot(work, "D26-11").public_id,
            "expired_lot": _lot(work, EXPIRED).public_id,
            "stamp_expired": _active_stamp(work, _lot(work, EXPIRED)),
            "stamp_held": _active_stamp(work, held),
            "guiding": _guiding(work),
            **_team(work),
            "training": work.session.scalars(select(Training.public_id)).one(),
            "move": _move(work),
            "report": _report(work, _active_stamp(work, held)),
            "job": enqueue(work, kind="not begun", arguments={}, total=640).public_id,
            "failed_job": _failed_job(work),
            **_listed(work),
            **_imports(work),
            **_recalled(work),
            **_alarms(work),
            **_stamps(work),
        }


def _recalled(work: Work) -> dict[str, str]:
    """A lot of tea called back, with ten stamps on goods."""
    lot = make_lot(
        work, product=work.session.get_one(Product, _lot(work, TEA).product_id), code="T26-08"
    )
    batch = service.issue_stamps(work, lot_id=lot.id, count=10)
    service.activate_stamps(work, batch_id=batch.id, first=1, last=8)
    notice = service.RecallNotice(
        RecallReason.SPOILED,
        Advice.KEEP,
        "một số gói bị ẩm khi chở",
        Remedy.EITHER,
        work.today + timedelta(days=30),
        "+84900000011",
    )
    judge = service.Judge(Side.MAKER, MAKER)
    service.recall_lot(work, lot_id=lot.id, version=lot.version, judge=judge, notice=notice)
    return {"recalled_lot": lot.public_id, "stamp_recalled": _active_stamp(work, lot)}


def _alarms(work: Work) -> dict[str, str]:
    """The demo's own: the one that waits for its maker, and the one that was answered."""
    found = select(StampAlarm.public_id)
    return {
        "alarm": work.session.scalars(found.where(StampAlarm.answer.is_(None))).one(),
        "answered_alarm": work.session.scalars(found.where(StampAlarm.answer == "ours")).one(),
    }


def _team(work: Work) -> dict[str, str]:
    """The demo's team, and the link of somebody asked into it."""
    team = work.session.scalars(select(Team)).one()
    opening = replace(work, by=By("person", team.opened_by_id))
    asked = people_service.ask_into_team(opening, team_id=team.id, name="chị Mai", sign_in=None)
    return {"team": team.public_id, "team_link": token_of(asked, to="team")}


def _guiding(work: Work) -> str:
    """One that is on: the helper sees where the director is."""
    people = {row.sign_in: row for row in work.session.scalars(select(Person))}
    enterprise = work.session.get_one(Enterprise, work.by.enterprise_id)
    one = make_guiding(
        work,
        enterprise=enterprise,
        producer=people["coop@goc.example"],
        helper=people["helper@goc.example"],
    )
    one.place, one.field, one.placed_at = "manage_products.quick", "price_vnd", work.now
    one.until_at = work.now + timedelta(hours=6)
    return one.public_id


def _failed_job(work: Work) -> str:
    """One that was given up, for the operator's page."""
    job = enqueue(work, kind="draw labels", arguments={})
    job.state, job.attempts, job.finished_at = "failed", 4, work.now
    job.error = "OSError: the folder of files is away"
    return job.public_id


def _member(session: Session, sign_in: str) -> By:
    person_id, enterprise_id = session.execute(
        select(Person.id, Membership.enterprise_id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Person.sign_in == sign_in)
    ).one()
    return By("person", person_id, enterprise_id)


def _imports(work: Work) -> dict[str, str]:
    """A sheet of goods that was looked over, and one of lots whose columns are asked about."""
    enterprise_id = work.by.enterprise_id
    assert enterprise_id is not None
    heading = ("Tên hàng", "Nhóm hàng", "Giá một gói")
    examples = (("Chè búp", "Thực phẩm", "rẻ"),)
    goods = runs.Upload("products", "hang.xlsx", "imports/a", heading, examples, {}, 2)
    over = runs.begin_import(work, enterprise_id=enterprise_id, upload=goods)
    over.state, over.chosen = "checked", {"name": 0, "group": 1, "price_vnd": 2}
    texts = {"name": "Chè búp", "group": "Thực phẩm", "price_vnd": "rẻ"}
    refusal = Refusal(3, "price_vnd", "dong_unreadable", {"text": "rẻ"})
    kept = SheetLine(2, {**texts, "price_vnd": "85k"}, row=SimpleNamespace(key="a"))
    lines = [kept, SheetLine(3, texts, refusal=refusal)]
    runs.keep_lines(work, run_id=over.id, lines=lines, outcomes={"a": Outcome(Fate.CREATED)})
    heading = ("Tên hàng", "Mã lô", "NSX")
    lots = runs.Upload("lots", "lo.xlsx", "imports/b", heading, (), {"product": 0, "code": 1}, 2)
    asked = runs.begin_import(work, enterprise_id=enterprise_id, upload=lots)
    columns, known = ("Họ và tên", "Vai"), {"name": 0, "role": 1}
    people = runs.Upload("members", "xa-vien.xlsx", "imports/c", columns, (), known, 2)
    left = runs.begin_import(work, enterprise_id=enterprise_id, upload=people)
    left.state = "writing"
    return {
        "product_import": over.public_id,
        "lot_import": asked.public_id,
        "member_import": left.public_id,
    }


def _listed(work: Work) -> dict[str, str]:
    """A product on sale with a pack and a lot without stamps, one that waits, a draft."""
    tea = work.session.get_one(Product, _lot(work, TEA).product_id)
    knife = work.session.get_one(Product, _lot(work, HELD).product_id)
    packs = select(Pack.public_id).where(Pack.product_id == tea.id).limit(1)
    pack = PackRow(1, "piece", "con", 90_000)
    words = Words("Dao gọt quả", "vi", "Rèn tay, cán gỗ.")
    waiting = catalog.add_product(
        work, enterprise_id=knife.enterprise_id, group=knife.group, words=words, pack=pack
    )
    draft = catalog.add_product(
        work, enterprise_id=tea.enterprise_id, group=tea.group, words=Words("Chè đinh"), pack=pack
    )
    waiting.state, waiting.submitted_at = "submitted", work.now
    return {
        "product": tea.public_id,
        "pack": work.session.scalars(packs).one(),
        "free_lot": make_lot(work, product=tea, code="26-12T").public_id,
        "waiting_product": waiting.public_id,
        **_change(work),
        **_names(work),
        "recognition": make_recognition(work, product=waiting).public_id or "",
        "waiting_enterprise": _waiting_enterprise(work),
        "household": _household(work),
        "paper_consent": _paper_consent(work),
        "draft_product": draft.public_id,
    }


def _names(work: Work) -> dict[str, str]:
    """The demo's own protected name, and the goods that wait because of it."""
    asked = select(ProtectedName.public_id, Product.public_id).join(
        NameCase, NameCase.name_id == ProtectedName.id
    )
    of_goods = asked.join(Product, Product.id == NameCase.object_id)
    first = of_goods.where(NameCase.kind == "product").order_by(NameCase.id).limit(1)
    name, product = work.session.execute(first).one()
    return {"protected_name": name, "asked_about": product}


def _change(work: Work) -> dict[str, str]:
    """The change the demo itself has waiting, and its goods."""
    asked = select(ProductChange.public_id, Product.public_id).join(
        Product, Product.id == ProductChange.product_id
    )
    change, product = work.session.execute(asked).one()
    return {"change": change, "changing_product": product}


def _paper_consent(work: Work) -> str:
    """One that was printed, of the enterprise that waits for the commune's officer."""
    enterprise = work.session.scalars(select(Enterprise).where(Enterprise.state == "submitted"))
    helper = make_person(work, sign_in="con.gai@goc.example", name="Nông Thị Hạnh")
    asking = make_asking(work, enterprise=enterprise.one(), helper=helper)
    asking.printed_at = work.now
    return asking.public_id


def _household(work: Work) -> str:
    """The one somebody of the demo directs."""
    directed = (
        select(Enterprise.public_id)
        .join(Membership, Membership.enterprise_id == Enterprise.id)
        .join(Person, Person.id == Membership.person_id)
        .where(Person.sign_in == "producer@goc.example", Membership.role == "director")
    )
    return work.session.scalars(directed).one()


def _move(work: Work) -> str:
    """Asked for by the shop, within its province."""
    shop = work.session.get_one(
        Enterprise, _member(work.session, "dealer@goc.example").enterprise_id
    )
    return make_move(work, enterprise=shop).public_id


def _waiting_enterprise(work: Work) -> str:
    waiting = select(Enterprise.public_id).where(Enterprise.state == "submitted")
    return work.session.scalars(waiting).one()


def _stamps(work: Work) -> dict[str, str]:
    """One stamp of each kind, of one batch, in the order of KINDS; its page and its labels."""
    batch = service.issue_stamps(work, lot_id=_lot(work, TEA).id, count=len(KINDS))
    lost = KINDS.index(VoidReason.LOST) + 1  # Before use: never stuck on.
    service.activate_stamps(work, batch_id=batch.id, first=2, last=lost - 1)
    service.activate_stamps(work, batch_id=batch.id, first=lost + 1, last=len(KINDS))
    for reason in VoidReason:
        place = KINDS.index(reason) + 1
        service.void_stamps(work, batch_id=batch.id, first=place, last=place, reason=reason)
    serials = work.session.scalars(
        select(Stamp.serial).where(Stamp.batch_id == batch.id).order_by(Stamp.ordinal)
    )
    shown = {
        f"stamp_{kind}": rules.serial_text(each) for kind, each in zip(KINDS, serials, strict=True)
    }
    acts = select(StampAct.public_id).where(StampAct.batch_id == batch.id)
    labels = service.order_labels(work, batch, first=1, last=len(KINDS) - 1, paper=DEFAULT_PAPER)
    code = service.make_print_code(work, labels, print_place="", sealer=sealer())
    assert code.sealed_code is not None
    came_back = select(PrintCode.public_id).where(PrintCode.state == "answered")
    return {
        **_dealing(work, batch),
        "asking": work.session.scalars(select(ActivationAsking.public_id)).one(),
        "open_code": code.public_id,
        "print_code": service.readable_print_code(code.sealed_code, code.public_id, sealer()),
        "spoiled_code": work.session.scalars(came_back).one(),
        **shown,
        **_cases(work, doubted=shown["stamp_doubted"], seen=shown["stamp_many"]),
        "batch": batch.public_id,
        "roll": work.session.scalars(select(StampBatch.public_id).where(_IS_ROLL)).one(),
        "labels": labels.public_id,
        "act": work.session.scalars(acts.where(StampAct.act == "activate").limit(1)).one(),
        "void_act": work.session.scalars(acts.where(StampAct.act == "void").limit(1)).one(),
    }


def _dealing(work: Work, batch: StampBatch) -> dict[str, str]:
    """A dealer of the cooperative, and the link by which they confirm their first stamps."""
    enterprise = work.session.get_one(Enterprise, batch.enterprise_id)
    dealer = make_dealer(work, enterprise=enterprise)
    delivery = make_delivery(work, batch=batch, dealer=dealer, first=1, last=2)
    link = delivery_link(delivery.public_id)
    return {"dealer": dealer.public_id, "delivery": link.rsplit("/", 1)[1]}


def _active_stamp(work: Work, lot: Lot) -> str:
    """A stamp the demo itself issued and activated."""
    stamps = (
        select(Stamp.serial)
        .join(StampBatch, StampBatch.id == Stamp.batch_id)
        .where(StampBatch.lot_id == lot.id, Stamp.ordinal == 1)
    )
    return rules.serial_text(work.session.scalars(stamps).one())


def _report(work: Work, serial: str) -> str:
    words = "Tem bị bong, hàng khác tên."
    return service.report(
        work, serial=rules.parse_serial(serial), text=words, contact="0900 000 099"
    ).public_id


def _cases(work: Work, *, doubted: str, seen: str) -> dict[str, str]:
    """One that has made a stamp suspicious, one that is looked into."""
    ended, open_ = _case(work, doubted), _case(work, seen)
    stamp = queries.stamp_row(work.session, rules.parse_serial(doubted))
    assert stamp is not None, doubted
    why = "Hộp khác màu, thiếu chữ ký của người sao chè."
    place = stamp.ordinal
    fake = service.Conclusion(CaseState.FAKE, why, Measure.SUSPICIOUS, place, place)
    judge = service.Judge(Side.MAKER, MAKER)
    service.conclude_case(work, case_id=ended.id, judge=judge, conclusion=fake)
    return {"case": open_.public_id, "ended_case": ended.public_id}


def _case(work: Work, serial: str) -> StampCase:
    report = service.report(
        work,
        serial=rules.parse_serial(serial),
        text="Hộp chè này khác màu với hộp tôi hay mua.",
        contact="",
        seen=service.Seen("phường Hải Châu, Đà Nẵng", "Cửa hàng mẫu, chợ Cồn", 95_000),
    )
    case = service.open_case(work, report_id=report.id, side=Side.MAKER)
    service.take_case(work, case_id=case.id, side=Side.MAKER)
    return case


def _lot(work: Work, code: str) -> Lot:
    return work.session.scalars(select(Lot).where(Lot.code == code)).one()
