"""Our parser beside others' over a thousand addresses: we agree, or it is written why not."""

import os

import pytest

from core import gs1
from tests.interop.gs1.mutated import COUNT, SOURCES, mutated_links
from tests.interop.gs1.second_opinions import (
    AGREED,
    REASONS,
    biips,
    differs,
    digital_link_js,
    ours,
    recorded,
)

PACKAGES = os.environ.get("GOC_TEST_DIGITAL_LINK_JS", "")


def test_the_sources_are_links_and_most_mutations_are_none() -> None:
    verdicts = [each.ours for each in recorded()]

    assert [link for link in SOURCES if ours(link) != "ok"] == []
    assert (len(verdicts), verdicts.count("ok"), len(set(verdicts))) == (COUNT, 191, 20)


def test_the_addresses_are_the_recorded_ones() -> None:
    assert mutated_links() == [each.link for each in recorded()]


def test_we_say_of_each_what_is_recorded() -> None:
    assert [each for each in recorded() if ours(each.link) != each.ours] == []


def test_biip_says_of_each_what_is_recorded() -> None:
    assert [each for each in recorded() if biips(each.link) != each.biip] == []


@pytest.mark.skipif(not PACKAGES, reason="GOC_TEST_DIGITAL_LINK_JS names no node_modules")
def test_digital_link_js_says_of_each_what_is_recorded() -> None:
    lines = recorded()

    assert digital_link_js([each.link for each in lines], PACKAGES) == [each.js for each in lines]


def test_who_differs_has_a_reason_and_who_agrees_has_none() -> None:
    wrong = [
        (each.link, reason)
        for each in recorded()
        for theirs, reason in ((each.biip, each.biip_reason), (each.js, each.js_reason))
        if (reason in REASONS) != differs(each.ours, theirs)
        or (reason == AGREED) == (reason in REASONS)
    ]

    assert wrong == []


def test_every_reason_is_needed() -> None:
    given = {each.biip_reason for each in recorded()} | {each.js_reason for each in recorded()}

    assert given - {AGREED} == set(REASONS)


def test_what_all_three_take_is_built_again_the_same() -> None:
    taken = [each.link for each in recorded() if (each.ours, each.biip, each.js) == ("ok",) * 3]

    assert len(taken) > 50
    for link in taken:
        read = gs1.parse(link)
        assert gs1.build(read.elements) == read.canonical
