"""What is typed to practise and to train."""

import re
from datetime import date
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from core.errors import sentence
from core.forms import Form, Unfit
from core.places import communes, provinces
from core.text.typed import Day, OneLine


class AskGuidingForm(Form):
    """By which number or address the helper signs in."""

    helper: Annotated[str, OneLine(at_most=254)]


class PairForm(Form):
    """The pair of digits the producer sees on the helper's screen."""

    pair: Annotated[str, StringConstraints(max_length=4)] = ""


class SayForm(Form):
    """A sentence, a field to point at, or both."""

    words: Annotated[str, OneLine(at_most=200)] = ""
    field: Annotated[str, StringConstraints(max_length=40)] = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.words and not self.field:
            raise Unfit(sentence("Xin viết một câu, hoặc chọn một ô."), field="words")
        return self


class JoinForm(Form):
    """The six digits on the board, spaces allowed."""

    code: Annotated[str, StringConstraints(max_length=40)]

    @property
    def digits(self) -> str:
        """The code without what people put between."""
        return re.sub(r"\D", "", self.code)


class TrainingForm(Form):
    """What a training is called, its day, and where: the code of a commune or province."""

    name: Annotated[str, OneLine(at_most=120)]
    held_on: Annotated[date, Day()]
    area: Annotated[str, OneLine(at_most=10)] = ""

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.area and self.area not in provinces() and self.area not in communes():
            raise Unfit(sentence("Xin chọn một trong các mục có sẵn."), field="area")
        return self

    @property
    def place(self) -> tuple[str | None, str | None]:
        """The codes of province and commune."""
        commune = communes().get(self.area)
        if commune is not None:
            return commune.province_code, commune.code
        return self.area or None, None
