"""Words for people: roles in a class, what can be delegated, whom the owner sets to receive, and the ages that count."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from datetime import date, timedelta
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

K = TypeVar("K", bound=Hashable)


class Age(models.IntegerChoices):
    """The ages that change something for a pupil in chapter 12, each with what it means to her (domain.md 3.3)."""

    NONE = 0, _("Du har rett til å si hva du mener og bli hørt, uansett alder.")
    GREAT_WEIGHT = 12, _("Du er 12 år eller mer. Da skal de voksne legge stor vekt på det du mener.")
    DECIDES_EDUCATION = 15, _("Du er 15 år eller mer. Da bestemmer du selv i spørsmål om opplæringen din.")
    DECIDES_HEALTH = 16, _("Du er 16 år eller mer. Da bestemmer du selv om hjelp fra helsetjenesten.")
    OF_AGE = 18, _("Du er 18 år. Foresatte får bare vite det du sier ja til.")


AGE_SECTIONS = {
    Age.NONE: "opplæringslova § 10-2",
    Age.GREAT_WEIGHT: "barnelova § 31",
    Age.DECIDES_EDUCATION: "opplæringslova § 24-5",
    Age.DECIDES_HEALTH: "pasient- og brukerrettighetsloven § 4-3",
    Age.OF_AGE: "vergemålsloven § 8",
}
AGE_DECIDES_EDUCATION = Age.DECIDES_EDUCATION.value
AGE_OF_MAJORITY = Age.OF_AGE.value


class PersonKind(models.TextChoices):
    """Why a person is registered. Somebody can be both guardian and staff; this is only what the source said first."""

    PUPIL = "pupil", _("Elev")
    GUARDIAN = "guardian", _("Foresatt")
    STAFF = "staff", _("Arbeider ved skolen")


class ClassRole(models.TextChoices):
    """What a person is in a class or group."""

    PUPIL = "pupil", _("Elev")
    CONTACT_TEACHER = "contact_teacher", _("Kontaktlærer")
    SUBJECT_TEACHER = "subject_teacher", _("Faglærer")
    ASSISTANT = "assistant", _("Assistent")


class Attendance(models.TextChoices):
    """As what somebody goes to the school. Chapter 12 is for pupils; adults in education have § 20-2 instead (fact 25)."""

    PUPIL = "pupil", _("Elev")
    ADULT = "adult", _("Deltaker i opplæring for voksne")
    APPRENTICE = "apprentice", _("Lærling, praksisbrevkandidat eller lærekandidat")


class GroupKind(models.TextChoices):
    """What kind of group it is."""

    SCHOOL_CLASS = "school_class", _("Klasse")
    CONTACT_GROUP = "contact_group", _("Kontaktlærergruppe")
    TEACHING_GROUP = "teaching_group", _("Undervisningsgruppe")
    SFO = "sfo", _("SFO")


class TeamKind(models.TextChoices):
    """The teams the plans name, and any other a school has (ORG-10 to ORG-14)."""

    PUPIL_SERVICES = "pupil_services", _("Elevtjenesten")
    SUPPORT = "support", _("Pedagogisk støtteteam")
    RESOURCE = "resource", _("Lokalt ressursteam")
    PUPIL_COUNCIL = "pupil_council", _("Elevrådet")
    OTHER = "other", _("Et annet team")


class TeamTask(models.TextChoices):
    """What somebody does in a team."""

    MEMBER = "member", _("Er med")
    LEADER = "leader", _("Leder")
    CONTACT = "contact", _("Kontaktperson")
    RIGHTS_PUPIL = "rights_pupil", _("Rettighetsansvarlig elev")


class NearRole(models.TextChoices):
    """The adults nearest a pupil, the nearest first (ORG-08)."""

    CONTACT_TEACHER = "contact_teacher", _("Kontaktlærer")
    SUBJECT_TEACHER = "subject_teacher", _("Faglærer")
    DEPARTMENT_HEAD = "department_head", _("Leder")
    COUNSELLOR = "counsellor", _("Rådgiver")
    ENVIRONMENT_WORKER = "environment_worker", _("Miljøarbeider")
    SCHOOL_NURSE = "school_nurse", _("Helsesykepleier")
    HEAD_TEACHER = "head_teacher", _("Rektor")


class OwnerPurpose(models.TextChoices):
    """What the owner's recipient is set to receive (ESC-08)."""

    SERIOUS = "serious", _("Alvorlige saker, § 12-4 andre ledd")
    STAFF = "staff", _("En som arbeider ved skolen, § 12-5 første ledd")
    LEADERSHIP = "leadership", _("Noen i ledelsen, § 12-5 andre ledd")
    COUNTY_GOVERNOR = "county_governor", _("Saker hos Statsforvalteren, § 12-6")


