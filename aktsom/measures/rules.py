"""Action plans and measures: what a plan must hold, its states, and what an evaluation must answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from aktsom.people.rules import Age, age_on


class PlanState(models.TextChoices):
    """Where an action plan stands."""

    DRAFT = "draft", _("Under arbeid")
    IN_FORCE = "in_force", _("I kraft")
    ENDED = "ended", _("Avsluttet")


class MeasureLevel(models.TextChoices):
    """Whom a measure works on (ACT-11)."""

    PUPIL = "pupil", _("Eleven")
    GROUP = "group", _("Klassen eller gruppa")
    SCHOOL = "school", _("Skolen")


class MeasureState(models.TextChoices):
    """Where a measure stands."""

    PLANNED = "planned", _("Planlagt")
    RUNNING = "running", _("I gang")
    ENDED = "ended", _("Avsluttet")


class PupilAnswer(models.TextChoices):
    """The pupil's own answer to «how is it now» (EVL-03)."""

    SAFE = "safe", _("Trygt og godt")
    BETTER = "better", _("Litt bedre")
    SAME = "same", _("Som før")
    WORSE = "worse", _("Verre")
    DID_NOT_WANT = "did_not_want", _("Ville ikke svare nå")


class MeasureDecision(models.TextChoices):
    """What happens to a measure after an evaluation."""

    KEEP = "keep", _("Fortsetter")
    CHANGE = "change", _("Endres")
    END = "end", _("Avsluttes")


class Acceptance(models.TextChoices):
    """What a party said when told of the plan. It never delays a measure (ACT-05)."""

    ACCEPTED = "accepted", _("Er med på planen")
    OBJECTED = "objected", _("Er uenig i noe")
    NO_ANSWER = "no_answer", _("Har ikke svart")


class InvitationAnswer(models.TextChoices):
    """What the pupil or a guardian said when asked to take part in making the plan (§ 10-2, HRG-04). None of them is wrong."""

    WAITING = "waiting", _("Har ikke svart ennå")
    YES = "yes", _("Vil være med")
    OTHER_WAY = "other_way", _("Vil være med på en annen måte, for eksempel skriftlig")
    NO = "no", _("Vil ikke være med nå")


class InvitationObstacle(models.TextChoices):
    """What keeps an invitation from being written in."""

    NOT_YET = "not_yet", _("Dagen har ikke vært ennå. Skriv det inn når den har vært")
    BEFORE_INVITED = "before_invited", _("Dagen hun eller han var med, kan ikke være før invitasjonen")


def obstacles_to_inviting(*, invited_on: date, took_part_on: date | None, today: date) -> list[InvitationObstacle]:
    """Return why what was written about an invitation cannot be right."""
    found = {
        InvitationObstacle.NOT_YET: max(invited_on, took_part_on or invited_on) > today,
        InvitationObstacle.BEFORE_INVITED: took_part_on is not None and took_part_on < invited_on,
    }
    return [obstacle for obstacle, holds in found.items() if holds]


class RequestOutcome(models.TextChoices):
    """What the leadership answered when a measure needs more than those who work with it can give (ACT-23)."""

    GRANTED = "given", _("Ja, det ordner vi")
    PARTLY = "partly", _("Ja, noe av det")
    OWNER = "owner", _("Skoleeieren er spurt")
    REFUSED = "no", _("Nei. Da må tiltaket løses på en annen måte")


class PartyKind(models.TextChoices):
    """Whose voice it is."""

    PUPIL = "pupil", _("Eleven")
    GUARDIAN = "guardian", _("Foresatt")


def shows_pupils_words(*, is_own: bool, birth_date: date | None, day: date) -> bool:
    """Return whether the reader meets the pupil's own words: the pupil always, a guardian until the pupil is 15 (§ 24-5)."""
    age = age_on(birth_date, day)
    return is_own or age is None or age < Age.DECIDES_EDUCATION


class SaidWorks(models.TextChoices):
    """Whether a measure helps, as the pupil or a guardian says it (HRG-08, EVL-04)."""

    HELPS = "helps", _("Det hjelper")
    LITTLE = "little", _("Det hjelper litt")
    NOT = "not", _("Dette virker ikke")


class PlanAccessKind(models.TextChoices):
    """Why somebody at work meets a plan."""

    WORKER = "worker", _("Arbeider med planen")
    EXCLUDED = "excluded", _("Stengt ute")


