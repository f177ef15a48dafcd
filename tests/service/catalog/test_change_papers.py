"""Papers in a change of goods on sale: asked for as seen, refused where they cannot be."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalog import service
from catalog.errors import CertificateEndsEarly, ChangeMoved, PaperChanged
from catalog.models import Certificate, Product, ProductChange
from catalog.service import CertificateEntry, NewPaper, Seen
from core.errors import NotFound
from core.work import Work
from tests.makers import make_certificate, make_product


def paper(work: Work, name: str = "VietGAP", **more: int) -> NewPaper:
    return NewPaper(CertificateEntry(name, "Vinacert", "VG-02", "", work.today, None), **more)


def enter(work: Work, product: Product, name: str, **more: int) -> bool:
    return service.enter_certificate(work, product_id=product.id, paper=paper(work, name, **more))


def asked_for(work: Work) -> list[tuple[str, int | None]]:
    """The papers of the one change there is: their names, and what each replaces."""
    change = work.session.scalars(select(ProductChange)).one()
    return [(one["name"], one["replaces"]) for one in change.proposed["certificates"]]


def shown(work: Work) -> list[tuple[str, int]]:
    rows = work.session.execute(
        select(Certificate.name, Certificate.version).order_by(Certificate.id)
    )
    return [(name, version) for name, version in rows]


def test_a_paper_that_ends_before_it_begins_is_not_asked_for(work: Work) -> None:
    product = make_product(work)
    yesterday = work.today - timedelta(days=1)
    entry = CertificateEntry("VietGAP", "Vinacert", "VG-02", "", work.today, yesterday)

    with pytest.raises(CertificateEndsEarly):
        service.propose_certificate(work, product_id=product.id, paper=NewPaper(entry))

    assert work.session.scalars(select(ProductChange)).all() == []


def test_of_two_papers_for_one_place_the_later_is_asked_for_beside_the_others(work: Work) -> None:
    product = make_product(work)
    old = make_certificate(work, product=product)
    enter(work, product, "HACCP")
    enter(work, product, "VietGAP 2", replaces=old.id, replaces_version=1)

    enter(work, product, "VietGAP 3", replaces=old.id, replaces_version=1)

    assert asked_for(work) == [("HACCP", None), ("VietGAP 3", old.id)]


def test_a_paper_that_changed_since_it_was_seen_is_not_replaced(work: Work) -> None:
    product = make_product(work)
    make_certificate(work, product=product)
    old = make_certificate(work, product=product)
    corrected = paper(work, "VietGAP 2").entry
    service.change_certificate(work, certificate_id=old.id, version=1, entry=corrected)

    with pytest.raises(PaperChanged):
        enter(work, product, "VietGAP 3", replaces=old.id, replaces_version=1)

    assert work.session.scalars(select(ProductChange)).all() == []
    assert not enter(work, product, "VietGAP 3", replaces=old.id, replaces_version=2)
    assert asked_for(work) == [("VietGAP 3", old.id)]
    assert shown(work) == [("VietGAP", 1), ("VietGAP 2", 2)]


def test_a_paper_of_a_draft_is_corrected_at_once_as_it_was_seen(work: Work) -> None:
    product = make_product(work, state="draft")
    old = make_certificate(work, product=product)

    assert enter(work, product, "VietGAP 2", replaces=old.id, replaces_version=1)

    with pytest.raises(PaperChanged):
        enter(work, product, "VietGAP 3", replaces=old.id, replaces_version=1)
    assert shown(work) == [("VietGAP 2", 2)]
    assert work.session.scalars(select(ProductChange)).all() == []


def test_a_paper_the_change_does_not_name_is_not_taken_out_of_it(work: Work) -> None:
    product = make_product(work)
    enter(work, product, "HACCP")
    change = work.session.scalars(select(ProductChange)).one()
    seen = Seen(1, change.public_id)

    with pytest.raises(ChangeMoved):
        service.drop_certificate(work, product_id=product.id, seen=seen, key="0000000000")

    assert (change.state, change.version, asked_for(work)) == ("waiting", 1, [("HACCP", None)])


def test_of_goods_nobody_has_nothing_is_asked(work: Work) -> None:
    with pytest.raises(NotFound):
        service.enter_certificate(work, product_id=0, paper=paper(work))
    with pytest.raises(NotFound):
        service.propose_certificate(work, product_id=0, paper=paper(work))

    assert work.session.scalars(select(ProductChange)).all() == []
