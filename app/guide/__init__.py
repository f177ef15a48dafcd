"""The guide for farmers: chapters of short steps, for the page, for print and for docs/guide/."""

from app.guide.chapters import CHAPTERS, Chapter, Shot, Step

__all__ = ["CHAPTERS", "Chapter", "Shot", "Step"]
