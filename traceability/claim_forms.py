"""What people type who say that they bought the goods of a stamp."""

from typing import Annotated

from pydantic import StringConstraints

from core.forms import Form
from core.text.typed import OneLine

LONGEST_HERE = 120


class ClaimForm(Form):
    """Where they are, if they like to say so: typed, or chosen from what was typed."""

    here: Annotated[str, OneLine(LONGEST_HERE)] = ""
    commune: Annotated[str, StringConstraints(max_length=10)] = ""