def age_on(birth_date: date | None, day: date) -> int | None:
    """Return the age in whole years on ``day``, or None when the birth date is unknown."""
    if birth_date is None:
        return None
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def is_of_age(birth_date: date | None, day: date) -> bool:
    """Return whether the person is 18 or more on ``day``. Unknown birth date counts as a child."""
    age = age_on(birth_date, day)
    return age is not None and age >= AGE_OF_MAJORITY


def rights_at(birth_date: date | None, day: date) -> list[Age]:
    """Return the ages the pupil has reached. A pupil whose birth date is unknown has what every child has."""
    age = age_on(birth_date, day)
    return [step for step in Age if step == Age.NONE or (age is not None and age >= step)]


def guardian_may_follow(
    *, parental_responsibility: bool, birth_date: date | None, adult_consent: bool, day: date, granted: bool = False
) -> bool:
    """Return whether a guardian follows the pupil's case: parental responsibility until 18, then only by consent.

    Without responsibility only when a written decision on request has granted it. Source: domain.md facts 33 and 34
    (barnelova §§ 30 and 47). Living together gives nothing.
    """
    if is_of_age(birth_date, day):
        return adult_consent
    return parental_responsibility or granted


class RequestOutcome(models.TextChoices):
    """What was decided when a guardian without parental responsibility asked to follow."""

    GRANTED = "granted", _("Ja, kan følge saken")
    REFUSED = "refused", _("Nei")


class RefusalGround(models.TextChoices):
    """Why the school says no. Barnelova § 47 gives these and no others."""

    CONFIDENTIAL = "confidential", _("Vi har taushetsplikt overfor den som spør")
    HARM = "harm", _("Det kan skade barnet")
    TAKEN_AWAY = "taken_away", _("Statsforvalteren har tatt bort retten")


class GuardianRequestObstacle(models.TextChoices):
    """What keeps a request from being sent or decided."""

    OWN = "own", _("Du kan ikke svare på ditt eget spørsmål. La en annen gjøre det")
    FOLLOWS_ALREADY = "follows_already", _("Du kan følge saken fra før")
    NOT_GUARDIAN = "not_guardian", _("Velg en som er registrert som foresatt til eleven")
    OPEN = "open", _("Skolen har fått spørsmålet. Du får svar her")
    DECIDED = "decided", _("Noen har svart allerede")
    OF_AGE = "of_age", _("Eleven er 18 år. Da er det eleven selv som sier ja eller nei")
    NO_OUTCOME = "no_outcome", _("Velg ja eller nei")
    NO_GROUND = "no_ground", _("Velg hvilken grunn loven gir for å si nei")
    NO_REASON = "no_reason", _("Skriv begrunnelsen. Den som spør, får lese den")
    NO_PUPILS_VIEW = "no_pupils_view", _("Hør eleven først, og skriv hva eleven mener. Eleven er 15 år eller mer (§ 24-5)")
    ENDS_BEFORE_START = "ends_before_start", _("Siste dag må være i dag eller senere")


def obstacles_to_asking(*, is_guardian: bool, follows: bool, has_open: bool, of_age: bool) -> list[GuardianRequestObstacle]:
    """Return why a guardian cannot ask to follow now."""
    found = {
        GuardianRequestObstacle.NOT_GUARDIAN: not is_guardian,
        GuardianRequestObstacle.FOLLOWS_ALREADY: follows,
        GuardianRequestObstacle.OPEN: has_open,
        GuardianRequestObstacle.OF_AGE: of_age,
    }
    return [obstacle for obstacle, holds in found.items() if holds]


def obstacles_to_deciding_request(
    *,
    outcome: str,
    ground: str,
    reason: str,
    pupils_view: str,
    birth_date: date | None,
    until: date | None,
    is_decided: bool,
    is_own: bool,
    today: date,
) -> list[GuardianRequestObstacle]:
    """Return what the written decision lacks. A no names a ground of barnelova § 47; both answers carry a reason."""
    age = age_on(birth_date, today)
    found = {
        GuardianRequestObstacle.DECIDED: is_decided,
        GuardianRequestObstacle.OWN: is_own,
        GuardianRequestObstacle.NO_OUTCOME: outcome not in RequestOutcome.values,
        GuardianRequestObstacle.OF_AGE: outcome == RequestOutcome.GRANTED and is_of_age(birth_date, today),
        GuardianRequestObstacle.NO_GROUND: outcome == RequestOutcome.REFUSED and ground not in RefusalGround.values,
        GuardianRequestObstacle.NO_REASON: not reason.strip(),
        GuardianRequestObstacle.NO_PUPILS_VIEW: age is not None and age >= Age.DECIDES_EDUCATION and not pupils_view.strip(),
        GuardianRequestObstacle.ENDS_BEFORE_START: outcome == RequestOutcome.GRANTED and until is not None and until < today,
    }
    return [obstacle for obstacle, holds in found.items() if holds]


