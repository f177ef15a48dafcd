"""A first product listed with the thumb: what is tapped, typed and carried is counted."""

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, expect

STORY = "Nhà tôi trồng ba đời ở xóm trên."
_UPLOAD = re.compile(r"/uploads$|/manage/photos/")
ANSWER_MS = 120_000  # A step at the edge of 4G, a loss of half a minute within it.


@dataclass
class Carried:
    """Bytes over the air, photos apart; files that lie in the browser's cache count nothing."""

    other: int = 0
    photos: int = 0  # What the answers to their pieces weigh.
    _cached: set[str] = field(default_factory=set)
    _of_photos: set[str] = field(default_factory=set)

    def watch(self, page: Page) -> Any:
        """Count what this page asks and gets from now on; gives the page's CDP session."""
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._sent)
        session.on(
            "Network.requestServedFromCache", lambda said: self._cached.add(said["requestId"])
        )
        session.on("Network.loadingFinished", self._received)
        return session

    def _sent(self, said: dict[str, Any]) -> None:
        request = said["request"]
        self._of_photos |= {said["requestId"]} if _UPLOAD.search(request["url"]) else set()
        self.other += len(request.get("postData", ""))

    def _received(self, said: dict[str, Any]) -> None:
        if said["requestId"] in self._of_photos:
            self.photos += int(said["encodedDataLength"])
        elif said["requestId"] not in self._cached:
            self.other += int(said["encodedDataLength"])


class Thumb:
    """Whoever lists: each tap and each letter is counted."""

    def __init__(self, page: Page, *, answer_ms: int = ANSWER_MS) -> None:
        self.page = page
        self.answer_ms = answer_ms
        self.taps = 0
        self.letters = 0

    def type(self, name: str, text: str) -> None:
        """Tap into a field and type."""
        self.taps += 1
        self.letters += len(text)
        self.page.fill(f"[name={name}]", text)

    def choose(self, selector: str) -> None:
        """Tap a round button."""
        self.taps += 1
        self.page.check(selector)

    def select(self, name: str, value: str) -> None:
        """Open a list and tap one of its lines."""
        self.taps += 2
        self.page.locator(f"select[name={name}]").select_option(value)

    def take_photos(self, paths: list[str]) -> None:
        """Open the gallery, tap each photo, and "done"."""
        self.taps += 2 + len(paths)
        self.page.set_input_files("#photos", paths)

    def press(self, words: str) -> None:
        """Tap a button by its words."""
        self.taps += 1
        self.page.get_by_role("button", name=words, exact=True).click()

    def arrive(self, screen: str) -> None:
        """Wait until a screen of the listing is there."""
        self.page.wait_for_url(f"**/listing/{screen}*", timeout=self.answer_ms)
        expect(self.page.locator("progress.steps")).to_be_visible(timeout=self.answer_ms)


def list_to_the_story(thumb: Thumb, address: str, photos: list[str], name: str) -> None:
    """The first four screens, two packs and loose goods among them."""
    thumb.page.goto(f"{address}/manage/products/new", timeout=thumb.answer_ms)
    thumb.take_photos(photos)
    thumb.press("Đi tiếp")
    thumb.arrive("name")
    thumb.type("name", name)
    thumb.press("Lưu và đi tiếp")
    thumb.arrive("group")
    thumb.choose("[name=group][value=thuc_pham]")
    thumb.type("summary", "Chè búp sao bằng củi.")
    thumb.press("Lưu và đi tiếp")
    thumb.arrive("packs")
    thumb.type("pack_content_1", "500")
    thumb.type("price_vnd_1", "85k")
    thumb.taps += 1
    thumb.page.get_by_text("Cách gói 2", exact=True).last.click()
    thumb.type("pack_content_2", "12")
    thumb.select("pack_unit_2", "piece")
    thumb.type("pack_words_2", "hộp 12 gói")
    thumb.type("price_vnd_2", "240k")
    thumb.press("Lưu và đi tiếp")
    thumb.arrive("story")


def list_from_the_papers(thumb: Thumb) -> None:
    """The last two screens: no papers, a look, sent."""
    thumb.arrive("papers")
    thumb.press("Chưa có giấy, đi tiếp")
    thumb.arrive("look")
    thumb.press("Gửi cán bộ xem")
    expect(thumb.page.get_by_text("Đang chờ xem")).to_be_visible(timeout=thumb.answer_ms)
