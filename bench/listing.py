"""A product listed with two large photos at the edge of 4G, by a scripted browser."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import create_engine, insert

from accounts.models import Membership, Person
from accounts.passwords import hash_of
from bench import goods
from bench.results import Result
from bench.servers import Bench
from core import clock, ids
from tests.browser.listing import STORY, Carried, Thumb, list_from_the_papers, list_to_the_story
from tests.pictures import grainy
from tests.servers import chromium
from tests.servers.processes import UnavailableError

MOST_SECONDS, MOST_KILOBYTES, MOST_SECONDS_WITHOUT_SCRIPT = 150, 60, 300
# Chromium's own throttle; it holds back what is sent as well as what comes.
EDGE_OF_4G = {"latency": 300, "downloadThroughput": 35_000, "uploadThroughput": 35_000}
LOSS_MS = 30_000
# After which button the signal goes: photos under way, packs just sent, the story just sent.
LOSSES = {1: 2_000, 4: 0, 5: 0}
PHOTO_BYTES, PHOTO_SIDES = 3_000_000, (3_200, 2_400)
PATIENCE_MS = 400_000  # For one answer: two whole photos take three minutes.
SIGN_IN, PASSWORD = "thumb@goc.example", "a password of the benchmark"


class _WeakSignal(Thumb):
    """A thumb whose signal goes away for half a minute, three times."""

    def __init__(self, page: Page, network: Any) -> None:
        super().__init__(page, answer_ms=PATIENCE_MS)
        self._network = network
        self._pressed = 0

    def press(self, words: str) -> None:
        """Tap a button; after some of them the signal goes."""
        super().press(words)
        self._pressed += 1
        if self._pressed in LOSSES:
            self.page.wait_for_timeout(LOSSES[self._pressed])
            _throttle(self._network, offline=True)
            self.page.wait_for_timeout(LOSS_MS)
            _throttle(self._network)


@dataclass(frozen=True)
class _Listing:
    seconds: float
    kilobytes: float  # Besides the photos.


def listing_seconds(bench: Bench) -> Result:
    """From "add goods" to "sent", three losses of half a minute and a reload among it."""
    return Result(
        "list a product at the edge of 4G, two photos of 3 MB, three losses",
        "90 s without a signal",
        (_measured(bench).seconds,),
        MOST_SECONDS,
        at_least=False,
        unit=" s",
    )


def listing_kilobytes(bench: Bench) -> Result:
    """What the same listing carries besides its photos."""
    return Result(
        "the same: over the air besides photos",
        "-",
        (_measured(bench).kilobytes,),
        MOST_KILOBYTES,
        at_least=False,
        unit=" kB",
    )


def listing_seconds_without_script(bench: Bench) -> Result:
    """The same goods without script: the photos go whole, in one form that nothing cuts off."""
    with _browser() as browser, _signed_in(bench, browser, script=False) as page:
        _throttle(page.context.new_cdp_session(page))
        thumb = Thumb(page, answer_ms=PATIENCE_MS)
        began = time.perf_counter()
        _list(thumb, bench, "Chè búp gửi nguyên ảnh")
        list_from_the_papers(thumb)
        seconds = time.perf_counter() - began
    return Result(
        "the same without script or losses, photos whole",
        "-",
        (seconds,),
        MOST_SECONDS_WITHOUT_SCRIPT,
        at_least=False,
        unit=" s",
    )


_KEPT: list[_Listing] = []  # One listing gives two figures.


def _measured(bench: Bench) -> _Listing:
    if not _KEPT:
        _KEPT.append(_listed(bench))
    return _KEPT[0]


def _listed(bench: Bench) -> _Listing:
    with _browser() as browser, _signed_in(bench, browser, script=True) as page:
        carried = Carried()
        network = carried.watch(page)
        _throttle(network)
        thumb = _WeakSignal(page, network)
        began = time.perf_counter()
        _list(thumb, bench, "Chè búp ở mép sóng", reload=True)
        list_from_the_papers(thumb)
        return _Listing(time.perf_counter() - began, carried.other / 1000)


def _list(thumb: Thumb, bench: Bench, name: str, *, reload: bool = False) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photo.jpg"
        _photograph(path)
        list_to_the_story(thumb, bench.shop, [str(path), str(path)], name)
    thumb.type("story_who", STORY)
    if reload:
        thumb.page.reload()
    thumb.press("Lưu và đi tiếp")


def _photograph(path: Path) -> None:
    """Write a picture as heavy as a phone's."""
    picture = grainy(*PHOTO_SIDES)
    for quality in range(90, 101):
        picture.save(path, quality=quality)
        if path.stat().st_size >= PHOTO_BYTES:
            return
    raise UnavailableError(f"a photo of only {path.stat().st_size:,} bytes")


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, chromium.launch(playwright) as browser:
        yield browser


@contextmanager
def _signed_in(bench: Bench, browser: Browser, *, script: bool) -> Iterator[Page]:
    """A phone whose owner, a maker, has looked at the list of goods: its styles are kept."""
    if not _MADE:
        _MADE.append(_maker(bench.database_url))
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, java_script_enabled=script, locale="vi-VN"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{bench.shop}/sign-in")
    page.fill("input[name=sign_in]", SIGN_IN)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.goto(f"{bench.shop}/manage/products", wait_until="networkidle")
    yield page
    context.close()


_MADE: list[int] = []  # The maker of both listings.


def _maker(url: str) -> int:
    """Enter the director of the first enterprise; gives the person's key."""
    engine = create_engine(url)
    now = clock.now()
    with engine.begin() as connection:
        person_id: int = connection.execute(
            insert(Person)
            .values(
                public_id=ids.public_id(),
                sign_in=SIGN_IN,
                name="Thơm",
                password_hash=hash_of(PASSWORD),
                created_at=now,
            )
            .returning(Person.id)
        ).scalar_one()
        connection.execute(
            insert(Membership).values(
                enterprise_id=goods.owner_of(0),
                person_id=person_id,
                role="director",
                since_at=now,
            )
        )
    engine.dispose()
    return person_id


def _throttle(network: Any, *, offline: bool = False) -> None:
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", {**EDGE_OF_4G, "offline": offline})
