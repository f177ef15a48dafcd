"""Questions the catalog answers, in bulk by ids."""

from catalog.queries.cards import ProductCard, product_cards
from catalog.queries.full import FullProduct, product_by_slug_key
from catalog.queries.gtins import GoodsOfGtin, goods_of_gtin
from catalog.queries.imported import pack_ids_by_import_key
from catalog.queries.lots import PublicLot, lot_by_public_id, lots, lots_of
from catalog.queries.managed_lots import (
    LOTS_A_PAGE,
    ManagedLot,
    lot_count,
    lots_of_product,
    managed_lot,
    managed_lots,
)
from catalog.queries.managed_products import (
    PRODUCTS_A_PAGE,
    ManagedPack,
    ManagedProduct,
    Returned,
    goods_for_lots,
    last_return,
    managed_pack,
    managed_product,
    managed_products,
    product_ids_named,
    unfinished_products,
    waiting_count,
    waiting_products,
)
from catalog.queries.papers import Paper, Review, papers_in_force
from catalog.queries.photos import (
    ManagedPhoto,
    ProductPicture,
    covers,
    managed_photo,
    managed_pictures,
    paper_pictures,
    pictures_of,
)
from catalog.queries.prices import Price, prices
from catalog.queries.ranks import Rank, ranks
from catalog.queries.shelves import (
    Counts,
    counts,
    counts_by_maker,
    listed_makers,
    product_ids_of,
    todays_choice,
)
from catalog.queries.stampable import (
    CodedLot,
    StampableLot,
    coded_lots_of_products,
    stampable_lot,
    stampable_lots,
    stampable_lots_by_id,
    stampable_lots_coded,
)
from catalog.queries.stamped import CertificateFacts, StampedLot, lot_uri_code, stamped_lot

__all__ = [
    "LOTS_A_PAGE",
    "PRODUCTS_A_PAGE",
    "CertificateFacts",
    "CodedLot",
    "Counts",
    "FullProduct",
    "GoodsOfGtin",
    "ManagedLot",
    "ManagedPack",
    "ManagedPhoto",
    "ManagedProduct",
    "Paper",
    "Price",
    "ProductCard",
    "ProductPicture",
    "PublicLot",
    "Rank",
    "Returned",
    "Review",
    "StampableLot",
    "StampedLot",
    "coded_lots_of_products",
    "counts",
    "counts_by_maker",
    "covers",
    "goods_for_lots",
    "goods_of_gtin",
    "last_return",
    "listed_makers",
    "lot_by_public_id",
    "lot_count",
    "lot_uri_code",
    "lots",
    "lots_of",
    "lots_of_product",
    "managed_lot",
    "managed_lots",
    "managed_pack",
    "managed_photo",
    "managed_pictures",
    "managed_product",
    "managed_products",
    "pack_ids_by_import_key",
    "paper_pictures",
    "papers_in_force",
    "pictures_of",
    "prices",
    "product_by_slug_key",
    "product_cards",
    "product_ids_named",
    "product_ids_of",
    "ranks",
    "stampable_lot",
    "stampable_lots",
    "stampable_lots_by_id",
    "stampable_lots_coded",
    "stamped_lot",
    "todays_choice",
    "unfinished_products",
    "waiting_count",
    "waiting_products",
]
