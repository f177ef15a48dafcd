"""Questions the catalog answers, in bulk by ids."""

from catalog.queries.gtins import GoodsOfGtin, goods_of_gtin
from catalog.queries.imported import pack_ids_by_import_key
from catalog.queries.stamped import CertificateFacts, StampedLot, lot_uri_code, stamped_lot

__all__ = [
    "CertificateFacts",
    "GoodsOfGtin",
    "StampedLot",
    "goods_of_gtin",
    "lot_uri_code",
    "pack_ids_by_import_key",
    "stamped_lot",
]
