"""The columns of sheets of products and lots, and the words people write into their cells. Data."""

from collections.abc import Mapping

from catalog.rules import Group
from catalog.sheets.columns import Column, names
from core.errors import sentence

PRODUCT_COLUMNS = (
    Column(
        "name",
        sentence("Tên hàng"),
        names(
            "product name|ten san pham|ten mat hang|ten hang hoa|ten sp|san pham|"
            "ten dac san|mat hang|hang hoa|product|ten"
        ),
        required=True,
        examples=("Chè búp", "Chè búp", "Dao phay"),
    ),
    Column(
        "group",
        sentence("Nhóm hàng"),
        names(
            "nhom san pham|nganh hang|nganh|nhom nganh|nhom|bo san pham|loai hang|"
            "nhom nganh hang|phan loai|loai san pham|loai|loai mat hang|chung loai|phan nhom|"
            "nhom mat hang|nganh san pham|linh vuc|nhom ocop|category|type"
        ),
        required=True,
        examples=("Thực phẩm", "Thực phẩm", "Thủ công mỹ nghệ"),
    ),
    Column(
        "pack_content",
        sentence("Mỗi gói có"),
        names(
            "khoi luong tinh|khoi luong|dung tich|the tich|ham luong|dinh luong|"
            "trong luong|trong luong tinh|so luong moi goi|net weight|khoi luong net|"
            "khoi luong dung tich|luong tinh|kl tinh|kl|moi goi"
        ),
        examples=names("200|500|1"),
    ),
    Column(
        "pack_unit",
        sentence("Đơn vị"),
        names("don vi tinh|dvt|don vi do|dv tinh|unit"),
        examples=("g", "g", "cái"),
    ),
    Column(
        "pack_words",
        sentence("Gọi gói đó là gì"),
        names(
            "quy cach|quy cach dong goi|qui cach|qui cach dong goi|quy cach san pham|dong goi|"
            "cach dong goi|bao bi|hinh thuc dong goi|goi|packing"
        ),
        examples=("hộp 200 g", "túi 500 g", "con dao 30 cm"),
    ),
    Column(
        "price_vnd",
        sentence("Giá một gói"),
        names(
            "gia|gia ban|don gia|gia ban le|gia le|gia tien|price|gia niem yet|"
            "gia ban du kien|thanh tien"
        ),
        examples=("120.000", "280k", "250.000 đ"),
    ),
    Column(
        "gtin",
        sentence("Số dưới mã vạch"),
        names("ma vach|so ma vach|barcode|ean|ma gtin|ma so ma vach"),
    ),
    Column("size_words", sentence("Dài, rộng, cao"), names("kich thuoc|kich co|size")),
    Column(
        "weight_g",
        sentence("Nặng bao nhiêu, tính cả vỏ"),
        names("trong luong ca vo|trong luong ca bi|khoi luong ca bi|gross weight"),
    ),
    Column(
        "summary",
        sentence("Đây là món gì"),
        names(
            "mo ta|gioi thieu|mo ta san pham|gioi thieu san pham|dac diem|tom tat|"
            "thong tin san pham|description"
        ),
        examples=("Chè một tôm hai lá, hái tay.", "", "Thép rèn tay, cán gỗ."),
    ),
    Column(
        "producer",
        sentence("Người làm ra"),
        names(
            "chu the|ten chu the|chu the san xuat|co so san xuat|don vi san xuat|"
            "nha san xuat|ten co so|co so|ten don vi|chu the ocop|nguoi san xuat|"
            "ho san xuat|ten chu the san xuat|manufacturer"
        ),
    ),
    Column(
        "producer_type",
        sentence("Loại đơn vị"),
        names("loai chu the|loai hinh|loai hinh chu the|loai hinh san xuat|hinh thuc"),
    ),
    Column(
        "commune",
        sentence("Xã, phường"),
        names("xa|phuong|xa phuong|thi tran|xa phuong thi tran|dia chi"),
    ),
    Column("district", sentence("Huyện (cũ)"), names("huyen|quan huyen|huyen thi xa|quan")),
    Column(
        "province",
        sentence("Tỉnh"),
        names("tinh thanh|tinh thanh pho|tinh tp|tinh cu|thanh pho|dia phuong"),
    ),
    Column(
        "province_2025",
        sentence("Tỉnh hiện nay"),
        names(
            "tinh moi|tinh sau sap nhap|tinh tu 2025|tinh 2025|tinh thanh moi|"
            "tinh thanh pho moi|tinh moi 2025"
        ),
    ),
    Column(
        "stars",
        sentence("Hạng sao"),
        names(
            "sao|so sao|hang|phan hang|xep hang|hang sao ocop|ket qua phan hang|"
            "xep hang ocop|ket qua"
        ),
    ),
    Column(
        "recognised_year",
        sentence("Năm công nhận"),
        names("nam|nam cong nhan ocop|nam danh gia|nam phan hang|nam dat"),
    ),
    Column(
        "decision",
        sentence("Quyết định công nhận"),
        names("quyet dinh|so quyet dinh|qd|so qd|can cu|van ban cong nhan"),
    ),
    Column("status", sentence("Tình trạng công nhận"), names("tinh trang|trang thai")),
    Column("source", sentence("Nguồn"), names("nguon tin|nguon du lieu|link|duong dan|url")),
)

