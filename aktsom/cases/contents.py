"""What the papers of a case hold: the plan for the family, the plan for the file, and the whole case file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aktsom.cases.access import notes_visible_to, parts_visible_to
from aktsom.cases.models import Case
from aktsom.cases.rules import PartKind
from aktsom.core.access.actor import Actor
from aktsom.core.timing.clock import today
from aktsom.core.ui.dates import clock, long_day
from aktsom.measures import selectors as measures
from aktsom.measures.rules import shows_pupils_words
from aktsom.people.selectors import guardianships_of, people_by_id
from aktsom.plans.selectors import words_of
from aktsom.reports.selectors import reports_of_case

SHIELDING = "Offl. § 13, jf. fvl. § 13"


@dataclass(frozen=True)
class Contents:
    """One paper before it is set: its template, its content, and every text a person wrote in it."""

    template: str
    content: dict[str, Any]
    written: list[str] = field(default_factory=list)


def rows(*pairs: tuple[str, Any]) -> list[list[str]]:
    """Return the pairs that have an answer, as the template wants them."""
    return [[str(label), str(answer)] for label, answer in pairs if answer not in (None, "", [])]


def _frame(case: Case, title: str, *, places: bool = True) -> dict[str, Any]:
    day = today()
    return {
        "title": title,
        "author": case.school.name if places else _("Skolen"),
        "language": get_language() or "nb",
        "made": [day.year, day.month, day.day],
        "shielding": SHIELDING,
        "reference": case.public_id,
        "page_word": _("Side"),
        "of_word": _("av"),
        "words": {
            "what": _("Hva"),
            "answer": _("Svar"),
            "problem": _("Problemet tiltakene skal løse"),
            "measures": _("Tiltak"),
            "evaluation": _("Når tiltakene evalueres"),
            "evaluated": _("Evalueringer"),
            "rights": _("Rettighetene dine"),
        },
    }


def plan_contents(case: Case, plan: Any, *, for_family: bool) -> Contents:
    """Return the version in force as a paper, with the evaluations. The family's has no notes of the staff's own."""
    version: Any = measures.version_page(plan, plan.version)
    # One paper for the whole family: from 15 the pupil's own words are hers (§ 24-5).
    words = not for_family or shows_pupils_words(is_own=False, birth_date=case.pupil.birth_date, day=today())
    content = _frame(case, words_of(case.school_id).plan_title, places=not for_family or not case.pupil.protected_address) | {
        "head": rows(
            (_("Elev"), case.pupil),
            (_("Skole"), "" if for_family and case.pupil.protected_address else case.school),
            (_("Utgave"), version.number),
            (_("I kraft fra"), _moment(version.put_in_force_at)),
        ),
        "problem": version.problem,
        "measures": [_measure(measure, for_family=for_family) for measure in version.measures],
        "evaluation": long_day(plan.evaluate_on or version.evaluate_on),
        "evaluations": [_evaluation(row, for_family=for_family, words=words) for row in measures.evaluations(plan)],
        "rights": _rights() if for_family else "",
    }
    adults = {name for row in version.measures for name in (row.responsible, row.carried_out_by)}
    # The Act wants to know who does it (§ 12-4 third paragraph d): those cells are not text to be looked through.
    return Contents("action_plan", content, [text for text in _texts(content) if text not in adults])


def _measure(measure: Any, *, for_family: bool) -> dict[str, Any]:
    views = [f"{view.get_party_display()}: «{view.text}»" for view in measure.views]
    return {
        "title": measure.what,
        "rows": rows(
            (_("Virker på"), measure.level),
            (_("Svarer på"), measure.finding),
            (_("Når"), _span(measure)),
            (_("Ansvar"), measure.responsible),
            (_("Gjør det"), measure.carried_out_by),
            (_("Hvorfor her"), "" if for_family else measure.adaptation),
            (_("Synet på tiltaket"), "" if for_family else "\n".join(views)),
        ),
    }


def _span(measure: Any) -> str:
    days = [long_day(day) for day in (measure.starts_on, measure.ends_on) if day]
    return "\n".join(filter(None, [" – ".join(days), measure.rhythm]))


def _evaluation(row: Any, *, for_family: bool, words: bool = True) -> dict[str, Any]:
    decisions = [f"{item.measure.what}\n{item.get_decision_display()}. {item.reason}" for item in row.measures.all()]
    return {
        "title": long_day(row.held_on),
        "rows": rows(
            (_("Eleven sier"), f"{row.get_pupil_answer_display()}. {row.pupil_words if words else ''}".strip()),
            (_("Foresatte sier"), "" if for_family else row.guardians_words),
            (_("De voksne på skolen"), "" if for_family else row.staff_words),
            (_("Tiltakene"), "\n".join(decisions)),
            (_("Ser på det igjen"), long_day(row.next_on) if row.next_on else ""),
        ),
    }


def _rights() -> str:
    return _(
        "Du har rett til et trygt og godt skolemiljø (opplæringslova § 12-2). Skolen skal følge opp så lenge du ikke har det "
        "trygt og godt. Når saken har vært tatt opp med rektor i minst en uke, kan du eller foresatte melde den til "
        "Statsforvalteren (§ 12-6). Mobbeombudet i fylket kan gi råd."
    )


def case_contents(by: Actor, case: Case) -> Contents:
    """Return the whole case file within the walls the maker stands in, in the order things happened."""
    content = _frame(case, _("Saksmappe")) | {
        "head": rows(
            (_("Elev"), case.pupil),
            (_("Skole"), case.school),
            (_("Åpnet"), _moment(case.opened_at)),
            (_("Stilling"), case.get_state_display()),
        ),
        "sections": [
            _section(_("Meldinger"), [_report(row) for row in reports_of_case(_report_ids(case))]),
            *_part_sections(by, case),
            _section(_("Analyse"), [_analysis(row) for row in case.analyses.select_related("written_by")]),
            _section(_("Utsettelser"), [_postponement(row) for row in case.postponements.select_related("written_by")]),
            *_plan_sections(by, case),
            _section(_("Skolens egne steg"), _marks(case)),
            _section(_("Avslutning og gjenåpning"), [_turn(row) for row in case.turns.select_related("turned_by")]),
        ],
    }
    return Contents("case_file", content, list(_texts(content)))


def _section(title: str, entries: list[dict[str, Any]]) -> dict[str, Any]:
    return {"title": title, "entries": entries, "empty": _("Ingenting er skrevet inn her.")}


def _report_ids(case: Case) -> list[int]:
    return list(case.case_reports.values_list("report_id", flat=True))


def _report(report: Any) -> dict[str, Any]:
    return {
        "title": _moment(report.received_at),
        "rows": rows(
            (_("Meldt av"), report.reporter or report.reporter_name or report.get_reporter_kind_display()),
            (_("Måte"), report.get_channel_display()),
            (_("Først kjent"), _moment(report.first_known_at)),
            (_("Kjent for rektor"), _moment(report.known_to_head_at)),
            (_("Tatt imot"), _moment(report.acknowledged_at)),
            (_("Hva som ble sagt"), report.what_happened),
            *((answer["question"], answer["answer"]) for answer in report.extra_answers or []),
        ),
    }


def _part_sections(by: Actor, case: Case) -> list[dict[str, Any]]:
    notes = list(notes_visible_to(by, case).order_by("happened_at", "id"))
    sections = []
    for part in parts_visible_to(by, case).prefetch_related("hearings__written_by", "best_interests__written_by"):
        entries = [_note(note) for note in notes if note.part_id == part.pk]
        entries += [_hearing(row) for row in part.hearings.all()] + [_weighing(row) for row in part.best_interests.all()]
        sections.append(_section(f"{part.get_kind_display()}: {part.person}", entries))
    return sections


def _note(note: Any) -> dict[str, Any]:
    return {
        "title": f"{note.get_kind_display()}, {_moment(note.happened_at) if note.has_time else long_day(note.happened_at)}",
        "rows": rows(
            (_("Kilde"), note.source),
            (_("Innhold"), note.text),
            (_("Med elevens egne ord"), note.pupils_words),
            (_("Retter en tidligere tekst fordi"), note.correction_reason),
            (_("Skrevet av"), f"{note.written_by}, {_moment(note.written_at)}"),
        ),
    }


def _hearing(row: Any) -> dict[str, Any]:
    return {
        "title": f"{_('Elevens stemme')}, {long_day(row.held_on)}",
        "rows": rows(
            (_("Svar"), row.get_outcome_display()),
            (_("Fikk vite"), row.told_of),
            (_("Med egne ord"), row.pupils_words),
            (_("Ønsker"), row.pupils_wish),
            (_("Vekt"), row.weight_given),
            (_("Hvorfor ikke ennå"), row.reason_not_yet),
            (_("Skrevet av"), row.written_by),
        ),
    }


def _weighing(row: Any) -> dict[str, Any]:
    return {
        "title": f"{_('Hva som er best for eleven')}, {_moment(row.written_at)}",
        "rows": rows(
            (_("Elevens syn"), row.pupils_view),
            (_("Hensyn"), row.factors),
            (_("Avveiing"), row.weighing),
            (_("Konklusjon"), row.conclusion),
            (_("Skrevet av"), row.written_by),
        ),
    }


def _analysis(row: Any) -> dict[str, Any]:
    return {
        "title": f"{row.written_by}, {_moment(row.written_at)}",
        "rows": rows(
            (_("Situasjonen"), row.situation),
            (_("Elevens opplevelse"), row.experience),
            (_("Omgivelsene"), row.surroundings),
            (_("Hva som holder det ved like"), row.maintaining),
            (_("Hva vi trodde før"), row.own_view),
            (_("Hvor grundig, og hvorfor det er nok"), row.thoroughness),
            (_("Hva som må til"), row.needed),
        )
        or [["", ""]],
    }


def _postponement(row: Any) -> dict[str, Any]:
    return {"title": _moment(row.written_at), "rows": rows((_("Ny dato"), long_day(row.new_date)), (_("Hvorfor"), row.reason))}


def _plan_sections(by: Actor, case: Case) -> list[dict[str, Any]]:
    plan = measures.plan_of_file(by, case.public_id)
    if plan is None:
        return []
    pages = [measures.version_page(plan, version.number) for version in reversed(measures.versions(plan))]
    versions = [_version(page) for page in pages if page is not None]
    evaluated = [_evaluation(row, for_family=False) for row in measures.evaluations(plan)]
    if not pages:
        versions = [_none_needed(row) for row in measures.decisions_of_none(plan)]
    return [_section(words_of(case.school_id).plan_title, versions), _section(_("Evalueringer"), evaluated)]


def _none_needed(row: Any) -> dict[str, Any]:
    return {
        "title": _("Bestemt at det ikke trengs en plan, %(day)s") % {"day": long_day(row.decided_at)},
        "rows": rows(
            (_("Hvorfor"), row.reason),
            (_("Eleven sier"), f"{row.get_pupil_answer_display()}. {row.pupil_words}"),
            (_("Av"), row.decided_by),
            (_("Gjaldt til"), long_day(row.ended_at) if row.ended_at else ""),
        ),
    }


def _marks(case: Case) -> list[dict[str, Any]]:
    marked = case.step_marks.select_related("written_by")
    governor = case.governor_entries.select_related("written_by")
    deadlines = case.governor_deadlines.select_related("written_by", "answered_by")
    words = {True: _("Gjort"), False: _("Trengs ikke her")}
    return (
        [
            {
                "title": f"{row.get_step_display()}, {long_day(row.on)}",
                "rows": rows((words[row.was_needed], row.text or "–"), (_("Av"), row.written_by)),
            }
            for row in marked
        ]
        + [
            {
                "title": _("Statsforvalteren tok opp saken"),
                "rows": rows((_("Dag"), long_day(row.known_on)), (_("Tekst"), row.text), (_("Av"), row.written_by)),
            }
            for row in governor
        ]
        + [
            {
                "title": _("Frist fra Statsforvalteren, %(day)s") % {"day": long_day(row.due_on)},
                "rows": rows(
                    (_("Tekst"), row.text),
                    (_("Svart"), long_day(row.answered_on) if row.answered_on else _("Ikke ennå")),
                    (_("Av"), row.written_by),
                ),
            }
            for row in deadlines
        ]
    )


def _version(page: Any) -> dict[str, Any]:
    texts = ["\n".join(filter(None, [item.what, f"{_('Ansvar')}: {item.responsible}", _span(item)])) for item in page.measures]
    return {
        "title": _("Utgave %(number)d, %(day)s") % {"number": page.number, "day": long_day(page.put_in_force_at)},
        "rows": rows(
            (_("Problem"), page.problem),
            *((_("Tiltak"), text) for text in texts),
            (_("Evalueres"), long_day(page.evaluate_on)),
            (_("Hvorfor endret"), page.reason),
            (_("Satt i kraft av"), page.put_in_force_by),
        ),
    }


def _turn(row: Any) -> dict[str, Any]:
    return {
        "title": f"{row.get_state_display()}, {_moment(row.turned_at)}",
        "rows": rows((_("Grunn"), row.get_closing_reason_display()), (_("Tekst"), row.text), (_("Av"), row.turned_by)),
    }


def _moment(value: Any) -> str:
    return f"{long_day(value)} {clock(value)}" if value else ""


def _texts(content: Any) -> Iterable[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for key, value in content.items():
            if key not in {"words", "language"}:
                yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)


def other_people(by: Actor, case: Case) -> tuple[list[str], list[str]]:
    """Return the names that must not stand in the family's paper, and the family's own names."""
    guardians = [str(row.guardian) for row in guardianships_of(case.pupil_id, today())]
    own = [str(case.pupil), *(guardians if len(guardians) < 2 else [])]  # two guardians learn nothing of each other (fact 35)
    ids = set(case.parts.exclude(kind=PartKind.PUPIL).values_list("person_id", flat=True))
    for report in reports_of_case(_report_ids(case)):
        ids |= {row.person_id for row in report.pupils.all() if row.person_id}
        ids |= {report.reporter_id} if report.reporter_id else set()
    written = [row.written_name for report in reports_of_case(_report_ids(case)) for row in report.pupils.all() if row.written_name]
    others = [str(person) for pk, person in people_by_id(ids).items() if pk != case.pupil_id]
    others += guardians if len(guardians) > 1 else []
    return [name for name in [*others, *written] if name not in own], own
