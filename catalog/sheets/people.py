"""The columns of a sheet of an enterprise's people, and the words written for their roles. Data."""

from collections.abc import Mapping

from accounts.rules import Role
from catalog.sheets.columns import Column, names
from core.errors import sentence

MEMBER_COLUMNS = (
    Column(
        "name",
        sentence("Họ và tên"),
        names(
            "ho ten|ten|ho va ten thanh vien|ten thanh vien|thanh vien|xa vien|ho dem va ten|"
            "ten xa vien|nguoi|full name"
        ),
        required=True,
        examples=("Nguyễn Thị Lan", "Trần Văn Bình"),
    ),
    Column(
        "role",
        sentence("Vai"),
        names("vai tro|chuc vu|chuc danh|nhiem vu|cong viec|viec|lam gi|vi tri"),
        required=True,
        examples=("thành viên giao hàng", "thủ kho"),
    ),
)
# As our own pages say them first: so they are exported.
ROLE_CELLS: Mapping[Role, str] = {
    Role.DIRECTOR: "người đứng đầu",
    Role.SELLER: "người bán hàng",
    Role.WAREHOUSE: "thủ kho",
    Role.ACCOUNTANT: "kế toán",
    Role.GROWER: "thành viên giao hàng",
}
# Folded words of a cell; codes stand for themselves.
ROLE_WORDS: Mapping[str, Role] = {
    **dict.fromkeys(
        names("director|nguoi dung dau|giam doc|chu nhiem|chu tich|to truong|chu ho|chu co so"),
        Role.DIRECTOR,
    ),
    **dict.fromkeys(names("seller|nguoi ban hang|ban hang|nhan vien ban hang"), Role.SELLER),
    **dict.fromkeys(names("warehouse|thu kho|kho|giu kho"), Role.WAREHOUSE),
    **dict.fromkeys(names("accountant|ke toan|ke toan truong|thu quy"), Role.ACCOUNTANT),
    **dict.fromkeys(
        names(
            "grower|thanh vien giao hang|thanh vien|xa vien|nguoi trong|ho trong|giao hang|"
            "nong dan|thanh vien gop hang"
        ),
        Role.GROWER,
    ),
}
