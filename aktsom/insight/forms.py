"""What is asked in a school's first steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aktsom.core.access.roles import Role
from aktsom.core.ui.forms import PlainForm
from aktsom.plans.selectors.procedure import library
from aktsom.schools.rules import OwnerKind, SchoolLevel, is_org_number

AT_ONCE, DRAFT = "at_once", "draft"
NOT_A_NUMBER = _("Dette er ikke et organisasjonsnummer. Det har ni sifre, og det siste er et kontrollsiffer.")


class OrgNumberField(forms.CharField):
    """Nine digits with a check digit, however they are spaced."""

    def clean(self, value: Any) -> str:
        text = "".join(str(super().clean(value)).split())
        if text and not is_org_number(text):
            raise forms.ValidationError(NOT_A_NUMBER)
        return text


class BeginForm(PlainForm):
    """Everything an empty installation must know to begin: who owns the school, the school, and who asks."""

    owner_name = forms.CharField(
        label=_("Hvem eier skolen?"),
        max_length=200,
        help_text=_("For eksempel navnet på kommunen."),
        error_messages={"required": _("Skriv navnet på skoleeieren.")},
    )
    owner_number = OrgNumberField(label=_("Skoleeierens organisasjonsnummer"), max_length=20)
    owner_kind = forms.ChoiceField(
        label=_("Hva slags eier er det?"), choices=OwnerKind.choices, initial=OwnerKind.MUNICIPALITY, widget=forms.RadioSelect
    )
    school_name = forms.CharField(label=_("Hva heter skolen?"), max_length=200, error_messages={"required": _("Skriv navnet på skolen.")})
    school_number = OrgNumberField(label=_("Skolens organisasjonsnummer"), max_length=20)
    level = forms.ChoiceField(label=_("Hvem går der?"), choices=SchoolLevel.choices, initial=SchoolLevel.PRIMARY, widget=forms.RadioSelect)
    given_name = forms.CharField(label=_("Fornavnet ditt"), max_length=120)
    family_name = forms.CharField(label=_("Etternavnet ditt"), max_length=120)
    email = forms.EmailField(label=_("E-posten din"))
    role = forms.ChoiceField(
        label=_("Hva er du ved skolen?"),
        choices=[
            (Role.HEAD_TEACHER, _("Rektor eller daglig leder")),
            (Role.SCHOOL_ADMIN, _("Den som setter opp Aktsom. Jeg skal ikke se saker")),
        ],
        initial=Role.HEAD_TEACHER,
        widget=forms.RadioSelect,
    )
    at_owner_given = forms.CharField(
        label=_("Fornavnet til en hos skoleeieren"),
        required=False,
        max_length=120,
        help_text=_("Meldinger om noen i ledelsen går rett dit (§ 12-5). Du kan la det stå tomt og gjøre det senere."),
    )
    at_owner_family = forms.CharField(label=_("Etternavnet"), required=False, max_length=120)
    at_owner_email = forms.EmailField(label=_("E-posten"), required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        given = [name for name in ("at_owner_given", "at_owner_family", "at_owner_email") if found.get(name)]
        if 0 < len(given) < 3 and not any(name.startswith("at_owner") for name in self.errors):
            self.add_error("at_owner_given", _("Skriv fornavn, etternavn og e-post, eller la alle tre stå tomme."))
        if found.get("at_owner_email") and found.get("at_owner_email") == found.get("email"):
            self.add_error("at_owner_email", _("Velg en annen enn deg selv. Meldinger om ledelsen skal ikke gå til ledelsen."))
        if found.get("owner_number") and found.get("owner_number") == found.get("school_number"):
            self.add_error("school_number", _("Skolen har et eget nummer. Dette er eierens."))
        return found

    def parts(self) -> dict[str, Any]:
        """Return what the service takes."""
        asked = self.cleaned_data
        at_owner = {"given_name": asked["at_owner_given"], "family_name": asked["at_owner_family"], "email": asked["at_owner_email"]}
        return {
            "owner": {"org_number": asked["owner_number"], "name": asked["owner_name"], "kind": asked["owner_kind"]},
            "school": {"org_number": asked["school_number"], "name": asked["school_name"], "level": asked["level"]},
            "first": {name: asked[name] for name in ("given_name", "family_name", "email")} | {"role": Role(asked["role"])},
            "at_owner": at_owner if asked["at_owner_email"] else {},
        }


class FirstPlanForm(PlainForm):
    """Which plan to begin with, and whether it is in force at once."""

    template = forms.ChoiceField(
        label=_("Hvilken plan vil dere begynne med?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg en plan. Du kan endre alt i den etterpå.")},
    )
    start = forms.ChoiceField(
        label=_("Når skal den gjelde?"),
        widget=forms.RadioSelect,
        choices=[(DRAFT, _("Ikke ennå. Lag et utkast som SMU og andre kan se på først")), (AT_ONCE, _("Fra i dag"))],
        initial=DRAFT,
        error_messages={"required": _("Velg når planen skal gjelde.")},
    )

    def __init__(self, *args: Any, may_approve: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [(plan.code, plan.name) for plan in library()]  # type: ignore[attr-defined]
        if not may_approve:
            self.fields["start"].choices = self.fields["start"].choices[:1]  # type: ignore[attr-defined]


class ClassFileForm(PlainForm):
    """A class list, and whether it is the whole school."""

    file = forms.FileField(
        label=_("Lista"),
        help_text=_("CSV med fornavn, etternavn, klasse, trinn og fødselsdato, eller en ZIP fra OneRoster. Ikke fødselsnummer."),
        error_messages={"required": _("Velg fila med lista.")},
    )
    covers = forms.ChoiceField(
        label=_("Hvem står i lista?"),
        widget=forms.RadioSelect,
        choices=[("some", _("Én eller noen klasser")), ("all", _("Alle elevene ved skolen. De som ikke står der, har sluttet"))],
        initial="some",
    )

    def clean_file(self) -> Any:
        """Say what was wrong with a file that was thrown away for its size."""
        file = self.cleaned_data["file"]
        if getattr(file, "refused", ""):
            raise forms.ValidationError(file.refused)
        return file


class KeyPersonForm(PlainForm):
    """A colleague with a role, and what she does when the head teacher is away."""

    given_name = forms.CharField(label=_("Fornavn"), max_length=120, error_messages={"required": _("Skriv fornavnet.")})
    family_name = forms.CharField(label=_("Etternavn"), max_length=120, error_messages={"required": _("Skriv etternavnet.")})
    email = forms.EmailField(label=_("E-post"), error_messages={"required": _("Skriv e-posten. Dit går lenken for å velge passord.")})
    role = forms.ChoiceField(label=_("Rolle"), widget=forms.RadioSelect, error_messages={"required": _("Velg en rolle.")})
    stands_in = forms.BooleanField(label=_("Er rektors stedfortreder"), required=False)
    receives = forms.BooleanField(label=_("Tar imot meldinger for rektor"), required=False)

    def __init__(self, *args: Any, is_head: bool, has_head: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        head = [] if has_head else [(Role.HEAD_TEACHER, _("Rektor"))]
        led = [(Role.DEPARTMENT_HEAD, _("Avdelingsleder eller inspektør")), (Role.COUNSELLOR, _("Rådgiver eller sosiallærer"))]
        staff = (Role.STAFF, _("En annen som arbeider her"))
        self.fields["role"].choices = [*head, *(led if is_head else []), staff]  # type: ignore[attr-defined]
        if not is_head:
            del self.fields["stands_in"], self.fields["receives"]

    def colleague(self) -> dict[str, Any]:
        """Return what the service takes."""
        asked = dict(self.cleaned_data)
        asked["role"] = Role(asked["role"])
        return {"stands_in": False, "receives": False, **asked}
