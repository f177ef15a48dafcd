"""Settings: GOC_* variables, each read as text and parsed by its own type."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self, cast, get_args
from urllib.parse import urlsplit

from accounts.identities import ProviderPlace, TokenAuth
from app.instance import secret_key_of
from core.dispatch import Carriers
from core.dispatch.adapters.demo import FileCarrier
from core.dispatch.adapters.mail import MailPlace, SmtpMail
from core.dispatch.adapters.sms import HttpSms, SmsPlace
from core.files import S3Place
from traceability.log.witness.places import PlaceRefused, WitnessPlace, named_places
from traceability.log_place import LogPlace

ROOT = Path(__file__).resolve().parent.parent
MAX_BODY_BYTES = 25 * 1024 * 1024  # A phone's largest photo with room; more is 413.
MAX_FORM_BYTES = 500_000
MAX_FORM_PARTS = 1_000
DRAINED_BYTES = 100 * 1024 * 1024  # Read and thrown away, so that the browser sees our 413 page.


MAX_PORT = 65_535
SMS_NUMBER = re.compile("[0-9]{3,11}")  # A service's short number, or a telephone's.
SHORTEST_KEY = 32  # Characters; so many in hex are 128 bits, which nobody guesses.


class SettingsError(Exception):
    """Settings the application will not start with, one line for each."""


@dataclass(frozen=True)
class Settings:
    """What an operator decides. Names and meanings: docs/settings.md."""

    mode: str = "demo"
    database_url: str = ""
    search_url: str = ""
    redis_url: str = ""
    files_url: str = ""
    public_url: str = "http://localhost:8000"
    secret_key: str = field(default="", repr=False)
    bind: str = "127.0.0.1:8000"
    proxies: int = 0
    hosts: tuple[str, ...] = ()
    workers: int = 1
    metrics_token: str = field(default="", repr=False)
    sms_url: str = ""
    sms_key: str = field(default="", repr=False)
    sms_sender: str = ""
    sms_inbound_key: str = field(default="", repr=False)
    sms_number: str = ""
    mail_url: str = field(default="", repr=False)
    mail_from: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_name: str = ""
    oidc_token_auth: TokenAuth = "basic"  # noqa: S105  # A way, no password.
    log_folder: Path | None = None
    log_key_file: Path | None = None
    stamping_keys: Path | None = None
    log_witnesses: tuple[WitnessPlace, ...] = ()
    log_quorum: int = 0
    instance: Path = ROOT / "instance"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Parse GOC_*; what is missing gets the demo's default, drawn or below `instance/`.

        Raises:
            SettingsError: a value does not parse, or production lacks what it needs.
        """
        given = {
            name.removeprefix("GOC_").lower(): value.strip()
            for name, value in environment.items()
            if name.startswith("GOC_") and value.strip()
        }
        problems: list[str] = []
        values: dict[str, Any] = {
            name: parse(given[name], problems) for name, parse in _PARSERS.items() if name in given
        }
        settings = cls(**values)
        if "public_url" not in given and not problems:
            settings = replace(settings, public_url=f"http://localhost:{settings.address[1]}")
        problems += _missing_for_production(settings, given) + _missing_for_identities(settings)
        if settings.log_quorum > len(settings.log_witnesses):
            problems.append("GOC_LOG_QUORUM is more than the witnesses of GOC_LOG_WITNESSES.")
        if problems:
            raise SettingsError("\n".join(problems))
        if not settings.is_demo and not settings.hosts:
            settings = replace(settings, hosts=(urlsplit(settings.public_url).hostname or "",))
        if not settings.secret_key:
            settings = replace(settings, secret_key=secret_key_of(settings.instance))
        return settings

    @property
    def is_demo(self) -> bool:
        """Whether this is the demo: sample people, `/ui`, labels marked MẪU."""
        return self.mode == "demo"

    @property
    def database(self) -> str:
        """The database's address for SQLAlchemy, with the driver we use."""
        if not self.database_url:
            return f"sqlite:///{self.instance / 'goc.sqlite3'}"
        return self.database_url.replace("postgres://", "postgresql://").replace(
            "postgresql://", "postgresql+psycopg://"
        )

    @property
    def files(self) -> Path | S3Place:
        """Where the files people made are kept: a folder, or a bucket."""
        if not self.files_url:
            return self.instance / "files"
        return S3Place.parse(self.files_url) or Path(self.files_url).resolve()

    @property
    def carriers(self) -> Carriers:
        """Who takes SMS and mail out; in the demo a file, where nobody is named."""
        nobody = FileCarrier(self.instance / "messages.jsonl") if self.is_demo else None
        sms = SmsPlace(self.sms_url, self.sms_key, self.sms_sender)
        mail = MailPlace.parse(self.mail_url, sender=self.mail_from)
        return Carriers(
            sms=HttpSms(sms) if sms.url else nobody, mail=SmtpMail(mail) if mail else nobody
        )

    @property
    def identity_provider(self) -> ProviderPlace | None:
        """Who vouches for e-identities; None: nobody, and nothing of them is shown."""
        if not self.oidc_issuer:
            return None
        return ProviderPlace(
            self.oidc_issuer,
            self.oidc_client_id,
            self.oidc_client_secret,
            self.oidc_name,
            self.oidc_token_auth,
        )

    @property
    def log(self) -> LogPlace:
        """Where the public log and the key that signs it lie."""
        return LogPlace(
            folder=self.log_folder or self.instance / "log",
            key_file=self.log_key_file or self.instance / "log-key",
            public_url=self.public_url,
            draws_key=self.is_demo,
            witnesses=self.witnesses,
            told_quorum=self.log_quorum,
            stamping_folder=self.stamping_keys,
        )

    @property
    def witnesses(self) -> tuple[WitnessPlace, ...]:
        """Who cosigns the log: those named, else in the demo those that `make run` keeps."""
        if self.log_witnesses or not self.is_demo or not self.witness_places.is_file():
            return self.log_witnesses
        return named_places(str(self.witness_places))

    @property
    def witness_folder(self) -> Path:
        """Where the demo's own witnesses keep their keys and what they saw."""
        return self.instance / "witnesses"

    @property
    def witness_places(self) -> Path:
        """The file that says where they are; `make run` writes it at each start."""
        return self.witness_folder / "places"

    def refuse_open_log_key(self) -> None:
        """Return unless this is production's web and could sign the log, or stamps, itself.

        Raises:
            SettingsError: whoever broke into the web could publish another history, or sign stamps.
        """
        places = {
            "GOC_LOG_KEY_FILE": self.log.key_file,
            "GOC_STAMPING_KEYS": self.log.stamping_keys,
        }
        for name, path in places.items():
            if not self.is_demo and os.access(path, os.R_OK):
                raise SettingsError(
                    f"{name} ({path}) can be read by the web: give it to the worker's user alone"
                    " (docs/adr/0016)."
                )

    @property
    def address(self) -> tuple[str, int]:
        """Host and port to listen on."""
        host, _, port = self.bind.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def host(self) -> str:
        """The name stamps and pages say: that of the public address."""
        return urlsplit(self.public_url).netloc

    def for_flask(self) -> dict[str, Any]:
        """Flask's own configuration."""
        return {
            "SETTINGS": self,
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database,
            # Errors go to logs; what people typed does not.
            "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},
            "TRUSTED_HOSTS": list(self.hosts) or None,
            "MAX_CONTENT_LENGTH": MAX_BODY_BYTES,
            "MAX_FORM_MEMORY_SIZE": MAX_FORM_BYTES,
            "MAX_FORM_PARTS": MAX_FORM_PARTS,
            "BABEL_DEFAULT_LOCALE": "vi",
            "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_CSRF_CHECK_DEFAULT": False,
            "WTF_CSRF_SSL_STRICT": False,  # Our own guard looks at the origin: core/guard.py.
        }


