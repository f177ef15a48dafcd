"""What a case's paper says: for market surveillance or a platform. Nothing of who reported.

A report's own words stay out: people write their names and numbers into them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import starmap

from sqlalchemy.orm import Session

from core import display
from core.language import current_language
from core.language import gettext as _
from core.photos.queries import Picture
from core.photos.serving import drawn_jpeg
from traceability import case_words, queries
from traceability.adapters.case_pdf import Paper, Section
from traceability.dealer_words import place_words
from traceability.models import StampReport
from traceability.routes import manage_words
from traceability.service import CaseFile
from traceability.service.case_files import StampFile

MOST_PHOTOS = 6
PHOTO_PIXELS = 1_200


def case_paper(
    file: CaseFile, *, photos: Sequence[bytes], entry_index: int | None, at: datetime, base_url: str
) -> Paper:
    """The paper of a case as of `at`; `entry_index` is its batch's place in the log."""
    locale = current_language()
    serial = file.case.serial_text
    sections = [_stamp(file, locale)]
    if file.stamp_file is not None:
        sections += [_done(file.stamp_file, locale), _checks(file.stamp_file, locale)]
        sections.append(_named(file.stamp_file, locale))
    sections += [_prices(file, locale), _seen(file.reports, locale), _conclusion(file, locale)]
    return Paper(
        title=_("Hồ sơ vụ việc %(number)s", number=file.case.public_id),
        lead=_(
            "Lập lúc %(when)s, theo đúng những gì đã ghi. Con tem không biết mình đang dán trên"
            " món gì.",
            when=display.clock_and_day(at, locale),
        ),
        sections=sections,
        photos_heading=_("Ảnh gửi kèm lời báo"),
        photos=photos,
        proof=_proof(file, entry_index, base_url),
        # Fetching a proof is not a check, as opening the stamp's page would be.
        proof_url=f"{base_url}/s/{serial}/proof" if entry_index is not None else "",
    )


def photos_of(session: Session, file: CaseFile) -> list[bytes]:
    """The first photos that came with a case's reports, as JPEG; one lost since is left out."""
    by_report = queries.pictures_of_reports(session, [one.id for one in file.reports])
    drawn = [one for pictures in by_report.values() for one in pictures if one.is_drawn]
    return list(_contents(drawn[:MOST_PHOTOS]))


def _contents(pictures: Iterable[Picture]) -> Iterable[bytes]:
    for picture in pictures:
        try:
            yield drawn_jpeg(picture, width=PHOTO_PIXELS)
        except FileNotFoundError:
            continue


def _stamp(file: CaseFile, locale: str) -> Section:
    facts = [(_("Số tem"), display.serial(file.case.serial_text))]
    if file.stamp_file is None:
        return Section(_("Con tem"), facts, (_("Số tem này chưa từng được phát."),))
    of, lot = file.stamp_file, file.stamp_file.lot
    ordinal = display.number(of.stamp.ordinal, locale)
    count = display.number(of.batch.count, locale)
    facts += [
        (_("Người làm"), of.maker.name),
        (_("Nơi làm"), of.maker.place_published or ""),
        (_("Hàng"), lot.name if lot else ""),
        (_("Lô"), display.lot_code(lot.code) if lot else _("cuộn chưa dán cho lô nào")),
        (_("Ngày làm"), display.day(lot.made_on, locale) if lot else ""),
        (
            _("Hạn dùng"),
            display.day(lot.best_before_on, locale) if lot and lot.best_before_on else "",
        ),
        (_("Mã hàng (GTIN)"), of.stamp.gtin or ""),
        (_("Phát tem"), display.clock_and_day(of.stamp.issued_at, locale)),
        (
            _("Số thứ tự"),
            _("%(ordinal)s trong %(count)s tem của đợt", ordinal=ordinal, count=count),
        ),
        (_("Lúc này"), manage_words.state_words(of.stamp.state)),
        (_("Nơi được giao"), _delivered(of, locale)),
        (
            _("Đại lý ghi đã bán"),
            display.moment_day(of.stamp.sold_at, locale) if of.stamp.sold_at else "",
        ),
    ]
    return Section(_("Con tem"), facts)


def _delivered(of: StampFile, locale: str) -> str:
    """The shop that says it has the stamp, named where it agreed; empty where none says so."""
    if of.stamp.delivered_at is None:
        return ""
    when = display.moment_day(of.stamp.delivered_at, locale)
    if of.stamp.dealer_name is None:
        return _("một đại lý của người làm, nhận %(when)s", when=when)
    shop = f"{of.stamp.dealer_name}, {place_words(of.stamp.dealer_commune)}"
    return _("%(shop)s, nhận %(when)s", shop=shop, when=when)


