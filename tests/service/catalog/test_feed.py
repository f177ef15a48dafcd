from sqlalchemy import func, select

from accounts.models import Enterprise
from catalog.models import SearchPending, SearchRevision
from catalog.search.feed import BEGINNING, changes_after, head, mark_changed, sequence
from catalog.search.port import Position
from core.work import Work
from tests.makers import make_pack, make_product


def revisions(work: Work) -> dict[int, int]:
    rows = work.session.execute(select(SearchRevision.product_id, SearchRevision.revision))
    return {row.product_id: row.revision for row in rows}


def test_each_change_gets_a_greater_revision_and_a_product_keeps_only_its_last(work: Work) -> None:
    mark_changed(work, [7, 8])
    sequence(work)
    mark_changed(work, [7])

    assert sequence(work) == 1

    assert revisions(work) == {8: 2, 7: 3}
    assert head(work.session).revision == 3
    assert work.session.scalar(select(func.count(SearchPending.id))) == 0


def test_a_product_changed_ten_times_before_the_sequencer_came_has_one_revision(work: Work) -> None:
    for _ in range(10):
        mark_changed(work, [7])

    assert sequence(work) == 10

    assert revisions(work) == {7: 1}
    assert sequence(work) == 0
    assert head(work.session).revision == 1, "nothing waiting raises nothing"


def test_without_a_change_the_feed_has_not_begun(work: Work) -> None:
    mark_changed(work, [])

    assert head(work.session) == BEGINNING
    assert changes_after(work.session, BEGINNING) is None


def test_a_follower_gets_the_documents_of_what_may_be_found_and_the_ids_of_the_rest(
    work: Work,
) -> None:
    published = make_product(work, name="Mật ong rừng")
    draft = make_product(work, enterprise=None, name="Cà phê", state="draft")
    gone = draft.id + 1  # Of a product that is no more.
    mark_changed(work, [published.id, draft.id, gone])
    sequence(work)
    epoch = head(work.session).epoch

    changes = changes_after(work.session, Position(epoch, 0))

    assert changes is not None
    assert [document.product_id for document in changes.documents] == [published.id]
    assert changes.removed == [draft.id, gone]
    assert changes.until == Position(epoch, 3)
    assert changes_after(work.session, changes.until) is None


def test_a_product_of_a_suspended_maker_is_removed(work: Work) -> None:
    product = make_product(work)
    maker = work.session.get_one(Enterprise, product.enterprise_id)
    maker.state, maker.suspended_at = "suspended", work.now
    work.session.flush()
    mark_changed(work, [product.id])
    sequence(work)

    changes = changes_after(work.session, BEGINNING)

    assert changes is not None
    assert list(changes.documents) == []
    assert changes.removed == [product.id]


def test_a_document_carries_the_lowest_price_and_the_price_of_a_kilogram(work: Work) -> None:
    product = make_product(work, name="Mật ong rừng", group="thuc_pham")
    make_pack(work, product=product, content=200, base_unit="g", price_vnd=90_000)
    make_pack(work, product=product, content=500, base_unit="g", price_vnd=200_000)
    mark_changed(work, [product.id])
    sequence(work)

    changes = changes_after(work.session, BEGINNING)

    assert changes is not None
    (document,) = changes.documents
    assert (document.price_vnd, document.unit_price_vnd) == (90_000, 400_000)
    assert document.group == "thuc_pham"
    assert document.province == "4"
    assert document.quality == 20, "a price, and nothing else is filled in"
    assert "matong" in document.tokens.joined.split()
    assert "xã phúc sen cao bằng ¦ cao bằng" in document.tokens.exact
    assert "caobang" in document.tokens.joined.split()
