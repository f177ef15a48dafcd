"""Drawn covers for goods without a photo: the same name, group and seed, the same drawing."""

from catalog.covers.draw import cover_svg

__all__ = ["cover_svg"]
