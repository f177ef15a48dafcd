"""Forms that edit a row somebody else may have edited meanwhile."""

from collections.abc import Mapping
from dataclasses import replace

from flask import request
from flask_babel import gettext

from accounts.forms import VersionForm
from core.errors import Changed
from core.forms import Form, Refused, refused


def version_from(form: VersionForm | Refused) -> int:
    """The version that was on the screen.

    Raises:
        Changed: the form carries none of ours.
    """
    if isinstance(form, Refused):
        raise Changed("a form without its version")
    return form.version


def with_both_texts(model: type[Form], here: Mapping[str, str], version: int) -> Refused:
    """What was typed, and beside each field what stands there now; sent again it is written."""
    drawn = refused(request.form, model, Changed("edited meanwhile"), at="")
    beside = {
        name: gettext("Nơi khác vừa ghi: “%(text)s”.", text=text or gettext("(để trống)"))
        for name, text in here.items()
        if text != drawn.value(name)
    }
    return replace(
        drawn, values={**drawn.values, "version": str(version)}, errors={**drawn.errors, **beside}
    )
