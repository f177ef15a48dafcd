"""Tables of the catalog."""

from catalog.models.changes import ProductChange
from catalog.models.feed import SearchFeed, SearchPending, SearchRevision
from catalog.models.imports import ImportRow, ImportRun
from catalog.models.lots import Lot
from catalog.models.photos import Paper, ProductPhoto
from catalog.models.products import Offer, Pack, Product, ProductReview, ProductText
from catalog.models.revisions import ProductRevision
from catalog.models.standings import Certificate, Recognition

__all__ = [
    "Certificate",
    "ImportRow",
    "ImportRun",
    "Lot",
    "Offer",
    "Pack",
    "Paper",
    "Product",
    "ProductChange",
    "ProductPhoto",
    "ProductReview",
    "ProductRevision",
    "ProductText",
    "Recognition",
    "SearchFeed",
    "SearchPending",
    "SearchRevision",
]
