"""Refusals about the tokens by which programs act."""

from typing import ClassVar

from core.errors import AppError, NotFound, sentence


class TokenNeeded(AppError):
    """The API is asked without a token."""

    status = 401
    sentence = sentence("Xin gửi khóa: Authorization: Bearer goc_…")


class TokenRefused(AppError):
    """A token that never was, or opens nothing any more: all answer alike."""

    status = 401
    challenge: ClassVar[str] = "invalid_token"
    sentence = sentence(
        "Khóa này không mở được gì: sai, đã thu hồi, hết hạn, hoặc bạn đã thôi việc."
    )


class ScopeMissing(AppError):
    """The token is not for this; `scope` says what it lacks."""

    status = 403
    challenge: ClassVar[str] = "insufficient_scope"
    sentence = sentence("Khóa này chưa được phép “%(scope)s”. Hãy tạo khóa khác có quyền ấy.")


class TokenGone(NotFound):
    """A token of one's own list that was ended meanwhile, or another's."""


class TooManyTokens(AppError):
    """The person has as many tokens as anybody needs."""

    sentence = sentence("Bạn đã có %(most)s khóa. Hãy thu hồi khóa không dùng nữa trước.")
