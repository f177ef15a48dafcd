"""Verbs of the catalog."""

from catalog.service.lots import SealedLot, seal_lot

__all__ = ["SealedLot", "seal_lot"]
