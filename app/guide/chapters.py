"""What the guide says: one sentence a step, one picture where a picture helps.

Pictures are taken by `make guide` (`tests/guide.py` says of which page) into `static/guide/`.
"""

from dataclasses import dataclass

from core.errors import sentence


@dataclass(frozen=True)
class Shot:
    """A picture of a page, and what it shows for those who cannot see it."""

    name: str
    alt: str


@dataclass(frozen=True)
class Step:
    """One thing to do, said in one or two short sentences."""

    words: str
    shot: Shot | None = None


@dataclass(frozen=True)
class Chapter:
    """One piece of work from its beginning to its end."""

    name: str
    title: str
    before: str  # What should be at hand.
    steps: tuple[Step, ...]
    after: str  # How one knows that it is done.


_SIGN_UP = Chapter(
    "sign-up",
    sentence("Mở tài khoản"),
    sentence("Cần: một chiếc điện thoại nhận được tin nhắn. Máy của người nhà cũng được."),
    (
        Step(
            sentence("Mở trang Gốc, bấm Bán hàng, rồi bấm Mở tài khoản."),
        ),
        Step(
            sentence("Gõ số điện thoại. Bấm Gửi mã cho tôi."),
            Shot("sign-up", sentence("Trang Mở tài khoản có một ô để gõ số điện thoại")),
        ),
        Step(
            sentence("Mở tin nhắn, xem mã sáu số. Gõ mã vào ô. Bấm Tiếp."),
            Shot("code", sentence("Trang Gõ mã có một ô để gõ sáu số")),
        ),
        Step(sentence("Không đọc mã cho ai, kể cả cán bộ. Không ai của Gốc hỏi mã của bạn.")),
        Step(
            sentence("Gõ tên của bạn. Bấm Mở tài khoản."),
        ),
        Step(sentence("Bạn bán hàng thì bấm Tôi bán hàng, rồi trả lời từng câu một.")),
    ),
    sentence("Xong khi trang chào bạn bằng tên."),
)
_PRACTICE = Chapter(
    "practice",
    sentence("Tập thử trước khi làm thật"),
    sentence("Cần: đã có tài khoản. Làm sai không sao, không ai thấy."),
    (
        Step(sentence("Mở trang Tài khoản. Bấm Mở tập thử.")),
        Step(
            sentence("Bấm Bắt đầu tập."),
            Shot("practice", sentence("Trang Tập thử có nút Bắt đầu tập")),
        ),
        Step(sentence("Làm như thật: đăng hàng, khai lô, in tem, báo đã dán, rồi quét tem.")),
        Step(sentence("Đừng dán tem tập thử lên hàng đem bán.")),
        Step(sentence("Tập xong, bấm Ra khỏi tập thử.")),
    ),
    sentence("Sau 7 ngày máy xóa hết những gì đã tập."),
)
_LIST = Chapter(
    "list",
    sentence("Đăng một món hàng"),
    sentence("Cần: món hàng ở trước mặt, và giá bạn bán. Bảy trang nhỏ, chừng mười phút."),
    (
        Step(
            sentence("Bấm Hàng ở cuối màn hình. Bấm Thêm hàng."),
            Shot("products", sentence("Trang Hàng của bạn có nút Thêm hàng")),
        ),
        Step(
            sentence("Chụp món hàng, hoặc lấy ảnh có sẵn trong máy. Bấm Đi tiếp."),
            Shot("list-photo", sentence("Bước đầu: trang Chụp món hàng")),
        ),
        Step(sentence("Gõ tên hàng, chọn nhóm. Mỗi trang bấm Lưu và đi tiếp.")),
        Step(
            sentence("Ghi bán thế nào, giá bao nhiêu. Giá viết 85.000 hay 85k đều được."),
            Shot("list-price", sentence("Trang hỏi bán thế nào, giá bao nhiêu")),
        ),
        Step(
            sentence("Kể về món này như nói với khách quen. Câu nào chưa muốn kể thì để trống."),
            Shot("list-story", sentence("Trang Kể về món này có ba câu hỏi")),
        ),
        Step(sentence("Có giấy chứng nhận hay hạng OCOP thì ghi. Chưa có vẫn bán được.")),
        Step(
            sentence("Xem lại trang người mua sẽ thấy. Bấm Gửi cán bộ xem."),
            Shot("list-look", sentence("Trang cuối: Người mua sẽ thấy thế này")),
        ),
        Step(sentence("Mỗi bước bấm xong là đã lưu. Mất mạng thì mở lại rồi làm tiếp.")),
    ),
    sentence("Xong khi món hàng ghi Đang bán. Cán bộ xem trong 2 ngày làm việc."),
)
_LOT = Chapter(
    "lot",
    sentence("Khai một lô hàng"),
    sentence("Cần: biết làm ngày nào, được bao nhiêu món. Lô là hàng làm cùng một đợt."),
    (
        Step(
            sentence("Bấm Lô ở cuối màn hình. Bấm Khai lô mới."),
            Shot("lots", sentence("Trang Các lô có nút Khai lô mới")),
        ),
        Step(sentence("Bấm Chọn ở món hàng của lô này.")),
        Step(
            sentence("Gõ tên lô theo cách của bạn, ngày làm, hạn dùng và số món."),
            Shot("lot", sentence("Trang Khai lô mới hỏi tên lô, ngày làm và số món")),
        ),
        Step(sentence("Bấm Lưu lô. Khai đúng số món: tem không nhiều hơn số ấy được.")),
    ),
    sentence("Xong khi lô hiện trong trang Các lô."),
)
_STAMPS = Chapter(
    "stamps",
    sentence("In tem và báo đã dán"),
    sentence("Cần: một lô đã khai, và một chỗ in: ủy ban xã, bưu điện hay tiệm in."),
    (
        Step(
            sentence("Bấm Tem ở cuối màn hình. Bấm Phát tem mới, chọn lô, rồi bấm Phát và vẽ tem."),
            Shot("stamps", sentence("Trang Tem có nút Phát tem mới")),
        ),
        Step(sentence("Đợi tờ tem vẽ xong. Bấm Tải tờ tem, rồi in. Dán mỗi món một tem.")),
        Step(
            sentence("Dán xong thì báo: bấm Dán hết nếu không còn tem nào."),
            Shot("sheet", sentence("Trang của một đợt tem, hỏi đã dán xong chưa")),
        ),
        Step(
            sentence("Còn tem thì bấm Còn thừa, gõ số tem chưa dán ở cuối tờ."),
            Shot("activate", sentence("Trang hỏi đã dán bao nhiêu tem của lô")),
        ),
        Step(sentence("Chưa báo đã dán thì người mua quét tem chưa thấy gì. Đừng quên bước này.")),
        Step(sentence("Máy mới thì người thứ hai mở việc hôm nay trên máy quen, rồi bấm đồng ý.")),
    ),
    sentence("Xong khi quét thử một tem và thấy đúng món hàng của bạn."),
)
_ROLL = Chapter(
    "rolls",
    sentence("Làm tem cuộn khi chưa biết lô"),
    sentence("Cần: hàng đang bán. Tem cuộn chưa nói được gì cho đến khi dán cho một lô."),
    (
        Step(sentence("Bấm Tem ở cuối màn hình. Bấm Làm tem cuộn, chưa cần biết lô.")),
        Step(
            sentence("Chọn hàng, gõ số tem. Bấm Làm cuộn và vẽ tem, rồi in."),
            Shot("roll", sentence("Trang Làm tem cuộn hỏi hàng và số tem")),
        ),
        Step(sentence("Đến lúc dán, mở đợt tem ấy. Bấm Dán cuộn này cho lô.")),
        Step(
            sentence("Chọn lô. Quét hoặc gõ tem đầu và tem cuối đã dán."),
            Shot("bind", sentence("Trang Dán cuộn này cho lô hỏi lô, tem đầu và tem cuối")),
        ),
        Step(sentence("Đã dán thì chọn Đã dán xong. Chưa dán thì chọn Mới nhận cho lô.")),
        Step(sentence("Bấm Dán cho lô này. Khi ấy tem mới tính vào số khai của lô.")),
    ),
    sentence("Xong khi quét thử một tem đã dán và thấy đúng lô."),
)
_PRINT_CODE = Chapter(
    "print-code",
    sentence("Nhờ nơi khác in tem bằng mã in"),
    sentence("Cần: tờ tem đã vẽ xong, và người in ở ủy ban xã, bưu điện hay tiệm in."),
    (
        Step(
            sentence("Mở đợt tem. Bấm Nhờ nơi khác in, rồi bấm Tạo mã in."),
            Shot("print-code", sentence("Trang Nhờ nơi khác in hỏi giấy tem")),
        ),
        Step(
            sentence("Đưa mã sáu chữ cho đúng người in. Mã dùng được 48 giờ, tải một lần."),
            Shot("code-given", sentence("Trang Đưa mã này cho nơi in hiện mã sáu chữ")),
        ),
        Step(sentence("Đưa nhầm người thì bấm Thu hồi mã ngay, khi chưa ai tải.")),
        Step(sentence("Người in mở mã trên máy nối với máy in. Họ không cần tài khoản.")),
        Step(
            sentence("Người in bấm Tải tờ tem, in đúng cỡ, in một lần."),
            Shot("printer", sentence("Trang người in thấy, có nút Tải tờ tem")),
        ),
        Step(sentence("In xong, người in báo in đủ, hoặc báo tem nào hỏng. Tem hỏng phải hủy.")),
        Step(sentence("Bạn nhận tem, đếm lại, dán lên hàng, rồi báo đã dán.")),
    ),
    sentence("Xong khi trang của đợt tem ghi nơi in đã báo in ra sao."),
)
_LOSSES = Chapter(
    "losses",
    sentence("Khi tem in hỏng hoặc bị mất"),
    sentence("Cần: tem hỏng ở trước mặt, hoặc nhớ số tem đã mất."),
    (
        Step(sentence("Mở đợt tem ấy ở trang Tem. Kẹt giấy, nhòe, rách thì bấm In hỏng.")),
        Step(
            sentence("Gõ hoặc quét từng tem, mỗi dòng một tem. Một khoảng thì viết 12–20."),
            Shot("spoiled", sentence("Trang Tem in hỏng hỏi những tem nào")),
        ),
        Step(sentence("Hỏng cả tờ thì chọn Cả một tờ đã in, gõ số tờ ở mép trên.")),
        Step(sentence("Bấm Xem trước khi hủy. Đúng rồi mới hủy, vì tem hủy không dùng lại.")),
        Step(sentence("Tem hỏng chưa dán trả chỗ về cho lô. Bỏ hết tem hỏng, đừng dán.")),
        Step(
            sentence("Không thấy tem nữa thì bấm Báo mất. Ai quét tem ấy sẽ biết ngay."),
            Shot("lost", sentence("Trang Báo mất tem hỏi những tem nào")),
        ),
    ),
    sentence("Xong khi trang của đợt tem ghi số tem đã hủy hoặc đã báo mất."),
)
_RECALL = Chapter(
    "recall",
    sentence("Thu hồi một lô hàng"),
    sentence(
        "Cần: biết lô nào có thể làm hại người dùng, và vì sao. Mới nghi thì dùng Tạm dừng bán."
    ),
    (
        Step(sentence("Bấm Lô ở cuối màn hình, mở lô ấy. Bấm Thu hồi lô.")),
        Step(
            sentence("Chọn lý do và việc người mua cần làm: giữ lại, mang trả hay bỏ đi."),
            Shot("recall", sentence("Trang Thu hồi lô hỏi lý do và người mua cần làm gì")),
        ),
        Step(sentence("Ghi người mua được đổi hàng hay trả tiền, và số điện thoại để gọi.")),
        Step(sentence("Bấm Xem lại trước khi thu hồi. Đọc kỹ rồi bấm Thu hồi ngay.")),
        Step(
            sentence("Từ lúc đó ai quét tem của lô đều thấy lời ấy. Sổ công khai ghi lại."),
            Shot("recalled", sentence("Trang người mua thấy khi quét tem của một lô bị thu hồi")),
        ),
        Step(sentence("Gọi cho cửa hàng đang giữ hàng. Thu hàng về, ghi lại đã nhận bao nhiêu.")),
        Step(sentence("Xong việc thì mở lại trang ấy, bấm Thôi thu hồi và ghi vì sao.")),
    ),
    sentence("Xong khi quét thử một tem của lô và thấy lời thu hồi."),
)
_REPORT = Chapter(
    "report",
    sentence("Trả lời khi người mua báo điều không ổn"),
    sentence("Cần: đọc kỹ lời người mua viết."),
    (
        Step(sentence("Trang đầu báo có lời của người mua. Bấm vào đó.")),
        Step(
            sentence("Đọc lời báo. Xem ảnh nếu có."),
            Shot("report", sentence("Trang một lời báo của người mua")),
        ),
        Step(sentence("Có số điện thoại thì gọi hỏi cho rõ. Nói nhẹ nhàng, hỏi món hàng thế nào.")),
        Step(sentence("Bấm Đã xem. Tem rách hay mất thì hủy tem ấy ở trang Tem.")),
    ),
    sentence("Xong khi lời báo không còn nằm trong việc hôm nay."),
)
_FAKES = Chapter(
    "fakes",
    sentence("Khi nghi có hàng giả mang tem của bạn"),
    sentence("Cần: lời báo của người mua, ảnh nếu có, và món hàng thật để so."),
    (
        Step(sentence("Mở lời báo. Bấm Mở vụ việc, rồi bấm Nhận xem vụ việc này.")),
        Step(sentence("So ảnh với hàng của bạn. Hỏi cửa hàng lấy ở đâu, bán giá bao nhiêu.")),
        Step(sentence("Ghi điều bạn biết vào ô Ghi chú. Chỉ người của bạn đọc được.")),
        Step(sentence("Chắc chắn rồi thì bấm Kết luận. Chọn cảnh báo, hủy tem, hay giữ nguyên.")),
        Step(sentence("Bấm Tải hồ sơ (PDF) để đưa quản lý thị trường hoặc sàn bán hàng.")),
        Step(sentence("Nhầm thì bấm Gỡ kết luận này. Tem trở lại như trước.")),
    ),
    sentence("Xong khi người quét tem đọc đúng điều bạn đã kết luận."),
)
_HELPER = Chapter(
    "helper",
    sentence("Cho người khác làm giúp"),
    sentence("Cần: điện thoại của chính bạn, và người giúp ngồi cạnh hoặc gọi điện."),
    (
        Step(sentence("Người giúp xin trên máy của họ. Máy bạn nhận một tin nhắn có đường dẫn.")),
        Step(
            sentence("Mở đường dẫn ấy, hoặc bấm Người ở cuối màn hình, rồi Người giúp."),
            Shot("helpers", sentence("Trang Người giúp có một người đang xin giúp")),
        ),
        Step(
            sentence("Đọc: ai xin, làm việc gì, đến ngày nào."),
            Shot("asking", sentence("Trang hỏi có cho một người làm giúp không, với ba cặp số")),
        ),
        Step(
            sentence(
                "Cả đội xin (bưu điện, đoàn thanh niên) thì ai trong đội cũng làm giúp được,"
                " đều ghi tên."
            )
        ),
        Step(sentence("Hỏi người ấy máy của họ hiện hai số nào. Bấm đúng cặp số ấy.")),
        Step(sentence("Không quen người xin thì bấm Không phải tôi.")),
        Step(sentence("Muốn thôi lúc nào thì bấm Thôi ngay. Người ấy không làm được gì nữa.")),
    ),
    sentence("Không ai làm giúp được việc tiền bạc hay đổi thành viên: những việc ấy chỉ bạn làm."),
)
CHAPTERS = (
    _SIGN_UP,
    _PRACTICE,
    _LIST,
    _LOT,
    _STAMPS,
    _ROLL,
    _PRINT_CODE,
    _LOSSES,
    _RECALL,
    _REPORT,
    _FAKES,
    _HELPER,
)