def _text(value: str, _problems: list[str]) -> str:
    return value


def _mode(value: str, problems: list[str]) -> str:
    if value not in {"demo", "production"}:
        problems.append("GOC_MODE is neither demo nor production.")
    return value


def _token_auth(value: str, problems: list[str]) -> TokenAuth:
    if value not in get_args(TokenAuth):
        problems.append("GOC_OIDC_TOKEN_AUTH is neither basic nor post.")
    return cast("TokenAuth", value)


def _bind(value: str, problems: list[str]) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or int(port) > MAX_PORT:
        problems.append("GOC_BIND is not an address and port such as 127.0.0.1:8000.")
    return value


def _files_url(value: str, problems: list[str]) -> str:
    if "://" in value and S3Place.parse(value) is None:
        problems.append("GOC_FILES_URL is neither a folder nor s3://BUCKET?endpoint=URL.")
    return value


def _public_url(value: str, problems: list[str]) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path not in {"", "/"}:
        problems.append("GOC_PUBLIC_URL is not an address such as https://goc.example.")
    return value.rstrip("/")


def _sms_url(value: str, problems: list[str]) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        problems.append("GOC_SMS_URL is not an address such as https://sms.example/messages.")
    return value


def _inbound_key(value: str, problems: list[str]) -> str:
    if len(value) < SHORTEST_KEY:
        problems.append(f"GOC_SMS_INBOUND_KEY is shorter than {SHORTEST_KEY} characters.")
    return value


