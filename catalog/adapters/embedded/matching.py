"""Questions in FTS5's language, and the fit of every product by the ranking's table."""

import sqlite3
from collections.abc import Sequence

import numpy as np

from catalog.adapters.embedded.columns import Columns, Numbers
from catalog.adapters.embedded.file import FIELD_LETTERS
from catalog.search.question import Clause, Question
from catalog.search.ranking import IN_FORCE, IN_NAME, MATCH_STEP, WEIGHTS, Match
from catalog.search.standing import STARS

_MATCHING = "SELECT rowid FROM token WHERE token MATCH ?"
_PHRASE = "SELECT rowid FROM phrase WHERE phrase MATCH ?"


def fits(
    connection: sqlite3.Connection, columns: Columns, question: Question, standings: Numbers
) -> Numbers:
    """The fit of every row: 0 where it does not match. Without words all match alike."""
    fit = np.zeros(len(standings), dtype=np.int64)
    if not question.words:
        fit += MATCH_STEP
    elif question.any_word:
        for clause in question.clauses:
            fit[columns.places_of(_ids(connection, [clause]))] += MATCH_STEP
    else:
        _add_tiers(connection, columns, question, fit)
    in_force = standings < len(STARS)  # Stars come first among the codes.
    fit[in_force & (fit > 0)] += IN_FORCE
    return fit


def expression(clauses: Sequence[Clause]) -> str:
    """Give the FTS5 expression in which each clause has one of its tokens."""
    return " AND ".join(f"({_any_of(clause)})" for clause in clauses)


def _add_tiers(
    connection: sqlite3.Connection, columns: Columns, question: Question, fit: Numbers
) -> None:
    # From the widest to the closest: what matches twice keeps the greater weight.
    for match, clauses in question.tiers():
        fit[columns.places_of(_ids(connection, clauses))] = WEIGHTS[match] * MATCH_STEP
    if question.phrase:
        rows = connection.execute(_PHRASE, (_quoted(" ".join(question.phrase)),))
        places = columns.places_of([row[0] for row in rows])
        fit[places] = WEIGHTS[Match.PHRASE] * MATCH_STEP
    named = columns.places_of(_ids(connection, question.in_name))
    fit[named[fit[named] > 0]] += IN_NAME


def _ids(connection: sqlite3.Connection, clauses: Sequence[Clause]) -> list[int]:
    return [row[0] for row in connection.execute(_MATCHING, (expression(clauses),))]


def _any_of(clause: Clause) -> str:
    return " OR ".join(_quoted(FIELD_LETTERS[field] + token) for field, token in clause)


def _quoted(text: str) -> str:
    # Tokens are letters and digits; the quotes keep AND, OR, NOT and NEAR from being operators.
    return '"' + text.replace('"', '""') + '"'
