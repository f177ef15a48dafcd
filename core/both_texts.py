"""An editing form sent over a row that changed meanwhile: both texts to choose from, 409.

The page that asks posts to the form's own address. Each choice is a round button whose value is
the text itself, and what both agree on goes along unseen: the route reads the mixture as it reads
any other form, and a third change meanwhile asks again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from core.forms import Drawn, Form, Refused, read

VERSION = "version"

Said = Callable[[str], str]


@dataclass(frozen=True)
class Choice:
    """A field in which what is kept and what was typed differ, each with the words shown for it."""

    name: str
    here: str
    typed: str
    here_words: str
    typed_words: str


@dataclass(frozen=True)
class BothTexts:
    """What the page asks: the choices, what goes along unseen, and the row's version now."""

    version: str
    agreed: tuple[tuple[str, str], ...]
    choices: tuple[Choice, ...]


def both_texts(
    model: type[Form], typed: Drawn, here: Drawn, *, said: Mapping[str, Said] | None = None
) -> BothTexts:
    """Compare what was typed with the row as it is now, `here`, whose `version` is sent along.

    Two writings of one value ("150k", "150.000") agree. `said` gives the words for a field's value
    where they are not the text itself.
    """
    agreed: list[tuple[str, str]] = []
    choices: list[Choice] = []
    same = _compared(model, typed, here)
    for attribute, details in model.model_fields.items():
        name = details.alias or attribute
        ours, theirs = typed.value(name), here.value(name)
        if name == VERSION:
            continue
        if same(attribute, name):
            agreed.append((name, theirs))
        else:
            words = (said or {}).get(name, str)
            choices.append(Choice(name, theirs, ours, words(theirs), words(ours)))
    return BothTexts(here.value(VERSION), tuple(agreed), tuple(choices))


def _compared(model: type[Form], typed: Drawn, here: Drawn) -> Callable[[str, str], bool]:
    ours = read(model, MultiDict({**typed.values, VERSION: here.value(VERSION)}))
    theirs = read(model, MultiDict(here.values))
    both_read = not isinstance(ours, Refused) and not isinstance(theirs, Refused)

    def same(attribute: str, name: str) -> bool:
        if typed.value(name).strip() == here.value(name).strip():
            return True
        return both_read and getattr(ours, attribute) == getattr(theirs, attribute)

    return same
