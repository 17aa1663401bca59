"""Hands mails to the mail server, and says what became of each."""

from __future__ import annotations

import enum
import smtplib
from types import TracebackType
from typing import Self

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from reports.reminding.wording import Letter


class Outcome(enum.Enum):
    """What the mail server said."""

    SENT = "sent"
    REFUSED = "refused"
    POSTPONED = "postponed"
    UNKNOWN = "unknown"


class MailServerDown(Exception):
    """The mail server takes nothing at present."""


class Post:
    """An open connection to the mail server. Raises `MailServerDown` where none is to be had."""

    def __init__(self) -> None:
        self.connection: BaseEmailBackend = get_connection()

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.connection.close()

    def _open(self) -> None:
        try:
            self.connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise MailServerDown(str(error)) from error

    def send(self, address: str, letter: Letter, message_id: str) -> tuple[Outcome, int]:
        """Send one mail; return what became of it, and the mail server's code if it refused."""
        message = EmailMultiAlternatives(
            letter.subject, letter.text, to=[address], headers={"Message-ID": message_id}, connection=self.connection
        )
        message.attach_alternative(letter.html, "text/html")
        try:
            self.connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as refused:
            code = max(code for code, _words in refused.recipients.values())
            return (Outcome.REFUSED if code >= 500 else Outcome.POSTPONED), code
        except smtplib.SMTPResponseException as error:
            return Outcome.POSTPONED, error.smtp_code
        except (smtplib.SMTPServerDisconnected, OSError):
            # It may have taken the mail before the line broke: a second attempt will carry the same Message-ID.
            self.connection.close()
            self._open()
            return Outcome.UNKNOWN, 0
        return Outcome.SENT, 0
