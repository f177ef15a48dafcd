"""Questions the catalog answers, in bulk by ids."""

from catalog.queries.stamped import CertificateFacts, StampedLot, stamped_lot

__all__ = ["CertificateFacts", "StampedLot", "stamped_lot"]
