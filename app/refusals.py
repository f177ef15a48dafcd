"""Every refusal and failure answers with a page of ours: what happened and what to do."""

from flask import Flask, Response
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from structlog import get_logger
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from core.api import problems
from core.errors import AppError, Busy, NoRoom, sentence
from core.language import gettext
from core.pages import page
from core.room import is_full
from core.sealing import SealBroken

log = get_logger()

SENTENCES = {
    400: sentence("Yêu cầu này không đọc được. Xin quay lại và thử lần nữa."),
    403: sentence("Trang này không dành cho bạn."),
    404: sentence("Không có trang này, hoặc trang không dành cho bạn."),
    405: sentence("Trang này không nhận yêu cầu kiểu đó."),
    413: sentence("Tệp hoặc nội dung gửi lên quá lớn. Xin chọn ảnh nhỏ hơn 25 MB."),
    415: sentence("Chỉ nhận ảnh JPEG, PNG hoặc WebP."),
    429: sentence("Bạn thử hơi nhiều lần. Xin nghỉ vài phút rồi thử lại."),
    500: sentence("Có lỗi ở phía chúng tôi; việc vừa rồi chưa được ghi. Xin thử lại sau."),
}


def init_refusals(app: Flask) -> None:
    """Register the handlers, the particular before the general."""
    app.register_error_handler(AppError, _refuse)
    app.register_error_handler(CSRFError, _old_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DataError, _unreadable)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(OSError, _file)
    app.register_error_handler(Exception, _failure)


def _refuse(error: AppError) -> Response:
    # Nobody who asks can mend a broken seal: whoever runs the site has to read of it.
    say = log.error if isinstance(error, SealBroken) else log.info
    say("refused", refusal=type(error).__name__, reason=str(error), status=error.status)
    if problems.is_asked():
        return problems.refusal(error)
    return _error_page(error.status, gettext(error.sentence, **error.values))


def _old_form(error: CSRFError) -> Response:
    log.info("refused", refusal="CSRFError", reason=error.description, status=400)
    return _error_page(
        400,
        gettext(
            "Trang mở quá lâu nên không gửi được. Xin quay lại, tải lại trang rồi gửi lần nữa."
        ),
    )


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if 300 <= status < 400:  # noqa: PLR2004  # A redirect of the router is an answer, not a failure.
        return Response(
            status=status, headers=[("Location", error.get_response().headers["Location"])]
        )
    answer = _error_page(status, gettext(SENTENCES.get(status, SENTENCES[400])))
    if isinstance(error, MethodNotAllowed):
        answer.allow.update(error.valid_methods or ())
    return answer


def _database(error: OperationalError) -> Response:
    if is_full(error):
        return _no_room()
    log.warning("database refused", reason=type(error.orig).__name__)
    return _error_page(Busy.status, gettext(Busy.sentence))


def _file(error: OSError) -> Response:
    return _no_room() if is_full(error) else _failure(error)


def _no_room() -> Response:
    log.error("disk full")
    return _error_page(NoRoom.status, gettext(NoRoom.sentence))


def _unreadable(error: DataError) -> Response:
    # Words no column can hold, such as a NUL on PostgreSQL, that no form had cleaned.
    log.warning("database refused", reason=type(error.orig).__name__)
    return _error_page(400, gettext(SENTENCES[400]))


def _failure(error: Exception) -> Response:
    log.error("failure", exc_info=error)
    return _error_page(500, gettext(SENTENCES[500]))


def _error_page(status: int, text: str) -> Response:
    if problems.is_asked():
        return problems.problem(status, text)
    return page("app/error.html", status=status, status_code=status, text=text)