class PlanObstacle(models.TextChoices):
    """What keeps a plan from being put in force. The first five are the Act's own list (§ 12-4 third paragraph)."""

    NO_PROBLEM = "no_problem", _("Planen sier ikke hvilket problem tiltakene skal løse (§ 12-4 tredje ledd bokstav a)")
    NO_MEASURE = "no_measure", _("Planen har ingen tiltak (§ 12-4 tredje ledd bokstav b)")
    NO_START = "no_start", _("Et tiltak mangler når det skal gjennomføres (§ 12-4 tredje ledd bokstav c)")
    NO_RESPONSIBLE = "no_responsible", _("Et tiltak mangler hvem som har ansvar og hvem som gjør det (§ 12-4 tredje ledd bokstav d)")
    NO_EVALUATION_DATE = "no_evaluation_date", _("Planen sier ikke når tiltakene skal evalueres (§ 12-4 tredje ledd bokstav e)")
    EVALUATION_DATE_PASSED = "evaluation_date_passed", _("Evalueringsdatoen har vært. Velg en dag som kommer")
    NO_FINDING = "no_finding", _("Et tiltak sier ikke hvilket funn det svarer på. Da kan ingen se om det passer")
    NO_REASON_FOR_CHANGE = "no_reason_for_change", _("Skriv hvorfor planen endres. Den forrige utgaven blir tatt vare på")
    MEASURE_ENDED = "measure_ended", _("Tiltaket er alt avsluttet. Legg til et nytt hvis det trengs igjen")
    ENDED = "ended", _("Planen er avsluttet. Åpne saken igjen for å arbeide videre med den")
    CHANGED_MEANWHILE = "changed_meanwhile", _("Noen andre lagret akkurat nå. Det du skrev står her. Trykk en gang til, så ser du begge")


@dataclass(frozen=True)
class MeasureFacts:
    """What the rule needs to know of one measure that is not ended."""

    has_finding: bool
    has_start: bool
    has_responsible: bool


def obstacles_to_putting_in_force(
    *,
    state: str,
    has_problem: bool,
    measures: Sequence[MeasureFacts],
    evaluate_on: date | None,
    today: date,
    version: int,
    reason: str,
) -> list[PlanObstacle]:
    """Return what the Act still asks for before the plan can be in force; an empty list means it can.

    The five points are opplæringslova § 12-4 third paragraph a to e. That each measure answers a finding, and that a
    change has a reason, is how the product shows that the measures fit (domain.md facts 2 and 14).
    """
    found = {
        PlanObstacle.ENDED: state == PlanState.ENDED,
        PlanObstacle.NO_PROBLEM: not has_problem,
        PlanObstacle.NO_MEASURE: not measures,
        PlanObstacle.NO_START: any(not m.has_start for m in measures),
        PlanObstacle.NO_RESPONSIBLE: any(not m.has_responsible for m in measures),
        PlanObstacle.NO_EVALUATION_DATE: evaluate_on is None,
        PlanObstacle.EVALUATION_DATE_PASSED: evaluate_on is not None and evaluate_on < today,
        PlanObstacle.NO_FINDING: any(not m.has_finding for m in measures),
        PlanObstacle.NO_REASON_FOR_CHANGE: version > 0 and not reason.strip(),
    }
    return [obstacle for obstacle, holds in found.items() if holds]


class NotNeededObstacle(models.TextChoices):
    """What stands in the way of deciding that no written plan is needed (ACT-06, AMB-04)."""

    ENDED = "ended", _("Planen er avsluttet. Åpne saken igjen først")
    HAS_BEEN_IN_FORCE = "has_been_in_force", _("Planen har vært i kraft. Skriv sluttevalueringen i den i stedet")
    MEASURES_OPEN = "measures_open", _("Det er tiltak i planen. Når dere setter inn tiltak, skal de stå i en skriftlig plan")
    NOT_SAFE = "not_safe", _("Eleven sier ikke at det er trygt og godt. Da skal dere sette inn tiltak, og da trengs planen")
    NO_WORDS = "no_words", _("Skriv hva eleven selv sier")
    NO_REASON = "no_reason", _("Skriv hvorfor det ikke trengs en plan")


def obstacles_to_deciding_none_needed(
    *, state: str, version: int, open_measures: int, pupil_answer: str, pupil_words: str, reason: str
) -> list[NotNeededObstacle]:
    """Return why it cannot be decided that no plan is needed; an empty list means it can.

    A written plan is a duty when measures are to be taken (§ 12-4 third paragraph), and measures are a duty as long as the
    pupil does not have it safe and good (second paragraph). So the only way is the pupil's own «trygt og godt».
    """
    found = {
        NotNeededObstacle.ENDED: state == PlanState.ENDED,
        NotNeededObstacle.HAS_BEEN_IN_FORCE: version > 0,
        NotNeededObstacle.MEASURES_OPEN: open_measures > 0,
        NotNeededObstacle.NOT_SAFE: pupil_answer != PupilAnswer.SAFE,
        NotNeededObstacle.NO_WORDS: not pupil_words.strip(),
        NotNeededObstacle.NO_REASON: not reason.strip(),
    }
    return [obstacle for obstacle, holds in found.items() if holds]