def _sms_number(value: str, problems: list[str]) -> str:
    if SMS_NUMBER.fullmatch(value) is None:
        problems.append("GOC_SMS_NUMBER is not a number to send SMS to, such as 8055.")
    return value


def _mail_url(value: str, problems: list[str]) -> str:
    if MailPlace.parse(value, sender="") is None:
        problems.append("GOC_MAIL_URL is not smtp://USER:PASSWORD@HOST:PORT (or smtps://…).")
    return value


def _issuer(value: str, problems: list[str]) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        problems.append("GOC_OIDC_ISSUER is not an address such as https://id.example.")
    return value  # Whole: an issuer is compared letter by letter.


def _count(value: str, problems: list[str]) -> int:
    if not value.isascii() or not value.isdigit():
        problems.append(f"{value!r} is not a number (GOC_PROXIES, GOC_WORKERS).")
        return 0
    return int(value)


def _at_least_one(value: str, problems: list[str]) -> int:
    count = _count(value, problems)
    if value.isdigit() and count < 1:
        problems.append("GOC_WORKERS is less than 1.")
    return count


def _quorum(value: str, problems: list[str]) -> int:
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        problems.append("GOC_LOG_QUORUM is not a number of witnesses such as 2.")
        return 0
    return int(value)


def _witnesses(value: str, problems: list[str]) -> tuple[WitnessPlace, ...]:
    try:
        return named_places(value)
    except PlaceRefused as wrong:
        problems.append(f"GOC_LOG_WITNESSES: {wrong}.")
        return ()


def _names(value: str, _problems: list[str]) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


def _folder(value: str, _problems: list[str]) -> Path:
    return Path(value).resolve()


_PARSERS = {
    "mode": _mode,
    "database_url": _text,
    "search_url": _text,
    "redis_url": _text,
    "files_url": _files_url,
    "public_url": _public_url,
    "secret_key": _text,
    "bind": _bind,
    "proxies": _count,
    "hosts": _names,
    "workers": _at_least_one,
    "metrics_token": _text,
    "sms_url": _sms_url,
    "sms_key": _text,
    "sms_sender": _text,
    "sms_inbound_key": _inbound_key,
    "sms_number": _sms_number,
    "mail_url": _mail_url,
    "mail_from": _text,
    "oidc_issuer": _issuer,
    "oidc_client_id": _text,
    "oidc_client_secret": _text,
    "oidc_name": _text,
    "oidc_token_auth": _token_auth,
    "log_folder": _folder,
    "log_key_file": _folder,
    "stamping_keys": _folder,
    "log_witnesses": _witnesses,
    "log_quorum": _quorum,
    "instance": _folder,
}


def _missing_for_production(settings: Settings, given: Mapping[str, str]) -> list[str]:
    if settings.mode != "production":
        return []
    problems = [
        f"GOC_{name.upper()} is missing: production does not start without it."
        for name in ("secret_key", "public_url", "database_url")
        if name not in given
    ]
    if "secret_key" in given and len(settings.secret_key) < SHORTEST_KEY:
        problems.append(
            f"GOC_SECRET_KEY is shorter than {SHORTEST_KEY} characters:"
            " production does not start with it."
        )
    if "public_url" in given and not settings.public_url.startswith("https://"):
        problems.append("GOC_PUBLIC_URL is not https: production does not start without it.")
    return problems


def _missing_for_identities(settings: Settings) -> list[str]:
    given = {
        name: getattr(settings, name)
        for name in ("oidc_issuer", "oidc_client_id", "oidc_client_secret", "oidc_name")
    }
    problems = [
        f"GOC_{name.upper()} is missing: e-identities need all four GOC_OIDC_…."
        for name, value in given.items()
        if not value and any(given.values())
    ]
    is_open = settings.oidc_issuer.startswith("http://")
    if is_open and not settings.is_demo:
        problems.append("GOC_OIDC_ISSUER is not https: production does not start with it.")
    return problems
