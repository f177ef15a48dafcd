from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traceability.rules import Link, LinkType, choose, link_type_named, linkset

ROOT = "https://goc.example"
VIETNAMESE = Link(LinkType.PRODUCT, "/products/a", "Trang của a", "text/html", ("vi",))
ENGLISH = Link(LinkType.PRODUCT, "/products/a?lang=en", "Page of a", "text/html", ("en",))
FOR_PROGRAMS = Link(LinkType.VERIFICATION, "/s/1", "Kiểm", "application/json", ("vi", "en"))


def silent(_offered: Sequence[str]) -> None:
    """A request that says nothing."""


def wishing(*wished: str) -> Callable[[Sequence[str]], str | None]:
    """A request that likes these, in order."""
    return lambda offered: next((one for one in wished if one in offered), None)


def sellers(*provinces: str) -> list[Link]:
    return [
        Link(LinkType.RETAILERS, f"/producers/{place}-{number}", "", "text/html", ("vi",), place)
        for number, place in enumerate(provinces)
    ]


@pytest.mark.parametrize(
    "name",
    [
        "pip",
        "gs1:pip",
        "https://ref.gs1.org/voc/pip",
        "https://gs1.org/voc/pip",
        "https://www.gs1.org/voc/pip",
        "http://gs1.org/voc/pip",
    ],
)
def test_a_link_type_is_known_short_and_whole(name: str) -> None:
    assert link_type_named(name) is LinkType.PRODUCT


@pytest.mark.parametrize(
    "name", ["", "gs1:", "gs1:PIP", "PIP", "gs1:gs1:pip", "pip ", "gs1:epcis", "https://x/pip"]
)
def test_any_other_name_is_no_link_type_of_ours(name: str) -> None:
    assert link_type_named(name) is None


def test_a_request_that_says_nothing_means_the_first_language() -> None:
    assert choose([VIETNAMESE, ENGLISH], language=silent, media_type=silent) == [VIETNAMESE]


def test_a_language_that_is_offered_is_given() -> None:
    chosen = choose([VIETNAMESE, ENGLISH], language=wishing("en"), media_type=silent)

    assert chosen == [ENGLISH]


def test_a_wish_that_nothing_meets_empties_no_choice() -> None:
    chosen = choose(
        [VIETNAMESE, ENGLISH],
        language=wishing("fr"),
        media_type=wishing("image/png"),
        context="79",
    )

    assert chosen == [VIETNAMESE]


def test_a_link_for_programs_is_given_in_whatever_language_is_spoken() -> None:
    stamp = [
        Link(LinkType.VERIFICATION, "/s/1", "Kiểm", "text/html", ("vi",)),
        Link(LinkType.VERIFICATION, "/s/1?lang=en", "Check", "text/html", ("en",)),
        FOR_PROGRAMS,
    ]

    for language in ("vi", "en"):
        chosen = choose(stamp, language=wishing(language), media_type=wishing("application/json"))
        assert chosen == [FOR_PROGRAMS]
    assert choose(stamp, language=silent, media_type=silent) == [stamp[0]]


def test_the_context_tells_apart_what_is_else_equal() -> None:
    links = sellers("4", "79", "4")

    assert choose(links, language=silent, media_type=silent) == links
    assert choose(links, language=silent, media_type=silent, context="79") == [links[1]]
    assert choose(links, language=silent, media_type=silent, context="4") == [links[0], links[2]]


def test_nothing_is_chosen_among_nothing() -> None:
    assert choose([], language=wishing("vi"), media_type=silent, context="4") == []


_WORDS = st.sampled_from(["vi", "en", "text/html", "application/json", "fr", ""])
_LINKS = st.lists(
    st.builds(
        Link,
        st.just(LinkType.RETAILERS),
        st.just("/a"),
        st.just("a"),
        st.sampled_from(["text/html", "application/json"]),
        st.sampled_from([("vi",), ("en",), ("vi", "en")]),
        st.sampled_from(["", "4", "79"]),
    )
)


@given(_LINKS, st.lists(_WORDS), st.sampled_from(["", "4", "8"]))
def test_what_is_chosen_was_offered_and_is_equal_in_media_type(
    links: list[Link], wished: list[str], context: str
) -> None:
    chosen = choose(links, language=wishing(*wished), media_type=wishing(*wished), context=context)

    assert bool(chosen) == bool(links)
    assert all(link in links for link in chosen)
    assert len({link.media_type for link in chosen}) <= 1


def test_a_linkset_is_written_as_rfc_9264_has_it() -> None:
    default = Link(LinkType.DEFAULT, "/products/a", "Trang của a")
    (seller,) = sellers("4")

    said = linkset("https://id.gs1.org/01/1", [default, VIETNAMESE, ENGLISH, seller], root=ROOT)

    assert said == {
        "linkset": [
            {
                "anchor": "https://id.gs1.org/01/1",
                "https://ref.gs1.org/voc/defaultLink": [
                    {"href": "https://goc.example/products/a", "title": "Trang của a"}
                ],
                "https://ref.gs1.org/voc/pip": [
                    {
                        "href": "https://goc.example/products/a",
                        "title": "Trang của a",
                        "type": "text/html",
                        "hreflang": ["vi"],
                    },
                    {
                        "href": "https://goc.example/products/a?lang=en",
                        "title": "Page of a",
                        "type": "text/html",
                        "hreflang": ["en"],
                    },
                ],
                "https://ref.gs1.org/voc/hasRetailers": [
                    {
                        "href": "https://goc.example/producers/4-0",
                        "type": "text/html",
                        "hreflang": ["vi"],
                        "context": ["4"],
                    }
                ],
            }
        ]
    }
