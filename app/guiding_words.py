"""What the pages and fields of /manage are called, where a helper guides through them."""

from collections.abc import Mapping

from core.errors import sentence

# By endpoint: the page, and the fields a helper can point at.
PLACES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "manage.home": (sentence("Trang đầu bán hàng"), ()),
    "manage_products.listed": (sentence("Hàng của bạn"), ()),
    "listing_photos.new": (sentence("Thêm hàng: ảnh đầu tiên"), ()),
    "listing_photos.photos": (sentence("Thêm hàng: ảnh"), ()),
    "listing_words.name": (sentence("Thêm hàng: tên"), ("name",)),
    "listing_words.group": (sentence("Thêm hàng: nhóm và lời giới thiệu"), ("group", "summary")),
    "listing_packs.packs": (sentence("Thêm hàng: gói và giá"), ("loose_price_vnd",)),
    "listing_words.story": (sentence("Thêm hàng: câu chuyện"), ("story",)),
    "listing_photos.papers": (sentence("Thêm hàng: giấy tờ"), ()),
    "listing_look.look": (sentence("Thêm hàng: xem lại"), ()),
    "manage_products.quick": (
        sentence("Thêm hàng mới"),
        ("name", "group", "summary", "pack_content", "pack_unit", "pack_words", "price_vnd"),
    ),
    "manage_products.words": (sentence("Sửa lời của một mặt hàng"), ("name", "group", "summary")),
    "manage_products.shown": (sentence("Trang của một mặt hàng"), ()),
    "manage_photos.shown": (sentence("Ảnh của một mặt hàng"), ()),
    "manage_packs.new": (
        sentence("Thêm gói và giá"),
        ("pack_content", "pack_unit", "pack_words", "price_vnd"),
    ),
    "manage_packs.shown": (
        sentence("Sửa gói và giá"),
        ("pack_content", "pack_unit", "pack_words", "price_vnd"),
    ),
    "manage_lots.listed": (sentence("Các lô"), ()),
    "manage_lots.new": (
        sentence("Khai lô"),
        ("code", "made_on", "best_before_on", "declared_units"),
    ),
    "manage_stamps.stamps": (sentence("Tạo và in tem"), ("lot", "count")),
    "manage_print_codes.ask": (sentence("Nhờ nơi khác in tem"), ("print_place",)),
    "manage_dealers.listed": (sentence("Danh sách đại lý"), ("name", "phone")),
    "manage_askings.listed": (sentence("Chờ người thứ hai"), ()),
    "manage_devices.listed": (sentence("Máy quen"), ("code",)),
    "manage_activation.ask": (sentence("Báo đã dán tem"), ("leftover",)),
    "registering.particulars": (sentence("Ghi tên và loại đơn vị"), ("name", "number")),
    "own_place.form": (sentence("Ghi nơi ở của đơn vị"), ("commune", "hamlet")),
}
ELSEWHERE = sentence("Một trang khác")
FIELDS: Mapping[str, str] = {
    "name": sentence("Tên"),
    "group": sentence("Nhóm hàng"),
    "summary": sentence("Đây là món gì"),
    "pack_content": sentence("Mỗi gói có"),
    "pack_unit": sentence("Đơn vị"),
    "pack_words": sentence("Gọi gói đó là gì"),
    "price_vnd": sentence("Giá một gói"),
    "loose_price_vnd": sentence("Giá một cân"),
    "story": sentence("Câu chuyện"),
    "code": sentence("Mã lô"),
    "made_on": sentence("Ngày làm"),
    "best_before_on": sentence("Hạn dùng"),
    "declared_units": sentence("Lô có bao nhiêu"),
    "lot": sentence("Lô"),
    "count": sentence("Bao nhiêu tem"),
    "leftover": sentence("Còn thừa bao nhiêu tem"),
    "print_place": sentence("Nhờ nơi nào in"),
    "number": sentence("Số giấy tờ"),
    "phone": sentence("Số di động"),
    "commune": sentence("Xã, phường"),
    "hamlet": sentence("Thôn, xóm"),
}
