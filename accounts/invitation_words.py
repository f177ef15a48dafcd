"""What an invitation says by SMS or mail. Pure."""

from core.text.sms import LONGEST, sms_name

NAME_LETTERS = 30


def invitation_words(*, enterprise: str, link: str, by_mail: bool) -> str:
    """Who invites, and where to answer; in an SMS words give way to a long link, never the link."""
    if by_mail:
        return f"{enterprise} mời bạn vào đơn vị trên Gốc. Xem ai mời và trả lời ở đây: {link}"
    name = sms_name(enterprise, at_most=NAME_LETTERS)
    full = f"Goc: {name} moi ban vao. Xem va tra loi: {link}"
    return full if len(full) <= LONGEST else f"Goc: loi moi: {link}"


def team_invitation_words(*, team: str, link: str, by_mail: bool) -> str:
    """Into which team, and where to answer; in an SMS words give way to a long link."""
    if by_mail:
        return f"{team} mời bạn vào đội giúp người bán trên Gốc. Xem và trả lời ở đây: {link}"
    name = sms_name(team, at_most=NAME_LETTERS)
    full = f"Goc: moi ban vao doi {name}. Xem va tra loi: {link}"
    return full if len(full) <= LONGEST else f"Goc: loi moi vao doi: {link}"
