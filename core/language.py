"""The two languages: which one a reader gets, and the texts, read from .po files at the start."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request
from flask_babel import Babel, Domain, get_locale
from flask_babel import gettext as _gettext

LANGUAGES = ("vi", "en")
TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"


class PoDomain(Domain):  # type: ignore[misc]  # Flask-Babel has no types.
    """Texts of all features. Vietnamese is what the code says; English is read from `en/*.po`."""

    def __init__(self) -> None:
        super().__init__(translation_directories=[], domain="goc")

    def get_translations(self) -> Translations | NullTranslations:
        """The texts of the reader's language."""
        return english() if current_language() == "en" else NullTranslations()


@cache
def english() -> Translations:
    """All English texts, merged over the features."""
    merged = Catalog(locale="en")
    for path in sorted((TRANSLATIONS / "en").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="en"):
                if message.id and message.string:
                    merged.add(message.id, message.string, context=message.context)
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translations(compiled)


class _TwoLanguages(Babel):  # type: ignore[misc]  # Flask-Babel has no types.
    domain_instance = PoDomain()


def gettext(text: str, **values: object) -> str:
    """`text` in the reader's language, its %(name)s places filled with `values`."""
    return str(_gettext(text, **values))


def init_language(app: Flask) -> None:
    """Give the application its two languages."""
    _TwoLanguages(app, locale_selector=chosen_language)


def chosen_language() -> str:
    """`?lang=`, else the cookie the switch set, else Vietnamese.

    Never Accept-Language: many Vietnamese phones are set to English.
    """
    if has_request_context():
        for wish in (request.args.get("lang"), request.cookies.get("lang")):
            if wish in LANGUAGES:
                return wish
    return "vi"


def current_language() -> str:
    """The language of the page being made; Vietnamese outside a request."""
    locale = get_locale()
    return str(locale.language) if locale is not None else "vi"
