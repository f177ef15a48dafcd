"""A change of goods on sale waits for an officer; what is published stays until then."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.rules import Office, Role
from accounts.turns import Level
from catalog import queries, service
from catalog.errors import (
    ChangeBaseMoved,
    ChangeDecided,
    ChangeMoved,
    GroupHasLots,
    GroupUnfit,
    NothingProposed,
    ProductClosed,
    SellerUnverified,
)
from catalog.models import (
    Certificate,
    Product,
    ProductChange,
    ProductReview,
    ProductRevision,
    ProductText,
    SearchPending,
)
from catalog.service import CertificateEntry, Look, NewPaper, Seen, Words
from core.audit import AuditEntry
from core.messages import Message
from core.work import By, Work
from tests.makers import (
    make_certificate,
    make_change,
    make_enterprise,
    make_lot,
    make_pack,
    make_person,
    make_product,
)

OFFICE = Office(1, Role.OFFICER, province_code="4")


def officer(work: Work) -> Work:
    return replace(work, by=By("person", make_person(work).id))


def look(change: ProductChange, version: int = 1) -> Look:
    return Look(change.product_id, version, Level.COMMUNE, ("name",))


def name_of(work: Work, product: Product) -> str:
    return work.session.get_one(ProductText, (product.id, "vi"), populate_existing=True).name


def paper(work: Work, name: str = "VietGAP", **more: int) -> NewPaper:
    return NewPaper(CertificateEntry(name, "Vinacert", "VG-02", "", work.today, None), **more)


def reviews(work: Work) -> int:
    return work.session.scalar(select(func.count()).select_from(ProductReview)) or 0


def test_a_change_waits_beside_what_is_on_sale(work: Work) -> None:
    product = make_product(work)

    change = make_change(work, product=product, name="Dao chặt")

    assert (change.state, change.version, change.submitted_at) == ("waiting", 1, work.now)
    said = {"name": "Dao phay", "group": "thu_cong_my_nghe", "summary": "", "story": ""}
    assert change.base == said
    assert change.proposed["name"] == "Dao chặt"
    assert name_of(work, product) == "Dao phay"
    assert (product.state, product.version) == ("published", 1)
    assert work.session.scalars(select(SearchPending.product_id)).all() == []
    assert work.session.scalars(select(AuditEntry.act)).all() == ["propose_change"]


def test_a_change_lies_in_the_queue_beside_new_goods_by_its_own_day(work: Work) -> None:
    enterprise = make_enterprise(work)
    new = make_product(work, enterprise=enterprise, state="submitted")
    new.submitted_at = work.now - timedelta(hours=1)
    on_sale = make_product(work, enterprise=enterprise)
    on_sale.submitted_at = work.now - timedelta(days=300)
    make_product(work, enterprise=enterprise)
    make_change(work, product=on_sale)

    found = queries.waiting_products(work.session, [OFFICE], limit=10)

    assert [each.id for each in found] == [new.id, on_sale.id]
    assert [each.change_state for each in found] == [None, "waiting"]
    assert found[1].sent_at == work.now
    assert queries.waiting_count(work.session, [OFFICE]) == 2


def test_a_published_change_is_one_revision_told_to_search_and_maker(work: Work) -> None:
    product = make_product(work)
    change = make_change(work, product=product, name="Dao chặt", summary="Rèn tay.")
    work = officer(work)

    service.publish_change(work, look=look(change))

    assert name_of(work, product) == "Dao chặt"
    work.session.refresh(change)
    assert (change.state, change.ended_at, change.version) == ("published", work.now, 2)
    revision = work.session.scalars(select(ProductRevision)).one()
    assert revision.before == {"name": "Dao phay", "summary": ""}
    assert revision.after == {"name": "Dao chặt", "summary": "Rèn tay."}
    review = work.session.scalars(select(ProductReview)).one()
    assert (review.outcome, review.looked_at, review.on_time) == ("published", ["name"], True)
    assert review.said["name"] == "Dao chặt"
    assert review.product_version == 1
    assert work.session.scalars(select(SearchPending.product_id)).all() == [product.id]
    assert work.session.scalars(select(Message.kind)).all() == ["change_published"]
    assert queries.waiting_count(work.session, [OFFICE]) == 0


def test_a_returned_change_keeps_what_is_on_sale_and_may_be_sent_again(work: Work) -> None:
    product = make_product(work)
    change = make_change(work, product=product)
    work = officer(work)
    service.return_change(work, look=look(change), reason="Tên chưa rõ.")

    found = queries.open_change(work.session, product.id)
    assert found is not None
    assert (found.state, found.reason, found.version) == ("returned", "Tên chưa rõ.", 2)
    assert queries.waiting_count(work.session, [OFFICE]) == 0
    review = work.session.scalars(select(ProductReview)).one()
    assert (review.outcome, review.product_version) == ("returned", product.version)
    assert work.session.scalars(select(Message.kind)).all() == ["change_returned"]
    seen = Seen(2, found.public_id)
    again = Words("Dao bầu", summary="")
    service.propose_words(work, product_id=product.id, seen=seen, group=product.group, words=again)

    work.session.refresh(change)
    assert (change.state, change.reason, change.version) == ("waiting", "", 3)
    assert name_of(work, product) == "Dao phay"


def test_only_what_was_on_the_officers_screen_is_decided(work: Work) -> None:
    product = make_product(work)
    change = make_change(work, product=product)
    seen = Seen(1, change.public_id)
    other = Words("Dao bầu", summary="")
    service.propose_words(work, product_id=product.id, seen=seen, group=product.group, words=other)
    work = officer(work)

    with pytest.raises(ChangeDecided):
        service.publish_change(work, look=look(change, version=1))

    assert (name_of(work, product), reviews(work)) == ("Dao phay", 0)


def test_two_who_word_the_same_change_meet(work: Work) -> None:
    product = make_product(work)
    change = make_change(work, product=product)

    with pytest.raises(ChangeMoved):
        service.propose_words(
            work,
            product_id=product.id,
            seen=Seen(product.version),
            group=product.group,
            words=Words("Dao bầu"),
        )

    assert change.proposed["name"] == "Dao phay rèn tay"


def test_a_price_moves_under_a_change_and_words_do_not(work: Work) -> None:
    product = make_product(work)
    pack = make_pack(work, product=product)
    change = make_change(work, product=product)
    stored = queries.managed_products(work.session, [product.id])[0].packs[0]
    priced = service.PackRow(stored.content, stored.base_unit, stored.words, 300_000)
    service.change_pack(work, pack_id=pack.id, version=1, pack=priced)
    work = officer(work)
    service.publish_change(work, look=look(change))
    assert name_of(work, product) == "Dao phay rèn tay"

    moved = make_change(work, product=product, name="Dao bầu")
    text = work.session.get_one(ProductText, (product.id, "vi"))
    text.summary = "Một nguồn vừa ghi."
    work.session.flush()
    with pytest.raises(ChangeBaseMoved):
        service.publish_change(work, look=look(moved))

    assert name_of(work, product) == "Dao phay rèn tay"


def test_goods_that_leave_the_shop_take_their_change_with_them(work: Work) -> None:
    product = make_product(work)
    change = make_change(work, product=product)
    service.withdraw_product(work, product_id=product.id, version=1)
    work.session.refresh(change)
    assert (change.state, change.ended_at) == ("withdrawn", work.now)
    work = officer(work)

    with pytest.raises(ProductClosed):
        service.publish_change(work, look=look(change))

    assert (name_of(work, product), reviews(work)) == ("Dao phay", 0)
    assert queries.open_change(work.session, product.id) is None


def test_a_suspended_sellers_change_is_not_published(work: Work) -> None:
    enterprise = make_enterprise(work)
    product = make_product(work, enterprise=enterprise)
    change = make_change(work, product=product)
    enterprise.state, enterprise.suspended_at = "suspended", work.now
    work.session.flush()
    work = officer(work)

    with pytest.raises(SellerUnverified):
        service.publish_change(work, look=look(change))

    assert name_of(work, product) == "Dao phay"


def test_a_change_that_changes_nothing_is_not_sent(work: Work) -> None:
    product = make_product(work)

    with pytest.raises(NothingProposed):
        make_change(work, product=product, name="Dao phay")

    assert work.session.scalar(select(func.count()).select_from(ProductChange)) == 0


def test_goods_with_lots_or_weighed_do_not_become_a_service(work: Work) -> None:
    product = make_product(work)
    make_lot(work, product=product)
    weighed = make_product(work, enterprise=make_enterprise(work, name="Mẫu – Khác"))
    make_pack(work, product=weighed, content=200, base_unit="g")

    for one, refusal in ((product, GroupHasLots), (weighed, GroupUnfit)):
        with pytest.raises(refusal):
            service.propose_words(
                work,
                product_id=one.id,
                seen=Seen(1),
                group="du_lich",
                words=Words("Dao phay"),
            )


def test_a_certificate_of_goods_on_sale_is_shown_once_an_officer_looked(work: Work) -> None:
    product = make_product(work)

    assert not service.enter_certificate(work, product_id=product.id, paper=paper(work))

    assert work.session.scalars(select(Certificate.name)).all() == []
    change = work.session.scalars(select(ProductChange)).one()
    found = queries.open_change(work.session, product.id)
    assert found is not None
    assert [each.name for each in found.certificates] == ["VietGAP"]
    service.publish_change(officer(work), look=look(change))
    assert work.session.scalars(select(Certificate.number)).all() == ["VG-02"]


def test_a_certificate_takes_anothers_place_as_it_was_seen(work: Work) -> None:
    product = make_product(work)
    old = make_certificate(work, product=product)
    entry = paper(work, "VietGAP 2", replaces=old.id, replaces_version=1)

    service.enter_certificate(work, product_id=product.id, paper=entry)

    assert (old.name, old.version) == ("VietGAP", 1)
    change = work.session.scalars(select(ProductChange)).one()
    service.remove_certificate(work, certificate_id=old.id, version=1)
    with pytest.raises(ChangeBaseMoved):
        service.publish_change(officer(work), look=look(change))
    assert work.session.scalars(select(Certificate.name)).all() == []


def test_a_certificate_is_taken_out_of_a_change_and_the_last_one_ends_it(work: Work) -> None:
    product = make_product(work)
    for name in ("VietGAP", "HACCP"):
        service.enter_certificate(work, product_id=product.id, paper=paper(work, name))
    change = work.session.scalars(select(ProductChange)).one()
    keys = [one["key"] for one in change.proposed["certificates"]]

    seen = Seen(change.version, change.public_id)
    service.drop_certificate(work, product_id=product.id, seen=seen, key=keys[0])

    assert [one["name"] for one in change.proposed["certificates"]] == ["HACCP"]
    assert (change.state, change.version) == ("waiting", 3)
    with pytest.raises(ChangeMoved):
        service.drop_certificate(work, product_id=product.id, seen=seen, key=keys[1])
    seen = Seen(3, change.public_id)
    service.drop_certificate(work, product_id=product.id, seen=seen, key=keys[1])
    assert (change.state, change.ended_at) == ("withdrawn", work.now)


def test_a_certificate_of_a_draft_is_kept_at_once(work: Work) -> None:
    product = make_product(work, state="draft")

    assert service.enter_certificate(work, product_id=product.id, paper=paper(work))

    assert work.session.scalars(select(Certificate.name)).all() == ["VietGAP"]


def test_a_change_is_taken_back_and_another_may_be_asked_for(work: Work) -> None:
    product = make_product(work)
    change = make_change(work, product=product)

    service.withdraw_change(work, product_id=product.id, seen=Seen(1, change.public_id))

    assert change.state == "withdrawn"
    assert queries.waiting_count(work.session, [OFFICE]) == 0
    service.propose_words(
        work,
        product_id=product.id,
        seen=Seen(1),
        group=product.group,
        words=Words("Dao bầu"),
    )
    assert queries.waiting_count(work.session, [OFFICE]) == 1
