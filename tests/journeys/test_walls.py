"""The nurse, a teacher with one measure, a helper in an emergency and somebody shut out, each in the same case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from aktsom.cases.services import exclude_person
from aktsom.cases.tests.factories import building, make_case, plan_of, put_plan_in_force
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.people.models import Position
from tests.cast import Cast, build_cast
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def give(cast: Cast, name: str, role: Role) -> None:
    with building():
        Position.objects.create(person=cast.person(name), role=role, school=cast.school, valid_from=today())


def test_nurse_is_asked_answers_on_a_basis_and_keeps_her_own_notes(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    case = make_case(cast)
    give(cast, "teacher_without_relation", Role.SCHOOL_NURSE)

    handler = (
        arrive(cast, "case_handler").open(f"/saker/{case.public_id}/hvem/").press("Hjelp fra andre: PPT, helsesykepleier, BTI og flere")
    )
    handler.press("Be om hjelp").sees("strengere taushetsplikt").pick("Hvem trenger dere hjelp med?", "Ylva")
    handler.pick("Hvem spør dere?", "Helsesykepleier").pick("Hvem får spørsmålet?", "Ulrik")
    handler.write("Hva trenger dere hjelp til?", "Kan du ta en prat?").write("Hva får de vite?", "At hun er mye alene.")
    handler.choose("Foresatte har sagt ja").write("Dagen det ble sagt ja", today().isoformat())
    handler.write("Siste dag", (today() + timedelta(days=14)).isoformat()).press("Send spørsmålet").sees("Ingen svar ennå.")

    nurse = arrive(cast, "teacher_without_relation").open("/").press("Les og svar").sees("Kan du ta en prat?")
    nurse.write("Svaret", "Ja, jeg snakker med henne.").press("Send svaret").sees("Velg hvorfor du kan si dette til skolen.")
    nurse.choose("Det er et generelt råd, uten noe om eleven").press("Send svaret").sees("Du har svart")
    assert nurse.answers(f"/saker/{case.public_id}/") == 404
    nurse.open("/egne-notater/").press("Skriv et notat").write("Søk på elevens navn", "Ylva").press("Søk")
    nurse.choose("Ylva Ylvasen, 8B").write("Notatet ditt", "Sover dårlig.").press("Lagre").sees("Sover dårlig.")

    handler.open(f"/saker/{case.public_id}/hjelp/").sees("Ja, jeg snakker med henne.").sees_no("Sover dårlig.")
    handler.press("Jeg har vurdert det").sees("Vurdert av").press("Slik melder du").sees("Plikten er din.")
    assert arrive(cast, "head_teacher").answers("/egne-notater/") == 403


def test_teacher_with_one_measure_sees_the_task_and_the_shut_out_see_nothing(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    case = make_case(cast)
    plan = put_plan_in_force(cast, case)
    head = cast.actor("head_teacher")
    teacher = arrive(cast, "contact_teacher").open("/tiltak/").sees("En voksen er ute med Ylva.")
    teacher.sees_no("Ingen voksne der Ylva er.")
    assert [teacher.answers(path) for path in (f"/saker/{case.public_id}/", f"/planer/{plan.public_id}/")] == [404, 404]

    exclude_person(by=head, case=case, person=cast.person("case_handler"))

    shut_out = arrive(cast, "case_handler").open("/saker/").sees_no("Ylva")
    pages = ("", "undersokelse/", "dokumenter/", "hvem/", "hjelp/", "lesere/")
    assert {shut_out.answers(f"/saker/{case.public_id}/{page}") for page in pages} == {404}
    assert shut_out.answers(f"/planer/{plan_of(case).public_id}/") == 404


def test_department_head_opens_in_an_emergency_and_the_head_teacher_looks_through_it(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    case = make_case(cast)
    put_plan_in_force(cast, case)
    give(cast, "former_deputy", Role.DEPARTMENT_HEAD)

    watch = arrive(cast, "former_deputy").open("/saker/").sees_no("Ylva").press("Åpne en sak i en nødssituasjon")
    watch.write("Elevens fulle navn", "Ylva Ylvasen").press("Søk").choose("Ylva Ylvasen, 8B").press("Åpne nå").sees(
        "Skriv hvorfor du trenger det nå"
    )
    watch.write("Hvorfor trenger du det nå?", "Ylva gråter, og ingen andre er her.").press("Åpne nå").sees("En voksen er ute med Ylva.")

    head = arrive(cast, "head_teacher").open("/varsler/").sees("En sak er åpnet i en nødssituasjon.").sees_no("Ylva")
    head.open(f"/saker/{case.public_id}/hvem/").sees("Ylva gråter").press("Se gjennom hvorfor").choose("Det var grunn til det")
    head.press("Lagre").sees("Det var grunn til det").open(f"/saker/{case.public_id}/lesere/").sees("Vidar Vidarstad")
