"""The two languages: which one a reader gets, and the texts, read from .po files at the start."""

from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request
from flask_babel import Babel, Domain
from markupsafe import Markup

LANGUAGES = ("vi", "en")
_LANGUAGE = "goc.language"
_TEXTS = 4_096  # More than the application has, in both languages.
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
    return text_in(current_language(), text, **values)


def text_in(language: str, text: str, **values: object) -> str:
    """`text` in a language, whoever reads: for what is said in both at once."""
    said = english().gettext(text) if language == "en" else text
    return said % values if values else said


def init_language(app: Flask) -> None:
    """Give the application its two languages."""
    _TwoLanguages(app, locale_selector=chosen_language)
    # A page says thirty texts; the library would ask anew for each whose language it is.
    app.jinja_env.globals.update(_=_said, gettext=_said)


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
    try:
        environment = request.environ  # What is kept here ends with the request.
    except RuntimeError:  # Asked so often that looking first is felt.
        return "vi"
    language: str | None = environment.get(_LANGUAGE)
    if language is None:
        language = environment[_LANGUAGE] = chosen_language()
    return language


def _said(text: str, **values: object) -> Markup:
    """`_("…")` of templates: our own words are markup, what fills their places is escaped."""
    language = current_language()
    return _markup(language, text) % values if values else _without_places(language, text)


@lru_cache(maxsize=_TEXTS)
def _markup(language: str, text: str) -> Markup:
    return Markup(english().gettext(text) if language == "en" else text)  # noqa: S704  # Our own words.


@lru_cache(maxsize=_TEXTS)
def _without_places(language: str, text: str) -> Markup:
    return _markup(language, text) % ()  # "%%" is a per cent sign in every text.