class ColleagueObstacle(models.TextChoices):
    """What keeps a school from writing in a colleague with a role."""

    NO_NAME = "no_name", _("Skriv både fornavn og etternavn")
    HAS_HEAD = "has_head", _("Skolen har hatt en rektor. Den neste kommer med listene, eller fra den som drifter Aktsom")
    LEADS_MUST_GIVE = "leads_must_give", _("Bare rektor kan gi denne rollen")
    KNOWN_ADDRESS = "known_address", _("Noen hos eieren har denne e-postadressen fra før. Send lenke på siden for kontoer")


def obstacles_to_adding_colleague(
    *, has_name: bool, is_head: bool, reads_reports: bool, has_had_head: bool, by_head: bool, address_is_known: bool
) -> list[ColleagueObstacle]:
    """Return why the colleague cannot be written in. Who is not head teacher names a head only where there has never been one."""
    found = {
        ColleagueObstacle.NO_NAME: not has_name,
        ColleagueObstacle.HAS_HEAD: is_head and has_had_head,
        ColleagueObstacle.LEADS_MUST_GIVE: reads_reports and not is_head and not by_head,
        ColleagueObstacle.KNOWN_ADDRESS: address_is_known,
    }
    return [obstacle for obstacle, holds in found.items() if holds]


class StandInObstacle(models.TextChoices):
    """What keeps somebody from standing in or receiving for the head teacher."""

    NOT_AT_SCHOOL = "not_at_school", _("Velg en som arbeider ved skolen")
    SELF = "self", _("Velg en annen enn deg selv")
    ENDS_BEFORE_START = "ends_before_start", _("Siste dag må være samme dag som første dag, eller senere")
    ALREADY_OVER = "already_over", _("Siste dag har vært. Velg en dag som kommer")


def obstacles_to_standing_in(
    *, works_there: bool, is_self: bool, valid_from: date, valid_until: date | None, today: date
) -> list[StandInObstacle]:
    """Return why somebody cannot be deputy or receiver; an empty list means she can."""
    found = {
        StandInObstacle.NOT_AT_SCHOOL: not works_there,
        StandInObstacle.SELF: is_self,
        StandInObstacle.ENDS_BEFORE_START: valid_until is not None and valid_until < valid_from,
        StandInObstacle.ALREADY_OVER: valid_until is not None and valid_until < today,
    }
    return [obstacle for obstacle, holds in found.items() if holds]


class TrainingObstacle(models.TextChoices):
    """What keeps a training in privacy, or the owner's demand for one, from being written in."""

    NO_NAME = "no_name", _("Skriv hva slags opplæring det var")
    NOT_YET = "not_yet", _("Dagen har ikke vært ennå. Skriv det inn når opplæringen er holdt")
    OWN = "own", _("Noen andre må skrive inn din egen opplæring: rektor, den som ordner med skolens folk, eller skoleeieren")
    NOT_HERE = "not_here", _("Velg en som arbeider her")
    STARTS_BEFORE = "starts_before", _("Første dag må være i dag eller senere, så alle rekker å få det skrevet inn")
    SELF_UNTRAINED = "self_untrained", _("Skriv inn din egen opplæring først. Ellers stenger du deg selv ute den dagen")


