"""Questions the catalog answers, in bulk by ids."""

from catalog.queries.imported import pack_ids_by_import_key
from catalog.queries.stamped import CertificateFacts, StampedLot, stamped_lot

__all__ = ["CertificateFacts", "StampedLot", "pack_ids_by_import_key", "stamped_lot"]
