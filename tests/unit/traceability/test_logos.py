import re
from io import BytesIO

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from tests.unit.traceability.camera import judge
from tests.unit.traceability.logo_pictures import SQUARE, WIDE, drawn, grey, sent
from tests.unit.traceability.printed import printed_labels
from tests.unit.traceability.test_label_files import file_of, printed
from tests.unit.traceability.test_sheets import GTIN, batch_of, decoded, pdf_of, pictures
from traceability import rules
from traceability.adapters.label_files import count_labels
from traceability.adapters.label_plan import LabelPlan, plan_labels
from traceability.adapters.label_raster import LabelRaster
from traceability.adapters.logo_pictures import MOST_SIDE, drawn_logo, grey_of
from traceability.adapters.logo_samples import has_room
from traceability.adapters.outputs import DOTS_A_MM, Output
from traceability.adapters.papers import PAPERS
from traceability.logo_errors import LogoIsBlank, LogoTooLong, LogoTooSmall, NoRoomForLogo

WITH_ROOM = [key for key in PAPERS if not key.endswith("-15")]


def code_side(plan: LabelPlan) -> tuple[int, int, int]:
    """The code's upper left corner and side, quiet zone and all, in dots."""
    quiet = 4 * plan.module
    return plan.code_x - quiet, plan.code_y - quiet, plan.form.size * plan.module + 2 * quiet


@pytest.mark.parametrize("size", [SQUARE, WIDE], ids=["square", "wide"])
@pytest.mark.parametrize("paper", WITH_ROOM)
def test_a_logo_stands_beside_a_code_that_is_as_large_as_without_it(
    paper: str, size: tuple[int, int]
) -> None:
    bare = plan_labels(batch_of(3, gtin14=GTIN, demo=True), paper, Output())
    plan = plan_labels(batch_of(3, gtin14=GTIN, demo=True, logo=grey(size)), paper, Output())

    assert plan.logo is not None
    assert plan.module == bare.module
    x, y, side = code_side(plan)
    assert (x, y) == code_side(bare)[:2]
    assert plan.logo.x >= x + side
    assert plan.logo.y > 0
    assert plan.logo.x + plan.logo.width < plan.dots(plan.paper.width_mm)
    assert plan.logo.y + plan.logo.height < plan.dots(plan.paper.height_mm)
    assert min(plan.logo.width, plan.logo.height) >= plan.dots(2) - 1


@pytest.mark.parametrize("paper", WITH_ROOM)
def test_no_word_of_a_label_touches_its_logo(paper: str) -> None:
    bare = batch_of(2, gtin14=GTIN, demo=True, name="Chè Shan tuyết Phìn Hồ ướp sen")
    plan = plan_labels(
        batch_of(2, gtin14=GTIN, demo=True, name=bare.name, logo=grey()), paper, Output("png")
    )
    assert plan.logo is not None
    texts = rules.serial_texts(plan.batch.serials)
    label = LabelRaster(plan).labels(texts)[0].copy()
    logo = plan.logo
    burnt = label[logo.y : logo.y + logo.height, logo.x : logo.x + logo.width].copy()
    around = label[logo.y - 2 : logo.y + logo.height + 2, logo.x - 2 : logo.x + logo.width + 2]
    around[2:-2, 2:-2] = False

    assert (burnt == logo.dots).all()
    assert not around.any()


def test_labels_still_say_where_to_check(subtests: pytest.Subtests) -> None:
    for paper in WITH_ROOM:
        for secret in (None, bytes(32)):
            batch = batch_of(
                2, gtin14=GTIN, demo=True, logo=grey(), scratch_secret=secret, lot="26-11A"
            )
            with subtests.test(paper=paper, scratch=secret is not None):
                try:
                    plan = plan_labels(batch, paper, Output())
                except NoRoomForLogo:
                    assert secret is not None
                    continue
                assert any(batch.host in line.text for line in plan.words.lines)


