"""Another enterprise's photo is not there, whatever a page is asked about it."""

from sqlalchemy import select

from accounts.models import Enterprise
from catalog.models import ProductPhoto
from core.photos.models import Photo
from core.work import COMMAND, Work, transaction
from tests.makers import make_enterprise, make_product
from tests.pictures import make_photo
from tests.web.signed_in import SignedIn


def make_removed(work: Work, enterprise: Enterprise) -> tuple[str, Photo]:
    """The public id of goods, and a photo of theirs that was taken off."""
    product = make_product(work, enterprise=enterprise)
    photo = make_photo(work, enterprise_id=enterprise.id)
    photo.removed_at = work.now
    shown = ProductPhoto(
        photo_id=photo.id,
        product_id=product.id,
        enterprise_id=enterprise.id,
        subject="gallery",
        position=0,
    )
    work.session.add(shown)
    work.session.flush()
    return product.public_id, photo


def test_only_ones_own_removed_photo_is_offered_back(browser: SignedIn) -> None:
    with transaction(by=COMMAND) as work:
        smithy = work.session.scalars(select(Enterprise)).one()
        product, own = make_removed(work, smithy)
        _, foreign = make_removed(work, make_enterprise(work, name="Mẫu – Tổ đan Bình"))
    path = f"/manage/products/{product}/photos?removed="

    offered = browser.get(f"{path}{own.public_id}")
    refused = browser.get(f"{path}{foreign.public_id}")

    assert f"/manage/photos/{own.public_id}/restore" in offered.text
    assert refused.status_code == 404
    assert "/restore" not in refused.text
