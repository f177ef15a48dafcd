"""What an officer's decision keeps: the version and the words that were on the screen."""

from dataclasses import replace

from sqlalchemy import select

from accounts.models import NameCase
from accounts.turns import Level
from catalog import service
from catalog.models import ProductReview
from catalog.service import Look
from core.work import By, Work
from tests.makers import make_enterprise, make_pack, make_person, make_product, make_protected_name


def officer(work: Work) -> Work:
    return replace(work, by=By("person", make_person(work, sign_in="lan@goc.example").id))


def kept(work: Work) -> ProductReview:
    return work.session.scalars(select(ProductReview)).one()


def test_a_return_keeps_the_version_seen_and_the_goods_own_packs(work: Work) -> None:
    neighbour = make_product(work, enterprise=make_enterprise(work, name="Mẫu – Khác"))
    make_pack(work, product=neighbour)
    product = make_product(work, state="submitted")
    make_pack(work, product=product, content=200, base_unit="g")
    look = Look(product.id, 1, Level.PROVINCE)

    service.return_product(officer(work), look=look, reason="Chưa đúng nơi làm.")

    work.session.refresh(product)
    assert product.version == 2
    review = kept(work)
    assert (review.product_version, review.level, review.as_deputy) == (1, "province", False)
    assert (review.looked_at, review.reason) == ([], "Chưa đúng nơi làm.")
    assert review.said["packs"] == ["gói 200 g"]


def test_who_stood_in_for_an_officer_is_kept_as_a_deputy(work: Work) -> None:
    product = make_product(work, state="submitted")
    look = Look(product.id, 1, Level.COMMUNE, ("seller",), as_deputy=True)

    service.publish_product(officer(work), look=look)

    assert (kept(work).as_deputy, kept(work).outcome) == (True, "published")


def test_cases_about_a_name_end_as_its_goods_did(work: Work) -> None:
    make_protected_name(work)
    for at, state in enumerate(("published", "returned")):
        maker = make_enterprise(work, name=f"Mẫu – Nhà {at}")
        product = make_product(work, enterprise=maker, name=f"Dao Phúc Sen {at}", state="draft")
        make_pack(work, product=product)
        service.submit_product(work, product_id=product.id, version=1)
        officer_does = replace(work, by=By("person", make_person(work, sign_in=f"{at}@x.vn").id))
        look = Look(product.id, 2, Level.COMMUNE, ("seller",))
        if state == "published":
            service.publish_product(officer_does, look=look)
        else:
            service.return_product(officer_does, look=look, reason="Chưa rõ.")

    found = work.session.execute(select(NameCase.said, NameCase.outcome).order_by(NameCase.id))
    assert [(said, outcome) for said, outcome in found] == [
        ("Dao Phúc Sen 0", "accepted"),
        ("Dao Phúc Sen 1", "returned"),
    ]
