import re
import stat
from dataclasses import fields
from pathlib import Path

import pytest

from accounts.identities import ProviderPlace
from app.settings import ROOT, Settings, SettingsError
from core.files import S3Place
from traceability.log.notes import SigningKey

DOCUMENTED = (ROOT / "docs/settings.md").read_text()

PRODUCTION = {
    "GOC_MODE": "production",
    "GOC_SECRET_KEY": "k" * 32,
    "GOC_PUBLIC_URL": "https://goc.example",
    "GOC_DATABASE_URL": "postgresql://goc@db/goc",
}


def refusals(environment: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment(environment)
    return str(refused.value).splitlines()


def test_without_any_setting_the_demo_runs_on_its_own_key_and_file(tmp_path: Path) -> None:
    environment = {"GOC_INSTANCE": str(tmp_path / "instance")}

    settings = Settings.from_environment(environment)

    assert settings.is_demo
    assert settings.database == f"sqlite:///{tmp_path}/instance/goc.sqlite3"
    assert settings.files == tmp_path / "instance" / "files"
    assert settings.public_url == "http://localhost:8000"
    assert settings.address == ("127.0.0.1", 8000)
    key = tmp_path / "instance" / "secret_key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    assert len(settings.secret_key) == 64
    assert Settings.from_environment(environment).secret_key == settings.secret_key


def test_production_names_everything_it_lacks_in_a_line_each() -> None:
    assert refusals({"GOC_MODE": "production"}) == [
        "GOC_SECRET_KEY is missing: production does not start without it.",
        "GOC_PUBLIC_URL is missing: production does not start without it.",
        "GOC_DATABASE_URL is missing: production does not start without it.",
    ]


def test_production_starts_with_what_it_needs_and_draws_no_key(tmp_path: Path) -> None:
    settings = Settings.from_environment({**PRODUCTION, "GOC_INSTANCE": str(tmp_path)})

    assert not settings.is_demo
    assert settings.database == "postgresql+psycopg://goc@db/goc"
    assert list(tmp_path.iterdir()) == []


def test_production_refuses_an_address_without_tls() -> None:
    assert refusals({**PRODUCTION, "GOC_PUBLIC_URL": "http://goc.example"}) == [
        "GOC_PUBLIC_URL is not https: production does not start without it."
    ]


OIDC = {
    "GOC_OIDC_ISSUER": "https://id.example/goc/",
    "GOC_OIDC_CLIENT_ID": "goc",
    "GOC_OIDC_CLIENT_SECRET": "hush",
    "GOC_OIDC_NAME": "Danh tính thử",
}


def test_e_identities_need_all_their_settings_or_none(tmp_path: Path) -> None:
    here = {"GOC_INSTANCE": str(tmp_path)}
    settings = Settings.from_environment(here | OIDC)

    issuer, client_id, secret, name = OIDC.values()
    assert settings.identity_provider == ProviderPlace(issuer, client_id, secret, name, "basic")
    assert "hush" not in repr(settings.identity_provider)
    assert Settings.from_environment(here).identity_provider is None
    for name in OIDC:
        some = {key: value for key, value in OIDC.items() if key != name}
        with pytest.raises(SettingsError, match=f"{name} is missing"):
            Settings.from_environment(here | some)


def test_the_secret_is_shown_to_the_issuer_as_the_setting_says(tmp_path: Path) -> None:
    given = {"GOC_INSTANCE": str(tmp_path), **OIDC, "GOC_OIDC_TOKEN_AUTH": "post"}

    place = Settings.from_environment(given).identity_provider

    assert place is not None
    assert place.auth == "post"
    assert refusals({**given, "GOC_OIDC_TOKEN_AUTH": "none"}) == [
        "GOC_OIDC_TOKEN_AUTH is neither basic nor post."
    ]


def test_production_refuses_an_issuer_without_tls() -> None:
    with pytest.raises(SettingsError, match="GOC_OIDC_ISSUER is not https"):
        Settings.from_environment(
            {"GOC_MODE": "production", **OIDC, "GOC_OIDC_ISSUER": "http://id.example"}
        )


def test_production_refuses_a_short_key() -> None:
    assert refusals({**PRODUCTION, "GOC_SECRET_KEY": "k" * 31}) == [
        "GOC_SECRET_KEY is shorter than 32 characters: production does not start with it."
    ]


def test_production_answers_to_the_host_of_its_address_unless_told_otherwise(
    tmp_path: Path,
) -> None:
    folder = {"GOC_INSTANCE": str(tmp_path)}
    at_port = {**PRODUCTION, **folder, "GOC_PUBLIC_URL": "https://goc.example:8443"}

    assert Settings.from_environment(at_port).hosts == ("goc.example",)
    given = Settings.from_environment({**at_port, "GOC_HOSTS": "a.example, b.example"})
    assert given.hosts == ("a.example", "b.example")
    assert Settings.from_environment(folder).hosts == ()


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("GOC_MODE", "live", "GOC_MODE is neither demo nor production."),
        (
            "GOC_PUBLIC_URL",
            "goc.example",
            "GOC_PUBLIC_URL is not an address such as https://goc.example.",
        ),
        (
            "GOC_PUBLIC_URL",
            "https://goc.example/shop",
            "GOC_PUBLIC_URL is not an address such as https://goc.example.",
        ),
        ("GOC_BIND", "8000", "GOC_BIND is not an address and port such as 127.0.0.1:8000."),
        ("GOC_BIND", "localhost:x", "GOC_BIND is not an address and port such as 127.0.0.1:8000."),
        ("GOC_BIND", "[::1]:99999", "GOC_BIND is not an address and port such as 127.0.0.1:8000."),
        ("GOC_LOG_QUORUM", "0", "GOC_LOG_QUORUM is not a number of witnesses such as 2."),
        (
            "GOC_LOG_WITNESSES",
            "witness https://witness.example",
            "GOC_LOG_WITNESSES: 'witness' is no key of a witness: an Ed25519 key has 32 bytes.",
        ),
        ("GOC_WORKERS", "two", "'two' is not a number (GOC_PROXIES, GOC_WORKERS)."),
        ("GOC_WORKERS", "0", "GOC_WORKERS is less than 1."),
        ("GOC_PROXIES", "-1", "'-1' is not a number (GOC_PROXIES, GOC_WORKERS)."),
        (
            "GOC_FILES_URL",
            "gs://bucket",
            "GOC_FILES_URL is neither a folder nor s3://BUCKET?endpoint=URL.",
        ),
        (
            "GOC_FILES_URL",
            "s3://bucket?endpoint=10.0.0.1:9000",
            "GOC_FILES_URL is neither a folder nor s3://BUCKET?endpoint=URL.",
        ),
        (
            "GOC_FILES_URL",
            "s3://bucket/folder",
            "GOC_FILES_URL is neither a folder nor s3://BUCKET?endpoint=URL.",
        ),
    ],
)
def test_a_value_that_does_not_parse_is_named(name: str, value: str, line: str) -> None:
    assert refusals({name: value}) == [line]


