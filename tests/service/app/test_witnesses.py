"""The demo's three witnesses: their keys last, their ports are what is free."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.settings import Settings
from app.witnesses import prepare_witnesses
from traceability.log.key_file import read_key
from traceability.log.notes import SigningKey
from traceability.log.witness.__main__ import open_witness
from traceability.log.witness.places import WitnessPlace


@pytest.fixture
def shop(tmp_path: Path) -> Settings:
    return Settings(instance=tmp_path, public_url="http://localhost:8123")


def test_three_witnesses_watch_the_demo_s_log_and_two_are_enough(shop: Settings) -> None:
    homes = _homes(prepare_witnesses(shop))

    labels = [place.label for place in shop.witnesses]
    assert labels == ["Nhân chứng mẫu 1", "Nhân chứng mẫu 2", "Nhân chứng mẫu 3"]
    assert shop.log.quorum == 2
    log_key = read_key(shop.log.key_file)
    for home, place in zip(homes, shop.witnesses, strict=True):
        witness = open_witness(home / "key", home / "memory", home / "logs")
        assert witness.key.witness_key == place.key
        assert witness.store.owner == place.label
        assert witness.logs.keys_of("localhost:8123/log") == [log_key.verifying_key]


def test_keys_are_kept_and_ports_are_told_anew(shop: Settings) -> None:
    log_key = SigningKey.generate(shop.log.origin)
    shop.log.key_file.write_text(log_key.text)
    prepare_witnesses(shop)
    keys = [place.key for place in shop.witnesses]

    binds = [one.rsplit("=", 1)[1] for one in prepare_witnesses(shop)]

    assert [place.key for place in shop.witnesses] == keys
    assert [place.url for place in shop.witnesses] == [f"http://{bind}" for bind in binds]
    assert len(set(binds)) == 3
    assert read_key(shop.log.key_file) == log_key


def test_a_witness_that_lost_its_memory_is_another_one_from_then_on(shop: Settings) -> None:
    first = _homes(prepare_witnesses(shop))[0]
    before = shop.witnesses
    (first / "memory").unlink()

    prepare_witnesses(shop)

    after = shop.witnesses
    assert after[0].key != before[0].key
    assert [place.key for place in after[1:]] == [place.key for place in before[1:]]


def test_keys_are_closed_to_other_users(shop: Settings) -> None:
    homes = _homes(prepare_witnesses(shop))

    keys = [shop.log.key_file, *(home / "key" for home in homes)]
    assert {stat.S_IMODE(key.stat().st_mode) for key in keys} == {0o600}


def test_where_others_are_named_or_outside_the_demo_none_are_made(shop: Settings) -> None:
    key = SigningKey.generate("witness.example").witness_key
    named = replace(shop, log_witnesses=(WitnessPlace(key, "https://witness.example", "Sở"),))
    production = replace(shop, mode="production")

    assert prepare_witnesses(named) == prepare_witnesses(production) == []

    assert named.log.quorum == 1
    assert (production.witnesses, production.log.quorum) == ((), 0)
    assert list(shop.instance.iterdir()) == []


def test_flask_runs_the_same_program(app: Flask, tmp_path: Path) -> None:
    files = ["--key", str(tmp_path / "key"), "--database", str(tmp_path / "memory")]

    made = app.test_cli_runner().invoke(args=["log", "witness", *files, "--init", "w.example"])
    again = app.test_cli_runner().invoke(args=["log", "witness", *files])

    assert made.stdout == f"{read_key(tmp_path / 'key').witness_key.text}\n"
    assert again.exit_code == 1
    assert "--logs is missing" in again.output


def _homes(told: list[str]) -> list[Path]:
    return [Path(one.rsplit("=", 1)[0]) for one in told]
