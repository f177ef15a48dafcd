"""Forms that edit a row somebody else may have edited meanwhile."""

from collections.abc import Mapping

from flask import request

from accounts.errors import EnterpriseDecided
from accounts.forms import VersionForm
from core.both_texts import BothTexts, Said, both_texts
from core.errors import Changed
from core.forms import Drawn, Form, Refused, as_typed


def version_from(form: VersionForm | Refused) -> int:
    """The version that was on the screen.

    Raises:
        Changed: the form carries none of ours.
    """
    if isinstance(form, Refused):
        raise Changed("a form without its version")
    return form.version


def both_or_refusal(
    refusal: Changed, model: type[Form], here: Drawn, *, said: Mapping[str, Said] | None = None
) -> BothTexts:
    """What was typed and what stands there now, `here`, to choose from.

    Raises:
        EnterpriseDecided: it lies with the officers, so there is nothing to choose.
    """
    if isinstance(refusal, EnterpriseDecided):
        raise refusal
    return both_texts(model, as_typed(model, request.form), here, said=said)