def test_witnesses_are_named_by_their_lines_and_more_than_half_of_them_are_a_quorum(
    tmp_path: Path,
) -> None:
    keys = [SigningKey.generate(f"witness.example/{number}").witness_key for number in range(3)]
    lines = ";".join(f"{key.text} https://witness.example Sở {key.name}" for key in keys)
    environment = {"GOC_INSTANCE": str(tmp_path), "GOC_LOG_WITNESSES": lines}

    settings = Settings.from_environment(environment)

    assert [place.key for place in settings.witnesses] == keys
    assert settings.log.quorum == 2
    assert Settings.from_environment({**environment, "GOC_LOG_QUORUM": "3"}).log.quorum == 3
    assert refusals({**environment, "GOC_LOG_QUORUM": "4"}) == [
        "GOC_LOG_QUORUM is more than the witnesses of GOC_LOG_WITNESSES."
    ]


def test_files_are_kept_in_a_folder_or_in_a_bucket(tmp_path: Path) -> None:
    environment = {"GOC_INSTANCE": str(tmp_path)}

    folder = Settings.from_environment({**environment, "GOC_FILES_URL": f"{tmp_path}/kept"})
    bucket = Settings.from_environment(
        {**environment, "GOC_FILES_URL": "s3://goc?endpoint=http://127.0.0.1:8333"}
    )
    amazon = Settings.from_environment({**environment, "GOC_FILES_URL": "s3://goc"})

    assert folder.files == tmp_path / "kept"
    assert bucket.files == S3Place("goc", "http://127.0.0.1:8333")
    assert amazon.files == S3Place("goc")


def test_an_empty_value_counts_as_none(tmp_path: Path) -> None:
    settings = Settings.from_environment({"GOC_INSTANCE": str(tmp_path), "GOC_MODE": " "})

    assert settings.mode == "demo"


def test_the_address_of_stamps_follows_the_port_unless_it_is_given(tmp_path: Path) -> None:
    environment = {"GOC_INSTANCE": str(tmp_path), "GOC_BIND": "[::1]:8123"}

    settings = Settings.from_environment(environment)

    assert settings.address == ("::1", 8123)
    assert settings.public_url == "http://localhost:8123"
    given = Settings.from_environment({**environment, "GOC_PUBLIC_URL": "https://goc.example/"})
    assert given.public_url == "https://goc.example"


def test_secrets_are_not_printed_with_the_settings() -> None:
    assert "hush" not in repr(Settings(secret_key="hush", metrics_token="hush"))


def test_every_setting_is_documented_and_nothing_else() -> None:
    table = re.findall(r"^\| `(GOC_[A-Z_]+)` \|", DOCUMENTED, re.MULTILINE)

    assert sorted(table) == sorted(f"GOC_{field.name.upper()}" for field in fields(Settings))


def test_documented_defaults_are_those_of_the_code() -> None:
    said = dict(re.findall(r"^\| `GOC_([A-Z_]+)` \| `([^`]*)` \|", DOCUMENTED, re.MULTILINE))

    settings = Settings()

    assert said == {
        "MODE": settings.mode,
        "BIND": settings.bind,
        "PROXIES": str(settings.proxies),
        "WORKERS": str(settings.workers),
        "OIDC_TOKEN_AUTH": settings.oidc_token_auth,
        "INSTANCE": settings.instance.name,
    }


def test_productions_web_does_not_start_where_it_can_read_the_logs_key(tmp_path: Path) -> None:
    key = tmp_path / "log-key"
    production = Settings(mode="production", instance=tmp_path)
    production.refuse_open_log_key()
    key.touch(mode=0o600)

    with pytest.raises(SettingsError, match="can be read by the web"):
        production.refuse_open_log_key()

    Settings(instance=tmp_path).refuse_open_log_key()
    key.unlink()
    (tmp_path / "stamping-keys").mkdir()
    with pytest.raises(SettingsError, match="GOC_STAMPING_KEYS"):
        production.refuse_open_log_key()