@pytest.mark.parametrize("host", ["goc.example", "localhost:8371", "kiem-tra.example:8000"])
@pytest.mark.parametrize("paper", [key for key in WITH_ROOM if PAPERS[key].has_words_beside])
def test_a_logo_pushes_no_word_over_the_labels_foot(paper: str, host: str) -> None:
    batch = batch_of(2, gtin14=GTIN, demo=True, logo=grey(), base_url=f"https://{host}")
    try:
        plan = plan_labels(batch, paper, Output())
    except NoRoomForLogo:
        return

    assert min(line.y for line in plan.words.lines) > 1


def test_labels_of_fifteen_millimetres_have_no_room_and_say_so() -> None:
    for paper in ("a4-15", "roll-15"):
        with pytest.raises(NoRoomForLogo):
            plan_labels(batch_of(1, gtin14=GTIN, logo=grey()), paper, Output())


def test_where_the_address_is_too_long_for_small_labels_the_others_are_still_shown() -> None:
    picture, site = drawn_logo(sent(drawn(SQUARE))), "https://kiem-tra-nguon-goc.example"

    assert not has_room("a4-15", picture, base_url=site)  # Its code would be too fine, logo or not.
    assert not has_room("roll-15", picture, base_url=site)
    assert has_room("roll-50x30", picture, base_url=site)


@pytest.mark.parametrize("paper", ["a4-20", "a4-65", "roll-20", "roll-50x30"])
def test_a_telephone_reads_every_label_with_a_logo(paper: str) -> None:
    batch = batch_of(40, gtin14=GTIN, logo=grey())

    tally = judge(printed_labels(batch, paper, 300), dots_a_mm=DOTS_A_MM[300], seed=5)

    assert (tally.shown, tally.read) == (40, 40)


def test_a_pdf_holds_the_logo_once_however_many_labels_bear_it() -> None:
    few = pdf_of(batch_of(65, gtin14=GTIN, logo=grey()))
    many = pdf_of(batch_of(650, gtin14=GTIN, logo=grey()))
    bare = pdf_of(batch_of(650, gtin14=GTIN))

    assert few.count(b"/Subtype/Image") == many.count(b"/Subtype/Image") == 1
    assert len(many) - len(bare) < 4_000
    assert len(many) / 650 < 300
    assert len(decoded(pictures(few))) == 65


def test_paper_stays_white_around_and_within_a_logo() -> None:
    batch = batch_of(65, gtin14=GTIN, logo=grey())
    plan = plan_labels(batch, "a4-65", Output())
    assert plan.logo is not None

    (page,) = pictures(pdf_of(batch))

    x, y = plan.corners(1)[0].tolist()
    left, top = x + plan.logo.x, y + plan.logo.y
    box = (left, top, left + plan.logo.width, top + plan.logo.height)
    printed_dots = np.asarray(page.crop(box)) < 128
    assert (printed_dots == plan.logo.dots).mean() > 0.97  # A renderer may move an edge by a dot.
    assert 0.2 < printed_dots.mean() < 0.9


@pytest.mark.parametrize("file_format", ["pdf", "svg", "zpl", "png"])
def test_each_file_with_a_logo_counts_and_reads_as_without(file_format: str) -> None:
    batch = batch_of(4, gtin14=GTIN, logo=grey(WIDE))
    written = file_of(batch, "roll-25", file_format)

    assert count_labels(BytesIO(written), file_format) == 4
    if file_format == "zpl":
        texts = [found.text for page in printed(written.decode("ascii")) for found in _read(page)]
        assert sorted(texts) == sorted(
            plan_labels(batch, "roll-25", Output()).addresses(rules.serial_texts(batch.serials))
        )


