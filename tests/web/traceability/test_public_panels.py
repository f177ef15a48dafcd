from flask.testing import FlaskClient

from catalog.models import Product
from core.slugs import slug_of
from core.work import reading
from tests.web.traceability.manage_cast import Cast


def product_path(cast: Cast) -> str:
    with reading() as session:
        return slug_of("Dao phay", session.get_one(Product, cast.lot.product_id).slug_key)


def test_a_products_page_counts_the_stamps_of_its_lots(cast: Cast, client: FlaskClient) -> None:
    cast.batch(20, active=12)

    page = client.get(f"/products/{product_path(cast)}").text

    assert "Tem của các lô" in page
    assert "phát 20 tem, báo đã dán 12" in page


def test_a_product_without_stamps_says_nothing_of_them(cast: Cast, client: FlaskClient) -> None:
    assert "Tem của các lô" not in client.get(f"/products/{product_path(cast)}").text


def test_a_lots_page_tells_what_happened_but_not_what_was_taken_back(
    cast: Cast, client: FlaskClient
) -> None:
    batch = cast.batch(20)
    path = f"/manage/stamps/{batch.public_id}/activate"
    location = cast.director.post(path, {"first": "1", "last": "3"}).location
    cast.director.post(f"{location}/undo")
    cast.director.post(path, {"first": "1", "last": "7"})

    page = client.get(f"/lots/{cast.lot.public_id}").text

    assert "Phát 20 tem" in page
    assert "Báo đã dán 7 tem" in page
    assert "Báo đã dán 3 tem" not in page


def test_the_sellers_lots_offer_stamps_to_whoever_may_issue_them(cast: Cast) -> None:
    cast.batch(20, active=12)

    page = cast.director.get("/manage/lots").text

    assert "Tem: 12 đã dán, 8 chờ" in page
    assert f'href="/manage/stamps?lot={cast.lot.public_id}">Phát tem' in page
    assert ">Phát tem</a>" not in cast.seller.get("/manage/lots").text