def _done(of: StampFile, locale: str) -> Section:
    """What became of the stamp since it was issued; what was taken back is left out."""
    lines = [
        (display.clock_and_day(act.at, locale), manage_words.act_words(act))
        for act in of.acts
        if not act.is_undone
    ]
    none = (_("Chưa ghi gì từ khi phát."),) if not lines else ()
    return Section(_("Từ khi phát tem"), lines, none)


def _checks(of: StampFile, locale: str) -> Section:
    lines = [
        (
            display.day(each.day, locale),
            _("%(times)s lượt", times=display.number(each.occasions, locale)),
        )
        for each in of.days
    ]
    counted = _("Một lượt là mọi lần kiểm từ cùng một mạng trong 2 giờ.")
    none = _("Chưa ghi nhận lần kiểm nào.")
    return Section(_("Lượt kiểm theo ngày"), lines, (counted if lines else none,))


def _named(of: StampFile, locale: str) -> Section:
    """The communes visitors named, by day: with a report, or with “tôi đã mua món này”."""
    heading = _("Nơi người kiểm tự ghi, theo ngày")
    by_day: dict[date, Counter[str]] = {}
    for place in of.places:
        by_day.setdefault(place.day, Counter())[place.commune_code] += 1
    lines = [
        (display.day(day, locale), "; ".join(starmap(_often, counted.items())))
        for day, counted in by_day.items()
    ]
    source = _("Ghi kèm lời báo hoặc khi bấm “tôi đã mua món này”; không suy từ địa chỉ mạng.")
    return Section(heading, lines, (source if lines else _("Chưa ai ghi nơi nào."),))


def _often(code: str, times: int) -> str:
    return display.commune(code) if times == 1 else f"{display.commune(code)} (×{times})"


def _prices(file: CaseFile, locale: str) -> Section:
    lot = file.stamp_file.lot if file.stamp_file else None
    low, high = (lot.lowest_price_vnd, lot.highest_price_vnd) if lot else (None, None)
    asked = sorted({one.price_vnd for one in file.reports if one.price_vnd})
    return Section(
        _("Giá"),
        (
            (_("Người làm bán"), _price_words([low, high], locale)),
            (_("Nơi bị báo bán"), _price_words(asked, locale)),
        ),
        () if low or asked else (_("Chưa ghi giá nào."),),
    )


def _price_words(prices: Sequence[int | None], locale: str) -> str:
    """One price, or from the lowest to the highest; empty where none is known."""
    known = sorted({price for price in prices if price})
    ends = known[:1] if len(known) == 1 else [*known[:1], *known[-1:]]
    return " – ".join(display.vnd(price, locale) for price in ends)


def _seen(reports: Sequence[StampReport], locale: str) -> Section:
    lines = [(display.moment_day(one.reported_at, locale), _place(one, locale)) for one in reports]
    return Section(_("Nơi người mua thấy"), lines)


def _place(report: StampReport, locale: str) -> str:
    said = [display.commune(report.commune_code) or report.place, report.shop]
    if report.price_vnd:
        said.append(display.vnd(report.price_vnd, locale))
    return "; ".join(filter(None, said)) or _("không nói nơi nào")


def _conclusion(file: CaseFile, locale: str) -> Section:
    case = file.case
    if case.concluded_at is None or case.concluded_by is None:
        return Section(_("Kết luận"), sentences=(_("Chưa kết luận: đang xem xét."),))
    return Section(
        _("Kết luận"),
        (
            (_("Kết quả"), case_words.state_words(case)),
            (_("Ai kết luận"), case_words.side_words(case.concluded_by)),
            (_("Lúc"), display.clock_and_day(case.concluded_at, locale)),
            (_("Vì sao"), case.why),
            (_("Tem"), case_words.measure_words(case.measure) if case.measure else ""),
        ),
    )


def _proof(file: CaseFile, entry_index: int | None, base_url: str) -> Section:
    heading = _("Bằng chứng trong sổ công khai")
    if file.stamp_file is None:
        return Section(heading, sentences=(_("Sổ công khai không có số tem này."),))
    if entry_index is None:
        return Section(heading, sentences=(_("Đợt tem này chưa công bố vào sổ công khai."),))
    serial = file.case.serial_text
    return Section(
        heading,
        (
            (_("Sổ"), f"{base_url}/log"),
            (_("Đợt tem"), file.stamp_file.batch.public_id),
            (_("Mục số"), str(entry_index)),
            (_("Bằng chứng"), f"{base_url}/s/{serial}/proof"),
            (_("Tự kiểm"), "python -m traceability.verify FILE"),
        ),
        (_("Mã vuông dưới đây tải bằng chứng; ai cũng tự kiểm được, không cần hỏi Gốc."),),
    )