def test_a_label_printer_and_a_drawing_program_show_the_same_logo() -> None:
    batch = batch_of(1, gtin14=GTIN, logo=grey())
    plan = plan_labels(batch, "roll-30", Output("svg", 203))
    assert plan.logo is not None

    svg = file_of(batch, "roll-30", "svg", 203).decode()
    (burnt,) = printed(file_of(batch, "roll-30", "zpl", 203).decode("ascii"))

    box = (plan.logo.x, plan.logo.y, plan.logo.x + plan.logo.width, plan.logo.y + plan.logo.height)
    assert ((np.asarray(burnt.crop(box)) < 128) == plan.logo.dots).all()
    place = f'translate({plan.logo.x} {plan.logo.y - plan.dots(30)})" d="([^"]+)"'
    (path,) = re.findall(place.replace("(", r"\(", 1).replace(")", r"\)", 1), svg)
    area = sum(int(width) * int(height) for width, height in re.findall(r"h(\d+)v(\d+)", path))
    assert area == plan.logo.dots.sum()


def test_a_picture_loses_its_margins_its_colours_and_what_the_camera_wrote() -> None:
    with_margin = Image.new("RGB", (900, 700), "white")
    with_margin.paste(drawn(SQUARE, "gold"), (200, 150))
    exif = Image.Exif()
    exif[0x010E] = "Nhà ông Nông Văn A"
    file = BytesIO()
    with_margin.save(file, "JPEG", quality=95, exif=exif)

    kept = drawn_logo(file.getvalue())

    assert b"ng V" not in kept
    pixels = grey_of(kept)
    assert pixels.shape == pytest.approx(SQUARE[::-1], abs=12)
    assert pixels.min() < 10  # Yellow on white is black on paper.


def test_a_large_picture_becomes_as_large_as_a_label_needs() -> None:
    kept = drawn_logo(sent(drawn((2_000, 1_000))))

    assert grey_of(kept).shape == (MOST_SIDE // 2, MOST_SIDE)
    assert len(kept) < 40_000


def test_a_transparent_logo_is_drawn_on_white() -> None:
    picture = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    picture.paste((0, 90, 0, 255), (50, 50, 150, 150))
    picture.putpixel((0, 0), (0, 90, 0, 255))
    picture.putpixel((199, 199), (0, 90, 0, 255))

    pixels = grey_of(drawn_logo(sent(picture)))

    assert (pixels < 128).mean() == pytest.approx(0.25, abs=0.01)


@pytest.mark.parametrize(
    ("picture", "refusal"),
    [
        (Image.new("RGB", (400, 400), "white"), LogoIsBlank),
        (Image.effect_noise((400, 400), 5), LogoIsBlank),
        (drawn((60, 30)), LogoTooSmall),
        (drawn((1_500, 200)), LogoTooLong),
    ],
    ids=["blank", "photographed paper", "small", "long"],
)
def test_what_would_not_print_is_refused(picture: Image.Image, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        drawn_logo(sent(picture))


def test_a_photo_is_scattered_into_dots_and_a_drawing_keeps_its_edges() -> None:
    slope = np.tile(np.linspace(0, 255, 300, dtype=np.uint8), (300, 1))

    photo = plan_labels(batch_of(1, logo=slope), "roll-30", Output("png")).logo
    drawing = plan_labels(batch_of(1, logo=grey()), "roll-30", Output("png")).logo

    assert photo is not None
    assert drawing is not None
    assert photo.dots.mean() == pytest.approx(0.5, abs=0.05)
    steps = np.diff(photo.dots.astype(int), axis=1)
    assert steps.any(axis=0).mean() > 0.8
    assert np.abs(np.diff(drawing.dots.astype(int), axis=1)).sum(axis=1).max() <= 4


def _read(page: Image.Image) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(np.pad(np.asarray(page), 20, constant_values=255))


def test_a_pdf_with_a_logo_opens_as_any_other() -> None:
    document = pypdfium2.PdfDocument(pdf_of(batch_of(70, gtin14=GTIN, logo=grey())))
    assert len(document) == 2
    document.close()
