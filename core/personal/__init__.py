"""What is held of a person: each table says what it holds, what is handed out, what is erased.

Every feature lists its tables in a `personal.py`; `app/personal.py` joins the lists. A column that
could hold something of a person and stands in none of them fails a test.
"""

from core.personal.erasing import erase
from core.personal.held import NOW, Blank, Gone, Held, Subject
from core.personal.reading import Holding, holdings

__all__ = ["NOW", "Blank", "Gone", "Held", "Holding", "Subject", "erase", "holdings"]