class SharingObstacle(models.TextChoices):
    """Why a measure cannot be laid in another pupil's plan as well (ACT-18)."""

    ONE_PUPIL = "one_pupil", _("Tiltaket er bare for én elev. Bare tiltak for klassen, gruppa eller skolen kan ligge i flere planer")
    OVER = "over", _("Tiltaket er avsluttet")
    OTHER_PLAN_OVER = "other_plan_over", _("Den andre planen er avsluttet")
    ALREADY_THERE = "already_there", _("Tiltaket ligger i den planen fra før")
    OTHER_SCHOOL = "other_school", _("Planen hører til en annen skole")
    WITHHELD = "withheld", _("Det skoleeieren har alene, kan ikke ligge i flere planer")
    NAMES_A_PUPIL = "names_a_pupil", _("Teksten nevner en elev. Skriv tiltaket uten navn, så kan det ligge i flere planer")


def obstacles_to_sharing(
    *, level: str, state: str, other_state: str, already_there: bool, same_school: bool, is_withheld: bool, names_pupil: bool
) -> list[SharingObstacle]:
    """Return why the measure cannot be shared. What is shared is the measure alone: never the finding, the reason or the child."""
    found = {
        SharingObstacle.ONE_PUPIL: level == MeasureLevel.PUPIL,
        SharingObstacle.OVER: state == MeasureState.ENDED,
        SharingObstacle.OTHER_PLAN_OVER: other_state == PlanState.ENDED,
        SharingObstacle.ALREADY_THERE: already_there,
        SharingObstacle.OTHER_SCHOOL: not same_school,
        SharingObstacle.WITHHELD: is_withheld,
        SharingObstacle.NAMES_A_PUPIL: names_pupil,
    }
    return [obstacle for obstacle, holds in found.items() if holds]


class RequestObstacle(models.TextChoices):
    """Why something a measure needs cannot be asked for or answered."""

    NO_WISH = "no_wish", _("Skriv hva tiltaket trenger")
    NO_OUTCOME = "no_outcome", _("Velg hva svaret er")
    NO_ANSWER = "no_answer", _("Skriv kort hva som er bestemt")
    ANSWERED = "answered", _("Noen har svart allerede")


def obstacles_to_answering_request(*, outcome: str, answer: str, is_answered: bool) -> list[RequestObstacle]:
    """Return what is missing in the answer. A «no» never ends the measure: the pupil's right does not wait for money."""
    found = {
        RequestObstacle.ANSWERED: is_answered,
        RequestObstacle.NO_OUTCOME: outcome not in RequestOutcome.values,
        RequestObstacle.NO_ANSWER: not answer.strip(),
    }
    return [obstacle for obstacle, holds in found.items() if holds]


class ReminderKind(models.TextChoices):
    """What a measure's day calls for (ACT-15)."""

    SOON = "soon", _("Begynner snart")
    LATE = "late", _("Ikke skrevet inn som gjort")
    LOOK = "look", _("Se på om det virker")


def reminder_of_measure(*, starts_on: date | None, is_done: bool, next_working_day: date, today: date) -> ReminderKind | None:
    """Return which reminder the measure calls for today: the working day before it begins, and after a day nobody marked.

    The days are the plan's own. That a reminder comes one working day before is Aktsom's choice and no time limit of the Act.
    """
    if is_done or starts_on is None:
        return None
    if today < starts_on <= next_working_day:
        return ReminderKind.SOON
    return ReminderKind.LATE if starts_on < today else None


class EvaluationObstacle(models.TextChoices):
    """What keeps an evaluation from being written down."""

    NOT_IN_FORCE = "not_in_force", _("Bare en plan som er i kraft kan evalueres")
    MEASURE_LEFT_OUT = "measure_left_out", _("Alle tiltak skal vurderes. Ett eller flere mangler")
    HELD_LATER = "held_later", _("Evalueringen må være holdt i dag eller før")
    NO_DECISION_REASON = "no_decision_reason", _("Skriv hvorfor tiltaket fortsetter, endres eller avsluttes")
    NO_NEXT_DATE = "no_next_date", _("Sett dagen for neste evaluering")
    NEXT_DATE_PASSED = "next_date_passed", _("Neste evaluering må være en dag som kommer")
    NO_PUPIL_WORDS = "no_pupil_words", _("Skriv hva eleven selv sier, eller at eleven ikke ville svare nå")
    FINAL_WITHOUT_SAFETY = (
        "final_without_safety",
        _("En sluttevaluering kan bare skrives når eleven selv sier at det er trygt og godt, eller har sluttet"),
    )


