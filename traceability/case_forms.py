"""What people type about a case of a suspected fake."""

from typing import Annotated, Literal

from core.forms import Form
from core.text.typed import ManyLines
from traceability.forms import RangeForm
from traceability.rules import CaseState, Measure
from traceability.service.cases import LONGEST_NOTE

LONGEST_WHY = 500


class NoteForm(Form):
    """A note on a case."""

    words: Annotated[str, ManyLines(LONGEST_NOTE)]


class ConclusionForm(RangeForm):
    """How a case ends, why, and what becomes of which stamps; `confirmed` where they are many."""

    state: Literal[CaseState.FAKE, CaseState.GENUINE, CaseState.UNCLEAR]
    measure: Measure = Measure.NONE
    why: Annotated[str, ManyLines(LONGEST_WHY)]
    confirmed: Literal["", "yes"] = ""

    @property
    def changes_stamps(self) -> bool:
        """Whether stamps become suspicious or void by it."""
        return self.state is CaseState.FAKE and self.measure is not Measure.NONE


class LiftForm(Form):
    """Why a conclusion is taken back."""

    why: Annotated[str, ManyLines(LONGEST_WHY)]
