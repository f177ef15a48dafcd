"""A form is one pydantic model: read it, or hand back what was typed with a sentence by each field.

form = read(LotForm, request.form)
if isinstance(form, Refused):
    return page("catalog/lot_form.html", status=422, form=form)
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from flask_babel import gettext
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails
from werkzeug.datastructures import MultiDict

from core.errors import AppError
from core.form_sentences import sentence_of

F = TypeVar("F", bound="Form")
_LISTS = (list, tuple, set, frozenset)


class Form(BaseModel):
    """What every form is: fields it does not know are ignored, and nothing changes it later."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Unfit(ValueError):
    """A feature's own refusal inside a model, with its sentence; `field` where it stands.

    Raise it in a pydantic validator; one of the whole model names the field itself.
    """

    def __init__(self, sentence: str, *, field: str = "", **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.values = values


@dataclass(frozen=True)
class Drawn:
    """A form as it is drawn: what stands in each field, and what was refused there."""

    values: Mapping[str, str | list[str]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """What stands in a field, as typed."""
        found = self.values.get(name, "")
        return found if isinstance(found, str) else next(iter(found), "")

    def chosen(self, name: str) -> list[str]:
        """What is chosen in a field of several."""
        found = self.values.get(name, [])
        return [found] if isinstance(found, str) else found

    def error(self, name: str) -> str:
        """The sentence beside a field; empty where nothing was refused."""
        return self.errors.get(name, "")

    @property
    def summary(self) -> list[tuple[str, str]]:
        """(field, sentence) in the order of the form, for the list on top of it."""
        return list(self.errors.items())


@dataclass(frozen=True)
class Refused(Drawn):
    """A form that cannot be taken as it is: everything typed is kept. Answer it with 422."""

    def __bool__(self) -> bool:
        """False, so that a forgotten `isinstance` does not pass for a form."""
        return False


def blank(**values: object) -> Drawn:
    """A form nobody has typed in yet, with what is known already."""
    return Drawn(
        {
            name: [str(one) for one in value]
            if isinstance(value, _LISTS)
            else ("" if value is None else str(value))
            for name, value in values.items()
        }
    )


def read(model: type[F], sent: MultiDict[str, str]) -> F | Refused:
    """The form that was sent, or everything typed with a sentence by each refused field.

    An empty field counts as not sent. A form sent with `redraw` (it was typed before a sign-in
    ended) is handed back as typed, without a refusal, for the person to look at again.
    """
    typed = _typed(model, sent)
    if "redraw" in sent:
        return Refused(typed)
    found = judged(model, {name: value for name, value in typed.items() if _said(value)})
    return Refused(typed, found) if isinstance(found, dict) else found


def judged(model: type[F], said: Mapping[str, object]) -> F | dict[str, str]:
    """The form that says this, or a sentence for each refused field, in the order of the form."""
    try:
        return model.model_validate(said)
    except ValidationError as error:
        return _sentences(model, error.errors(include_url=False))


def refused(sent: MultiDict[str, str], model: type[Form], error: AppError, *, at: str) -> Refused:
    """A form that reads well and which the service refused: its sentence stands at a field."""
    return Refused(_typed(model, sent), {at: gettext(error.sentence, **error.values)})


def as_typed(model: type[Form], sent: MultiDict[str, str]) -> Drawn:
    """Everything that was typed, as it stands, nothing refused."""
    return Drawn(_typed(model, sent))


def _typed(model: type[Form], sent: MultiDict[str, str]) -> dict[str, str | list[str]]:
    typed: dict[str, str | list[str]] = {}
    for attribute, details in model.model_fields.items():
        name = details.alias or attribute
        if _is_list(details.annotation):
            typed[name] = [_clean(one) for one in sent.getlist(name)]
        else:
            typed[name] = _clean(sent.get(name, ""))
    return typed


def _is_list(annotation: Any) -> bool:
    origin = get_origin(annotation)
    if origin in {Union, UnionType}:
        return any(_is_list(one) for one in get_args(annotation))
    return (origin or annotation) in _LISTS


def _clean(text: str) -> str:
    # Browsers send CR LF; a NUL is refused by PostgreSQL with an error of its own.
    return text.replace("\r\n", "\n").replace("\x00", "")


def _said(value: str | list[str]) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def _sentences(model: type[Form], errors: Iterable[ErrorDetails]) -> dict[str, str]:
    """The first refusal of each field, in the order of the form."""
    found: dict[str, str] = {}
    for error in errors:
        cause = error.get("ctx", {}).get("error")
        own = cause if isinstance(cause, Unfit) else None
        name = (own.field if own else "") or (str(error["loc"][0]) if error["loc"] else "")
        said = gettext(own.sentence, **own.values) if own else sentence_of(error)
        found.setdefault(name, said)
    order = [details.alias or name for name, details in model.model_fields.items()]
    return dict(sorted(found.items(), key=lambda one: _place(order, one[0])))


def _place(order: list[str], name: str) -> int:
    return order.index(name) if name in order else len(order)