def obstacles_to_evaluating(
    *,
    state: str,
    running: Collection[int],
    evaluated: Mapping[int, str],
    pupil_answer: str,
    pupil_words: str,
    next_on: date | None,
    held_on: date,
    today: date,
    is_final: bool,
    pupil_left: bool = False,
) -> list[EvaluationObstacle]:
    """Return what is missing in an evaluation. ``evaluated`` maps each measure to the reason for its decision.

    Every running measure is looked at and the pupil is asked (domain.md facts 14 and 15, EVL-03 to 05). A final one
    needs the pupil's own «trygt og godt» (EVL-07, EVL-08) or that she has left the school (EVL-11).
    """
    spoke = bool(pupil_words.strip()) or pupil_answer == PupilAnswer.DID_NOT_WANT or (is_final and pupil_left)
    ends_well = pupil_answer == PupilAnswer.SAFE or pupil_left
    found = {
        EvaluationObstacle.NOT_IN_FORCE: state != PlanState.IN_FORCE,
        EvaluationObstacle.MEASURE_LEFT_OUT: not set(running) <= set(evaluated),
        EvaluationObstacle.HELD_LATER: held_on > today,
        EvaluationObstacle.NO_DECISION_REASON: any(not reason.strip() for reason in evaluated.values()),
        EvaluationObstacle.NO_NEXT_DATE: not is_final and next_on is None,
        EvaluationObstacle.NEXT_DATE_PASSED: not is_final and next_on is not None and next_on <= max(held_on, today),
        EvaluationObstacle.NO_PUPIL_WORDS: not spoke,
        EvaluationObstacle.FINAL_WITHOUT_SAFETY: is_final and not ends_well,
    }
    return [obstacle for obstacle, holds in found.items() if holds]


_WELL_BEING = {PupilAnswer.WORSE: 0, PupilAnswer.SAME: 1, PupilAnswer.BETTER: 2, PupilAnswer.SAFE: 3}


def is_falling(answers: Sequence[str]) -> bool:
    """Return whether the pupil's last answer is lower than the one before, or «worse». Silence is neither."""
    steps = [_WELL_BEING[PupilAnswer(answer)] for answer in answers if answer in _WELL_BEING]
    if not steps:
        return False
    return steps[-1] == 0 or (len(steps) > 1 and steps[-1] < steps[-2])


def proposed_evaluation(*, answers: Sequence[str], planned: date, today: date, rhythm_days: int) -> date:
    """Return the day to propose for the next evaluation: the planned one, or halfway to it when the answers fall.

    A proposal only: the handler sets the date. The Act leaves it to the plan (§ 12-4 third paragraph e).
    """
    if not is_falling(answers):
        return planned
    halfway = today + timedelta(days=max(1, min(rhythm_days, (planned - today).days) // 2))
    return min(planned, halfway) if planned > today else today + timedelta(days=1)


class MeterPoint(models.TextChoices):
    """One line of the quiet meter: what the Act asks for, and where that stands."""

    PROBLEM = "problem", _("Hvilket problem tiltakene skal løse")
    MEASURES = "measures", _("Hvilke tiltak som er planlagt")
    WHEN = "when", _("Når tiltakene skal gjennomføres")
    WHO = "who", _("Hvem som skal gjennomføre dem")
    EVALUATION = "evaluation", _("Når tiltakene skal evalueres")


METER_LETTERS = dict(zip(MeterPoint, "abcde", strict=True))
METER_OBSTACLES = {
    MeterPoint.PROBLEM: {PlanObstacle.NO_PROBLEM},
    MeterPoint.MEASURES: {PlanObstacle.NO_MEASURE},
    MeterPoint.WHEN: {PlanObstacle.NO_START},
    MeterPoint.WHO: {PlanObstacle.NO_RESPONSIBLE},
    MeterPoint.EVALUATION: {PlanObstacle.NO_EVALUATION_DATE, PlanObstacle.EVALUATION_DATE_PASSED},
}


def meter(obstacles: Collection[PlanObstacle], *, has_measures: bool) -> list[tuple[MeterPoint, str, bool]]:
    """Return the Act's five points in order: the point, its letter, and whether it is in place."""
    waits_for_measures = {MeterPoint.WHEN, MeterPoint.WHO}
    return [
        (point, METER_LETTERS[point], not (METER_OBSTACLES[point] & set(obstacles)) and (has_measures or point not in waits_for_measures))
        for point in MeterPoint
    ]
