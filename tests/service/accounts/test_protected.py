"""A protected name in somebody's name: asked about, answered by its owner, decided by officers."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from accounts import queries, service
from accounts.errors import EnterpriseDecided, NameCaseDecided, NameEmpty, ProtectedNameEnded
from accounts.models import Enterprise, NameCase
from accounts.protecting import NameKind
from accounts.service import EnterpriseLook, NamedObject, NewName
from accounts.turns import Level
from app.slots import NAMED_OBJECTS
from catalog import service as catalog
from catalog.errors import ChangeDecided, ProductChanged
from catalog.models import Product
from catalog.service import CertificateEntry, Look, NewPaper, Seen, Words
from core.audit import AuditEntry
from core.messages import Message
from core.work import By, Work
from tests.makers import (
    make_change,
    make_enterprise,
    make_name_case,
    make_pack,
    make_person,
    make_product,
    make_protected_name,
)


def officer(work: Work) -> Work:
    return replace(work, by=By("person", make_person(work).id))


def sent(work: Work, enterprise: Enterprise, name: str) -> Product:
    product = make_product(work, enterprise=enterprise, name=name, state="draft")
    make_pack(work, product=product)
    catalog.submit_product(work, product_id=product.id, version=1)
    return product


def cases(work: Work) -> list[NameCase]:
    found = select(NameCase).order_by(NameCase.id).execution_options(populate_existing=True)
    return list(work.session.scalars(found))


def say(work: Work, case: NameCase, answer: str, reason: str = "") -> None:
    service.answer_name_case(
        work, case_id=case.id, answer=answer, reason=reason, raising=NAMED_OBJECTS
    )


def test_goods_sent_with_a_protected_name_are_asked_about(work: Work) -> None:
    owner = make_enterprise(work, name="Mẫu – Làng Phúc Sen")
    make_protected_name(work, owner=owner)
    make_protected_name(work, name="Phúc Xen", province_code=None)
    user = make_enterprise(work, name="Mẫu – Nơi khác")

    product = sent(work, user, "Dao PHÚC SEN rèn tay")
    sent(work, user, "Dao thường")

    [case] = cases(work)
    assert (case.said, case.enterprise_id) == ("Dao PHÚC SEN rèn tay", user.id)
    told = work.session.scalars(select(Message)).one()
    assert (told.enterprise_id, told.kind) == (owner.id, "name_case")
    [about] = queries.cases_about(work.session, kind="product", object_id=product.id)
    assert (about.name, about.user, about.answer) == ("Phúc Sen", "Mẫu – Nơi khác", None)
    assert about.near == ("Phúc Xen",)


def test_owners_and_entitled_members_use_the_name_freely(work: Work) -> None:
    owner = make_enterprise(work, name="Mẫu – Làng Phúc Sen")
    name = make_protected_name(work, owner=owner)
    member = make_enterprise(work, name="Mẫu – Hộ trong làng")
    service.entitle(work, name_id=name.id, enterprise_id=member.id)
    service.entitle(work, name_id=name.id, enterprise_id=member.id)

    sent(work, owner, "Dao Phúc Sen")
    sent(work, member, "Rựa Phúc Sen")
    assert cases(work) == []

    service.end_entitlement(work, name_id=name.id, enterprise_id=member.id)
    sent(work, member, "Cuốc Phúc Sen")
    assert [case.said for case in cases(work)] == ["Cuốc Phúc Sen"]


def test_an_officers_decision_ends_the_case_and_the_name_is_not_asked_about_again(
    work: Work,
) -> None:
    make_protected_name(work)
    product = sent(work, make_enterprise(work), "Dao Phúc Sen")
    look = Look(product.id, 2, Level.COMMUNE, ("name",))

    catalog.publish_product(officer(work), look=look)

    [case] = cases(work)
    assert (case.outcome, case.decided_at) == ("accepted", work.now)
    work.session.refresh(product)
    catalog.withdraw_product(work, product_id=product.id, version=product.version)
    catalog.submit_product(work, product_id=product.id, version=product.version)
    assert len(cases(work)) == 1


def test_a_returned_name_is_asked_about_again_and_another_is_not(work: Work) -> None:
    make_protected_name(work)
    product = sent(work, make_enterprise(work), "Dao Phúc Sen")
    look = Look(product.id, 2, Level.COMMUNE)
    catalog.return_product(officer(work), look=look, reason="Chủ tên phản đối.")
    assert [case.outcome for case in cases(work)] == ["returned"]

    catalog.submit_product(work, product_id=product.id, version=3)
    assert [case.outcome for case in cases(work)] == ["returned", None]
    catalog.withdraw_product(work, product_id=product.id, version=4)
    assert [case.outcome for case in cases(work)] == ["returned", "withdrawn"]


def test_a_change_of_name_is_asked_about_and_a_change_of_words_is_not(work: Work) -> None:
    product = make_product(work, name="Dao Phúc Sen")
    make_protected_name(work)
    change = make_change(work, product=product, name="Dao Phúc Sen", summary="Rèn tay.")
    assert cases(work) == []
    seen = Seen(1, change.public_id)
    named = Words("Dao Phúc Sen mới", summary="")
    catalog.propose_words(work, product_id=product.id, seen=seen, group=product.group, words=named)
    assert [case.said for case in cases(work)] == ["Dao Phúc Sen mới"]

    look = Look(product.id, 2, Level.COMMUNE, ("name",))
    catalog.publish_change(officer(work), look=look)
    assert [case.outcome for case in cases(work)] == ["accepted"]


def test_a_change_that_came_back_for_its_name_is_asked_about_again_with_a_paper(work: Work) -> None:
    product = make_product(work)
    make_protected_name(work)
    change = make_change(work, product=product, name="Dao Phúc Sen")
    look = Look(product.id, change.version, Level.COMMUNE)
    catalog.return_change(officer(work), look=look, reason="Chủ tên phản đối.")
    assert [case.outcome for case in cases(work)] == ["returned"]

    entry = CertificateEntry("VietGAP", "Vinacert", "VG-02", "", work.today, None)
    catalog.enter_certificate(work, product_id=product.id, paper=NewPaper(entry))

    assert change.state == "waiting"
    assert [(case.said, case.outcome) for case in cases(work)] == [
        ("Dao Phúc Sen", "returned"),
        ("Dao Phúc Sen", None),
    ]


def test_an_enterprise_of_a_protected_name_is_asked_about_until_it_is_decided(work: Work) -> None:
    make_protected_name(work)
    enterprise = make_enterprise(work, name="Mẫu – Rèn Phúc Sen")
    enterprise.state, enterprise.commune_code, enterprise.version = "draft", "01576", 1
    work.session.flush()
    service.submit_enterprise(work, enterprise_id=enterprise.id, version=1)
    assert [(case.kind, case.said) for case in cases(work)] == [("enterprise", enterprise.name)]

    look = EnterpriseLook(enterprise.id, 2, Level.COMMUNE, ("seller",))
    service.verify_enterprise(officer(work), look=look)

    assert [case.outcome for case in cases(work)] == ["accepted"]


def test_the_owner_changes_their_mind_until_an_officer_decides(work: Work) -> None:
    case = make_name_case(work, owner=make_enterprise(work))
    work = officer(work)

    say(work, case, "objects", "Không phải làng tôi.")
    say(work, case, "allows")
    of = NamedObject(case.kind, case.object_id, case.enterprise_id)
    service.settle_names(work, of=of, outcome="accepted")
    with pytest.raises(NameCaseDecided):
        say(work, case, "objects", "Muộn.")

    [stored] = cases(work)
    assert (stored.answer, stored.reason, stored.answered_by_id) == (
        "allows",
        "",
        work.by.person_id,
    )


def test_a_name_taken_off_the_list_stops_what_is_asked(work: Work) -> None:
    case = make_name_case(work, owner=make_enterprise(work))

    service.end_protected_name(work, name_id=case.name_id)

    assert [one.outcome for one in cases(work)] == ["withdrawn"]
    with pytest.raises(ProtectedNameEnded):
        service.end_protected_name(work, name_id=case.name_id)
    acts = work.session.scalars(select(AuditEntry.act)).all()
    assert acts.count("end_protected_name") == 1


def test_a_name_without_letters_protects_nothing(work: Work) -> None:
    with pytest.raises(NameEmpty):
        service.add_protected_name(work, NewName("– –", NameKind.MARK, "Ai", "Đâu"))

    assert work.session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_an_answer_is_read_before_the_enterprise_is_decided_about(work: Work) -> None:
    make_protected_name(work)
    enterprise = make_enterprise(work, name="Mẫu – Rèn Phúc Sen")
    enterprise.state, enterprise.commune_code, enterprise.version = "draft", "01576", 1
    work.session.flush()
    service.submit_enterprise(work, enterprise_id=enterprise.id, version=1)
    [case] = cases(work)
    before = EnterpriseLook(enterprise.id, 2, Level.COMMUNE, ("seller",))

    say(work, case, "objects", "Không phải làng tôi.")

    judging = officer(work)
    with pytest.raises(EnterpriseDecided):
        service.verify_enterprise(judging, look=before)
    service.verify_enterprise(judging, look=replace(before, version=3))
    assert [one.outcome for one in cases(work)] == ["accepted"]


def test_an_answer_is_read_before_goods_are_decided_about(work: Work) -> None:
    make_protected_name(work)
    product = sent(work, make_enterprise(work), "Dao Phúc Sen")
    [case] = cases(work)
    before = Look(product.id, 2, Level.PROVINCE, looked_at=("listing",))

    say(work, case, "objects", "Không phải làng tôi.")

    judging = officer(work)
    with pytest.raises(ProductChanged):
        catalog.publish_product(judging, look=before)
    with pytest.raises(ProductChanged):
        catalog.return_product(judging, look=before, reason="x")
    catalog.publish_product(judging, look=replace(before, version=3))
    assert [one.outcome for one in cases(work)] == ["accepted"]


def test_an_answer_is_read_before_a_change_is_decided_about(work: Work) -> None:
    make_protected_name(work)
    product = make_product(work, enterprise=make_enterprise(work))
    change = make_change(work, product=product, name="Dao Phúc Sen")
    [case] = cases(work)
    before, version = (
        Look(product.id, change.version, Level.PROVINCE, ("listing",)),
        product.version,
    )

    say(work, case, "allows")

    judging = officer(work)
    with pytest.raises(ChangeDecided):
        catalog.publish_change(judging, look=before)
    work.session.refresh(product)
    assert product.version == version  # What is on sale is as it was.
    catalog.publish_change(judging, look=replace(before, version=before.version + 1))
    assert [one.outcome for one in cases(work)] == ["accepted"]


def test_an_answer_about_what_waits_no_longer_raises_nothing(work: Work) -> None:
    case = make_name_case(work, owner=make_enterprise(work))
    product = work.session.get_one(Product, case.object_id)
    before = product.version

    say(work, case, "allows")

    work.session.refresh(product)
    assert (product.state, product.version) == ("published", before)
