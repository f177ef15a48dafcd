"""`make guide`: takes the guide's pictures anew from the served demo and writes docs/guide/."""

import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import FloatRect, Page, sync_playwright

from app.guide import CHAPTERS, Chapter
from tests.browser.demo import PHONE, Demo, served_demo
from tests.browser.page_table import PAGES, PageLine
from tests.browser.people import sign_in
from tests.servers import chromium

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "static" / "guide"
BOOK = ROOT / "docs" / "guide" / "README.md"
WIDTH, HEIGHT = 360, 520  # As the pages say of each picture.
MOST_BYTES = 40_000  # A chapter of four weighs less than a photo.


@dataclass(frozen=True)
class _Taken:
    """Of which page a picture is: a line of the table of pages, and what comes to be on top."""

    path: str
    sign_in: str = ""
    is_after_act: bool = False
    top: str = "main"

    @property
    def line(self) -> PageLine:
        """The line of the browser tests' table, with what one does there."""
        return next(
            one
            for one in PAGES
            if (one.path, one.sign_in) == (self.path, self.sign_in)
            and (one.act is not None) == self.is_after_act
        )


TAKEN = {
    "sign-up": _Taken("/sign-up"),
    "code": _Taken("/sign-up", is_after_act=True),
    "products": _Taken("/manage/products", "coop"),
    "list-photo": _Taken("/manage/products/new", "coop"),
    "list-price": _Taken("/manage/products/{draft_product}/listing/packs", "coop"),
    "list-story": _Taken("/manage/products/{draft_product}/listing/story", "coop"),
    "list-look": _Taken("/manage/products/{draft_product}/listing/look", "coop"),
    "lot": _Taken("/manage/lots/new?product={product}", "coop"),
    "lots": _Taken("/manage/lots", "coop"),
    "stamps": _Taken("/manage/stamps", "coop"),
    "sheet": _Taken("/manage/stamps/{batch}", "coop", top="main .notice.attentive"),
    "activate": _Taken("/manage/stamps/activate?lot={waiting_lot}", "producer"),
    "roll": _Taken("/manage/stamps/rolls", "coop"),
    "bind": _Taken("/manage/stamps/{roll}/bind", "coop"),
    "print-code": _Taken("/manage/labels/{labels}/code", "coop"),
    "code-given": _Taken("/manage/print-codes/{open_code}", "coop"),
    "printer": _Taken("/print/{print_code}"),
    "spoiled": _Taken("/manage/stamps/{batch}/spoiled", "coop"),
    "lost": _Taken("/manage/stamps/{batch}/lost", "coop"),
    "recall": _Taken("/manage/lots/{lot}/recall", "coop"),
    "recalled": _Taken("/s/{stamp_recalled}"),
    "report": _Taken("/manage/reports/{report}", "producer"),
    "helpers": _Taken("/manage/helpers", "coop"),
    "asking": _Taken("/manage/helpers", "coop", is_after_act=True),
    "practice": _Taken("/practice", "grower"),
}


def take_all(pages: Callable[[], Page], demo: Demo) -> None:
    """Take every picture the chapters name, into `static/guide/`."""
    for name, taken in TAKEN.items():
        page = pages()
        if taken.sign_in:
            sign_in(page, demo, taken.sign_in)
        page.goto(demo.url(taken.path))
        if taken.line.act is not None:
            taken.line.act(page)
        page.evaluate("document.fonts.ready")
        content = _small(page.screenshot(clip=_below(page, taken.top)))
        (PICTURES / f"{name}.webp").write_bytes(content)
        page.context.close()


def book(chapters: tuple[Chapter, ...]) -> str:
    """The guide as one text for docs/, in the words of the pages."""
    lines = [
        "# Hướng dẫn cho bà con",
        "",
        "Written by `make guide` from `app/guide/chapters.py`; the same as `/guide`.",
    ]
    for chapter in chapters:
        lines += ["", f"## {chapter.title}", "", chapter.before, ""]
        for number, step in enumerate(chapter.steps, start=1):
            lines.append(f"{number}. {step.words}")
            if step.shot is not None:
                picture = f"../../static/guide/{step.shot.name}.webp"
                lines += ["", f'   <img src="{picture}" alt="{step.shot.alt}" width="{WIDTH}">', ""]
        lines += ["", chapter.after]
    return "\n".join(lines) + "\n"


def _below(page: Page, top: str) -> FloatRect:
    """The piece of the page one reads at that step: from its heading on."""
    box = page.locator(top).first.bounding_box()
    assert box is not None, top
    return FloatRect(x=0, y=max(0.0, box["y"] - 8), width=WIDTH, height=HEIGHT)


def _small(content: bytes) -> bytes:
    """As WebP, as good as fits."""
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    for quality in (80, 65, 50, 35):
        drawn = io.BytesIO()
        picture.save(drawn, "WEBP", quality=quality, method=6)
        if drawn.tell() <= MOST_BYTES:
            break
    return drawn.getvalue()


def main() -> None:
    """Serve the demo, take the pictures, write the book."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served_demo(Path(folder)) as demo,
        sync_playwright() as playwright,
        chromium.launch(playwright) as browser,
    ):
        take_all(
            lambda: browser.new_context(
                viewport={"width": WIDTH, "height": 3_000}, user_agent=PHONE, locale="vi-VN"
            ).new_page(),
            demo,
        )
    BOOK.write_text(book(CHAPTERS), encoding="utf-8")


if __name__ == "__main__":
    main()
