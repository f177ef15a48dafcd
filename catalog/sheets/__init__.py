"""Tables as people keep them, XLSX and CSV: read within bounds, written so that nothing runs."""

from catalog.sheets.columns import Column, guess, missing
from catalog.sheets.reading import MOST_BYTES, MOST_LINES, Line, Table, read_table
from catalog.sheets.writing import FORMATS, Cell, write_table

__all__ = [
    "FORMATS",
    "MOST_BYTES",
    "MOST_LINES",
    "Cell",
    "Column",
    "Line",
    "Table",
    "guess",
    "missing",
    "read_table",
    "write_table",
]
