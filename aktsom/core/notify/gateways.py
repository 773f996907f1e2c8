"""The senders: e-mail, a Teams workflow, and the SMS gateways Sveve and LINK Mobility. Each says what went wrong, in one word."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Callable
from smtplib import SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from aktsom.core.notify.outgoing import Undelivered, post
from aktsom.core.notify.rules import Trouble
from aktsom.core.notify.wording import Message

LINK_TAKEN = {1005}  # queued


def send_mail(message: Message, address: str, *, reference: str) -> None:
    """Send plain text. The Message-ID is the same every time, so that a receiver can see that two are one."""
    headers = {"Message-ID": f"<{reference}@aktsom.invalid>", "Auto-Submitted": "auto-generated"}
    try:
        EmailMessage(subject=message.title, body=message.body, to=[address], headers=headers).send()
    except SMTPRecipientsRefused as refused:
        final = all(code >= 500 for code, _ in refused.recipients.values())
        raise Undelivered(Trouble.REFUSED if final else Trouble.BUSY) from None
    except SMTPException:
        raise Undelivered(Trouble.BUSY) from None
    except ssl.SSLError:
        raise Undelivered(Trouble.INSECURE) from None
    except TimeoutError:
        raise Undelivered(Trouble.SLOW) from None
    except OSError:
        raise Undelivered(Trouble.AWAY) from None


def send_teams(message: Message, url: str) -> None:
    """Post an adaptive card to the workflow of a Teams channel."""
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [
            {"type": "TextBlock", "size": "Medium", "weight": "Bolder", "wrap": True, "text": message.title},
            {"type": "TextBlock", "wrap": True, "text": message.body},
        ],
        "actions": [{"type": "Action.OpenUrl", "title": message.button, "url": message.url}],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    post(url, {"type": "message", "attachments": [attachment]}, hosts=settings.AKTSOM_TEAMS_HOSTS)


def send_sms(message: Message, number: str, *, reference: str) -> None:
    """Send one SMS through the gateway the operator has chosen."""
    gateway = _GATEWAYS.get(settings.AKTSOM_SMS_GATEWAY)
    if gateway is None:
        raise Undelivered(Trouble.NOT_SET_UP)
    gateway(message.short, number, reference)


def _sveve(text: str, number: str, reference: str) -> None:
    order = {
        "user": settings.AKTSOM_SMS_USER,
        "passwd": settings.AKTSOM_SMS_PASSWORD,
        "to": number.removeprefix("+47") if number.startswith("+47") else number,
        "msg": text,
        "from": settings.AKTSOM_SMS_FROM[:11],
        "ref": reference,
        "f": "json",
    }
    said = post(settings.AKTSOM_SMS_URL, order, hosts=[_host()]).structure().get("response")
    if not isinstance(said, dict):
        raise Undelivered(Trouble.STRANGE)
    if said.get("fatalError"):
        raise Undelivered(Trouble.BUSY)  # an account without money or with a wrong password is put right by people
    if said.get("errors"):
        raise Undelivered(Trouble.REFUSED)
    if said.get("msgOkCount") != 1:
        raise Undelivered(Trouble.STRANGE)


def _link(text: str, number: str, reference: str) -> None:
    order = {
        "source": settings.AKTSOM_SMS_FROM[:11],
        "sourceTON": "ALPHANUMERIC",
        "destination": number,
        "userData": text,
        "platformId": settings.AKTSOM_SMS_PLATFORM,
        "platformPartnerId": settings.AKTSOM_SMS_PARTNER,
        "refId": reference,
        "useDeliveryReport": False,
    }
    pair = f"{settings.AKTSOM_SMS_USER}:{settings.AKTSOM_SMS_PASSWORD}".encode()
    headers = {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
    said = post(settings.AKTSOM_SMS_URL, order, hosts=[_host()], headers=headers).structure()
    if said.get("resultCode") not in LINK_TAKEN:
        raise Undelivered(Trouble.REFUSED if "resultCode" in said else Trouble.STRANGE)


def _host() -> str:
    return urlsplit(settings.AKTSOM_SMS_URL).hostname or ""


def has_sms() -> bool:
    """Return whether the operator has set up a gateway."""
    return settings.AKTSOM_SMS_GATEWAY in _GATEWAYS and bool(settings.AKTSOM_SMS_URL)


_GATEWAYS: dict[str, Callable[[str, str, str], None]] = {"sveve": _sveve, "link": _link}
