"""How a log's operator names its witnesses."""

from pathlib import Path

import pytest

from traceability.log.notes import SigningKey
from traceability.log.witness.places import (
    PlaceRefused,
    WitnessPlace,
    named_places,
    parse_places,
)

KEY = SigningKey("witness.example/1", bytes(32))  # Fixed: its text stands in names of tests.
VKEY = KEY.witness_key.text


def test_a_line_names_key_address_and_whose_it_is() -> None:
    place = WitnessPlace.from_text(f"{VKEY} https://witness.example/w/  Sở Nông nghiệp tỉnh")

    assert place.key == KEY.witness_key
    assert place.url == "https://witness.example/w"
    assert place.label == "Sở Nông nghiệp tỉnh"


def test_without_a_label_the_key_s_name_stands() -> None:
    assert WitnessPlace.from_text(f"{VKEY} http://127.0.0.1:1").label == "witness.example/1"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("nonsense", "no key"),
        (VKEY, "no address"),
        (f"{VKEY} ftp://witness.example", "no address"),
        (f"{VKEY} https://", "no address"),
        (f"{VKEY} https://witness.example/?a=b", "no address"),
        (f"{KEY.verifying_key.text} https://witness.example", "not a witness's"),
    ],
)
def test_a_line_that_names_no_witness_says_why(line: str, why: str) -> None:
    with pytest.raises(PlaceRefused, match=why):
        WitnessPlace.from_text(line)


def test_a_file_may_hold_comments_but_no_witness_twice() -> None:
    line = f"{VKEY} https://witness.example"

    assert len(parse_places(["# three of them", "", line])) == 1
    with pytest.raises(PlaceRefused, match="same key"):
        parse_places([line, f"{VKEY} https://elsewhere.example"])


@pytest.mark.parametrize("names", [("w.example", "w.example"), ("none",), ("witnesses",)])
def test_names_that_cannot_stand_in_one_policy_are_refused(names: tuple[str, ...]) -> None:
    keys = [SigningKey.generate(name).witness_key for name in names]

    with pytest.raises(PlaceRefused, match="same name"):
        parse_places([f"{key.text} https://{number}.example" for number, key in enumerate(keys)])


def test_a_setting_names_them_itself_or_by_a_file(tmp_path: Path) -> None:
    other = SigningKey.generate("witness.example/2").witness_key.text
    lines = [f"{VKEY} https://one.example Một", f"{other} https://two.example"]
    file = tmp_path / "two + places"
    file.write_text("# two of them\n" + "\n".join(lines), encoding="utf-8")

    itself = named_places(" ; ".join(lines))

    assert [place.label for place in itself] == ["Một", "witness.example/2"]
    assert named_places(str(file)) == itself


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(PlaceRefused, match="nowhere cannot be read"):
        named_places("nowhere")
