"""allauth's forms in our words: a label above, a hint under it, and errors that say what to do."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkey
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

PASSWORD_HINT = _("Minst 12 tegn. Flere vanlige ord etter hverandre er både trygt og lett å huske.")
CODE_HINT = _("Seks tall fra appen, eller en av kodene du tok vare på.")
WORDS: dict[str, tuple[Any, Any, Any]] = {
    "login": (_("Brukernavn"), "", _("Skriv brukernavnet ditt.")),
    "password": (_("Passord"), "", _("Skriv passordet ditt.")),
    "oldpassword": (_("Passordet du har nå"), "", _("Skriv passordet du har nå.")),
    "password1": (_("Nytt passord"), PASSWORD_HINT, _("Skriv et nytt passord.")),
    "password2": (_("Nytt passord en gang til"), "", _("Skriv det nye passordet en gang til.")),
    "email": (_("E-post"), _("Adressen skolen har på deg."), _("Skriv e-postadressen din.")),
    "code": (_("Kode"), CODE_HINT, _("Skriv koden.")),
    "name": (_("Navn på nøkkelen"), _("For eksempel «Telefonen min»."), _("Skriv et navn på nøkkelen.")),
    "passwordless": (
        _("Bruk nøkkelen uten passord"),
        _("Da holder det med fingeravtrykk, ansikt eller PIN-kode på enheten når du logger inn."),
        "",
    ),
}


class InOurWords:
    """Take away placeholders and the browser's own demands, and put our words there."""

    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in WORDS:
                label, hint, missing = WORDS[name]
                field.label, field.help_text = label, hint
                field.error_messages["required"] = missing


class SignInForm(InOurWords, account.LoginForm):  # type: ignore[misc]
    """Name and password."""


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something about the account is changed."""


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """The password one has, and a new one twice."""


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):  # type: ignore[misc]
    """Where to send a link for choosing a new password."""


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, from the link in the e-mail."""


class CodeForm(InOurWords, factor.AuthenticateForm):  # type: ignore[misc]
    """The second factor at sign-in."""


class CodeAgainForm(InOurWords, factor.ReauthenticateForm):  # type: ignore[misc]
    """The second factor once more."""


class ActivateAppForm(InOurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code from a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label, self.fields["code"].help_text = _("Koden fra appen"), _("Seks tall.")


class AddPasskeyForm(InOurWords, passkey.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey, with a name to know it by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages["required"] = _("Enheten ga oss ingen nøkkel. Prøv igjen, eller bruk en app på telefonen.")


class RenamePasskeyForm(InOurWords, passkey.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""


class LanguageForm(forms.Form):
    """Which language the pages should be in."""

    language = forms.ChoiceField(
        label=_("Språk"),
        help_text=_("Det som elever og foresatte leser, står på alle tre. Sidene for dem som arbeider ved skolen, står på bokmål."),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg et språk."), "invalid_choice": _("Velg et av språkene i lista.")},
    )