def months_after(day: date, months: int) -> date:
    """Return the same day of the month ``months`` later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    after, january = divmod(month + 1, 12)
    last = date(year + after, january + 1, 1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def training_holds(held_on: Iterable[date], *, renewal_months: int | None, day: date) -> bool:
    """Return whether one of the trainings counts on ``day`` (opplæringsforskrifta § 20-2; the months are the owner's own)."""
    return any(held <= day and (renewal_months is None or day <= months_after(held, renewal_months)) for held in held_on)


def obstacles_to_recording_training(
    *, name: str, held_on: date, today: date, is_own: bool, for_owner: bool, works_here: bool
) -> list[TrainingObstacle]:
    """Return why the training is not written in. Only who speaks for the owner, which answers for it, writes in her own."""
    found = {
        TrainingObstacle.NO_NAME: not name.strip(),
        TrainingObstacle.NOT_YET: held_on > today,
        TrainingObstacle.OWN: is_own and not for_owner,
        TrainingObstacle.NOT_HERE: not works_here,
    }
    return [obstacle for obstacle, holds in found.items() if holds]


def obstacles_to_demanding_training(*, valid_from: date, today: date, own_holds: bool) -> list[TrainingObstacle]:
    """Return why the owner's demand cannot begin: nobody is shut out backwards in time, nor the one who decides."""
    found = {TrainingObstacle.STARTS_BEFORE: valid_from < today, TrainingObstacle.SELF_UNTRAINED: not own_holds}
    return [obstacle for obstacle, holds in found.items() if holds]


class PartnerObstacle(models.TextChoices):
    """What keeps a partner from the list."""

    NO_NAME = "no_name", _("Skriv hvem dere samarbeider med")
    NO_PURPOSE = "no_purpose", _("Skriv hva dere samarbeider om")


def obstacles_to_keeping_partner(*, name: str, purpose: str) -> list[PartnerObstacle]:
    """Return why the partner cannot be written in."""
    found = {PartnerObstacle.NO_NAME: not name.strip(), PartnerObstacle.NO_PURPOSE: not purpose.strip()}
    return [obstacle for obstacle, holds in found.items() if holds]


class TeamObstacle(models.TextChoices):
    """What keeps somebody from being put in a team."""

    NOBODY = "nobody", _("Velg en, eller skriv navnet på en som ikke står i lista")
    BOTH = "both", _("Velg en i lista eller skriv et navn, ikke begge deler")
    THERE_ALREADY = "there_already", _("Hun eller han er med fra før. Ta ut først hvis oppgaven er en annen")
    PUPIL_ELSEWHERE = "pupil_elsewhere", _("En elev kan bare være med i elevrådet")
    NOT_A_PUPIL = "not_a_pupil", _("Rettighetsansvarlig er en elev. Velg en elev")
    PUPIL_LEADS = "pupil_leads", _("Kontaktpersonen er en voksen. Velg en som arbeider ved skolen")
    OUTSIDE_LEADS = "outside_leads", _("Lederen og kontaktpersonen må stå i lista, så elevene finner dem")
    PROTECTED = "protected", _("Eleven kan ikke vises for alle. Velg en annen, eller snakk med rektor")
    NOT_AT_SCHOOL = "not_at_school", _("Velg en som hører til skolen")


def obstacles_to_joining(
    *, is_named: bool, is_chosen: bool, is_there: bool, is_pupil: bool, is_protected: bool, belongs: bool, kind: str, task: str
) -> list[TeamObstacle]:
    """Return why somebody cannot be put in a team. A pupil whose address is protected is never shown to the whole school."""
    found = {
        TeamObstacle.NOBODY: not is_named and not is_chosen,
        TeamObstacle.BOTH: is_named and is_chosen,
        TeamObstacle.THERE_ALREADY: is_there,
        TeamObstacle.NOT_AT_SCHOOL: is_chosen and not belongs,
        TeamObstacle.PUPIL_ELSEWHERE: is_pupil and kind != TeamKind.PUPIL_COUNCIL,
        TeamObstacle.NOT_A_PUPIL: task == TeamTask.RIGHTS_PUPIL and (is_named or is_chosen) and not is_pupil,
        TeamObstacle.PUPIL_LEADS: task == TeamTask.CONTACT and is_pupil,
        TeamObstacle.OUTSIDE_LEADS: task in {TeamTask.LEADER, TeamTask.CONTACT} and is_named and not is_chosen,
        TeamObstacle.PROTECTED: is_pupil and is_protected,
    }
    return [obstacle for obstacle, holds in found.items() if holds]


def for_grade(grades: Mapping[K, Collection[int]], grade: int | None) -> list[K]:
    """Return those who are there for a grade: those who name it, or when nobody does, those who name none."""
    naming = [each for each, named in grades.items() if grade is not None and grade in named]
    return naming or [each for each, named in grades.items() if not named]


class RecipientObstacle(models.TextChoices):
    """What keeps somebody from being set to receive notices at the owner."""

    NOT_HANDLER = "not_handler", _("Velg en som er saksbehandler hos dere")
    NOT_YOUR_SCHOOL = "not_your_school", _("Velg en av deres egne skoler")


def obstacles_to_receiving(*, wanted: Collection[int], handlers: Collection[int], is_owners_school: bool = True) -> list[RecipientObstacle]:
    """Return why these cannot receive: only the owner's own handlers do, from its own schools. Nobody at all means all of them."""
    found = [RecipientObstacle.NOT_HANDLER] if set(wanted) - set(handlers) else []
    return found if is_owners_school else [*found, RecipientObstacle.NOT_YOUR_SCHOOL]


class WarningObstacle(models.TextChoices):
    """What keeps pupils and guardians from being told of a danger, or that it is over."""

    NO_WORDS = "no_words", _("Skriv hva det er, så elever og foresatte forstår det. Én setning er nok")
    OVER = "over", _("Det er allerede skrevet inn at det er over")


def obstacles_to_warning(*, what: str, is_over: bool) -> list[WarningObstacle]:
    """Return what is missing. «Snarest» is a word and never a number of days: nothing here counts any (LAW-04)."""
    found = {WarningObstacle.NO_WORDS: not what.strip(), WarningObstacle.OVER: is_over}
    return [obstacle for obstacle, holds in found.items() if holds]