# Folded words of a cell, and the code they mean; codes stand for themselves.
GROUP_WORDS: Mapping[str, str] = {
    **dict.fromkeys(
        names(
            "thuc pham|nong san|thuc pham tuoi song|thuc pham tho so che|thuc pham so che|"
            "thuc pham che bien|gia vi|che ca phe ca cao|luong thuc|gao|che|ca phe|mat ong|thit|"
            "nuoc mam|rau cu qua|rau qua|trai cay|hoa qua|thuy san|hai san|banh keo"
        ),
        Group.FOOD,
    ),
    **dict.fromkeys(
        names("do uong|do uong co con|do uong khong con|nuoc uong|ruou|nuoc ep"), Group.DRINKS
    ),
    **dict.fromkeys(
        names("duoc lieu|thao duoc|duoc lieu va san pham tu duoc lieu|my pham"),
        Group.HERBS,
    ),
    **dict.fromkeys(
        names(
            "thu cong my nghe|do thu cong|thu cong|tcmn|vai may mac|vai va may mac|"
            "gom|may tre dan|luu niem noi that trang tri|thu cong my nghe trang tri"
        ),
        Group.CRAFTS,
    ),
    **dict.fromkeys(names("sinh vat canh|cay canh|hoa cay canh|svc|hoa"), Group.ORNAMENTALS),
    **dict.fromkeys(
        (
            *names("du lich|dich vu du lich|du lich cong dong|dich vu|dich vu du lich nong thon"),
            "dich vu du lich cong dong du lich sinh thai va diem du lich",
        ),
        Group.TOURISM,
    ),
}
KIND_WORDS: Mapping[str, str] = {
    **dict.fromkeys(names("doanh nghiep|cong ty|cty|dn|company"), "company"),
    **dict.fromkeys(names("htx|hop tac xa|lien hiep htx|lien hiep hop tac xa"), "cooperative"),
    **dict.fromkeys(names("tht|to hop tac"), "group"),
    **dict.fromkeys(names("ho kinh doanh|hkd|co so|co so san xuat"), "household_business"),
    **dict.fromkeys(names("ho|ho gia dinh|ho san xuat|ca nhan|nong ho"), "household"),
}
# How names of enterprises begin, where no column says their kind.
KIND_BEGINNINGS: Mapping[str, str] = {
    "htx": "cooperative",
    "hop tac xa": "cooperative",
    "lien hiep": "cooperative",
    "cong ty": "company",
    "cty": "company",
    "ctcp": "company",
    "doanh nghiep": "company",
    "dntn": "company",
    "tht": "group",
    "to hop tac": "group",
    "ho kinh doanh": "household_business",
    "hkd": "household_business",
    "co so": "household_business",
}
# What a source's word says of a rank; any other word: a dossier was filed or graded, no more.
STAGE_WORDS: Mapping[str, str] = {
    **dict.fromkeys(
        names(
            "recognised|star unknown|da cong nhan|duoc cong nhan|cong nhan|con han|"
            "con hieu luc|dat chuan|dat"
        ),
        "recognised",
    ),
    **dict.fromkeys(names("expired|het han|het hieu luc"), "lapsed"),
    **dict.fromkeys(names("seed|chua|chua cong nhan|chua co hang|tiem nang"), "none"),
}
MADE_WORDS: Mapping[str, str] = {
    **dict.fromkeys(names("made|lam ra|san xuat|che bien|ren|dan|det"), "made"),
    **dict.fromkeys(names("harvested|thu hoach|hai|gat|thu hai"), "harvested"),
    **dict.fromkeys(names("packed|dong goi|dong hop|dong chai"), "packed"),
    **dict.fromkeys(names("caught|danh bat|khai thac"), "caught"),
}
STAR_WORDS: Mapping[str, int] = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5}

LOT_COLUMNS = (
    Column(
        "product",
        sentence("Tên hàng"),
        names("ten san pham|san pham|hang|ten mat hang|mat hang|product name"),
        required=True,
        examples=("Chè búp", "Chè búp"),
    ),
    Column(
        "pack",
        sentence("Gói"),
        names("quy cach|goi dong goi|dong goi|bao bi|quy cach dong goi"),
        examples=("hộp 200 g", "túi 500 g"),
    ),
    Column(
        "code",
        sentence("Mã lô"),
        names("lo|so lo|ma so lo|lo so|lot|batch|ten lo|lo san xuat"),
        required=True,
        examples=("26-11A", "26-11B"),
    ),
    Column(
        "made_on",
        sentence("Ngày làm"),
        names(
            "ngay san xuat|nsx|ngay thu hoach|ngay dong goi|ngay lam ra|ngay sx|"
            "ngay danh bat|ngay|san xuat ngay"
        ),
        required=True,
        examples=("12/11/2026", "2026-11-15"),
    ),
    Column(
        "best_before_on",
        sentence("Hạn dùng"),
        names("hsd|han su dung|ngay het han|su dung den|dung tot den|het han"),
        examples=("12/11/2027", ""),
    ),
    Column(
        "declared_units",
        sentence("Số món"),
        names("so luong|sl|so goi|so hop|so san pham|san luong|tong so"),
        required=True,
        examples=("640", "1.000"),
    ),
    Column(
        "made_kind",
        sentence("Cách làm"),
        names("hinh thuc|loai ngay|cong doan"),
        examples=("đóng gói", "thu hoạch"),
    ),
)
