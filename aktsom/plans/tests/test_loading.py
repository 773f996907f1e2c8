"""A plan file's faults are all found, with line and reason, and none goes under the Act (NEG-47)."""

import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from aktsom.core.timing.deadlines import LocalStandard, TimeUnit, TimeWord
from aktsom.plans.loading import LIBRARY, LIBRARY_CODES, PlanFileInvalid, load_procedure

STORHAMAR = (LIBRARY / "storhamar.yaml").read_text(encoding="utf-8")


def errors_of(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(PlanFileInvalid) as invalid:
        load_procedure(text, name="prøve.yaml")
    return [(error.line, error.path, error.section) for error in invalid.value.errors]


def line_with(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if words in line)


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("  planen: aktivitetsplanen", "  planene: x", "ord.planene"),
        ("  mottakere: [rektor, nærmeste leder]", "  mottakere: [rektor, ordføreren]", "mottak.mottakere"),
        ("  mottakere: [rektor, nærmeste leder]", "  mottakere: [rektor, rektor]", "mottak.mottakere"),
        ("  muntlig_godtas: ja", "  muntlig_godtas: kanskje", "mottak.muntlig_godtas"),
        ("  frist: {vanlig: snarest, alvorlig: straks, ansatt: straks}", "  frist: snart", "melding.frist"),
        ("  hvem: [nærmeste leder]\n  frist: snarest", "  hvem: rektor\n  frist: snarest", "undersøkelse.hvem"),
        ("  sted: Elements", "  sted: Elements\n  sted: EQS", "arkiv.sted"),
        ("navn: Storhamar videregående skole", "navn: ~", "navn"),
        ("kode: makkere", "kode: daglig-oppfolging", "tiltakskatalog"),
        ("plikt: Gripe inn", "plikt: Følge med", "plikter"),
        ("saksgang: [følge med", "saksgang: [slå av", "saksgang"),
    ],
)
def test_fault_names_its_line_and_key(old: str, new: str, path: str) -> None:
    text = STORHAMAR.replace(old, new, 1)
    line = STORHAMAR[: STORHAMAR.index(old)].count("\n") + new.count("\n") * ("EQS" in new) + 1

    assert [(error[0], error[1]) for error in errors_of(text) if error[1] == path] == [(line, path)]


def test_all_faults_are_found_at_once() -> None:
    text = STORHAMAR.replace("muntlig_godtas: ja", "muntlig_godtas: kanskje").replace("sted: Elements", "stedet: Elements")

    assert [path for _, path, _ in errors_of(text)] == ["mottak.muntlig_godtas", "arkiv.stedet"]


def test_faults_of_form_and_of_the_floor_are_told_together() -> None:
    text = STORHAMAR.replace("sted: Elements", "stedet: Elements").replace("muntlig_godtas: ja", "muntlig_godtas: nei")

    assert [(path, section) for _, path, section in errors_of(text)] == [
        ("mottak.muntlig_godtas", "§ 12-4 andre ledd"),
        ("arkiv.stedet", ""),
    ]


@pytest.mark.parametrize("no", ["nei", "Nei", "NEI", "false"])
def test_no_is_no_however_it_is_written(no: str) -> None:
    text = STORHAMAR.replace("muntlig_godtas: ja", f"muntlig_godtas: {no}")

    assert [path for _, path, _ in errors_of(text)] == ["mottak.muntlig_godtas"]


def test_text_that_looks_like_something_else_stays_text() -> None:
    text = STORHAMAR.replace("melde: melde fra", "melde: ja").replace("sted: Elements", "sted: 2026")

    procedure = load_procedure(text, name="prøve.yaml")

    assert (procedure.words.report_verb, procedure.archive_place) == ("ja", "2026")


@pytest.mark.parametrize("amount", ["5", '"5"'])
def test_local_limit_is_a_number_however_it_is_quoted(amount: str) -> None:
    text = (LIBRARY / "lillestrom.yaml").read_text(encoding="utf-8").replace("antall: 5", f"antall: {amount}")

    standard = load_procedure(text, name="prøve.yaml").plan_standard

    assert standard is not None
    assert standard.amount == 5


@pytest.mark.parametrize("amount", ["0", "401", "fem", "٣", "1.5", "-1", "9" * 5000])
def test_local_limit_that_is_no_number_of_days_is_refused(amount: str) -> None:
    text = (LIBRARY / "lillestrom.yaml").read_text(encoding="utf-8").replace("antall: 5", f"antall: {amount}")

    assert [path for _, path, _ in errors_of(text)] == ["plan.lokal_frist.antall"]


def test_plan_reads_the_same_in_another_language() -> None:
    with translation.override("en"):
        in_english = load_procedure(STORHAMAR, name="storhamar.yaml")

    assert in_english == load_procedure(STORHAMAR, name="storhamar.yaml")


def weakened(text: str, area: str, key: str, line: str) -> str:
    """Return the plan with one key of an area set anew."""
    start = text.index(f"\n{area}:\n") + len(f"\n{area}:\n")
    end = next((found.start() + start for found in re.finditer(r"^\S", text[start:], re.MULTILINE)), len(text))
    kept = re.sub(rf"^  {key}:.*\n", "", text[start:end], flags=re.MULTILINE)
    return f"{text[:start]}  {line}\n{kept}{text[end:]}"


WEAKENED = [
    ("mottak", "mottakere", "mottakere: []", "mottak.mottakere"),
    ("mottak", "muntlig_godtas", "muntlig_godtas: nei", "mottak.muntlig_godtas"),
    ("melding", "frist", "frist: {ansatt: snarest}", "melding.frist.ansatt"),
    ("melding", "frist", "frist: {ansatt: fortløpende}", "melding.frist.ansatt"),
    ("undersøkelse", "frist", "frist: fortløpende", "undersøkelse.frist"),
    ("undersøkelse", "frist", "frist: så raskt som saken krever", "undersøkelse.frist"),
    ("undersøkelse", "krever_bevis", "krever_bevis: ja", "undersøkelse.krever_bevis"),
    ("plan", "tiltak_venter_på_aksept", "tiltak_venter_på_aksept: ja", "plan.tiltak_venter_på_aksept"),
    ("eier", "ledelse", "ledelse: {tittel: rektor, til: rektor}", "eier.ledelse.til"),
    ("eier", "ledelse", "ledelse: {tittel: skoleeier, frist: snarest}", "eier.ledelse.frist"),
    ("eier", "ansatt", "ansatt: {tittel: skoleeier, frist: fortløpende}", "eier.ansatt.frist"),
    ("eier", "ansattsaker", "ansattsaker: aldri", "eier.ansattsaker"),
    ("eier", "alvorlige_meldes", "alvorlige_meldes: nei", "eier.alvorlige_meldes"),
    ("evaluering", "eleven_spørres", "eleven_spørres: nei", "evaluering.eleven_spørres"),
]


@pytest.mark.parametrize("code", LIBRARY_CODES)
@pytest.mark.parametrize(("area", "key", "line", "path"), WEAKENED)
def test_neg_47_no_plan_can_be_weakened(code: str, area: str, key: str, line: str, path: str) -> None:
    text = weakened((LIBRARY / f"{code}.yaml").read_text(encoding="utf-8"), area, key, line)

    assert [(found, where) for where, found, section in errors_of(text) if section] == [(path, line_with(text, f"  {line}"))]


@pytest.mark.parametrize("code", LIBRARY_CODES)
def test_no_plan_can_keep_a_report_from_the_head(code: str) -> None:
    text = (LIBRARY / f"{code}.yaml").read_text(encoding="utf-8")
    others = weakened(
        weakened(text, "mottak", "mottakere", "mottakere: [rektor, nærmeste leder]"),
        "mottak",
        "videre_til_rektor",
        "videre_til_rektor: nei",
    )

    assert [path for _, path, _ in errors_of(others)] == ["mottak.videre_til_rektor"]


@pytest.mark.parametrize("taken", ["melde fra, ", "undersøke, ", "lage plan, ", "varsle eieren, ", "evaluere, "])
def test_no_plan_can_leave_out_a_step_of_the_act(taken: str) -> None:
    row = next(line for line in STORHAMAR.splitlines() if line.startswith("saksgang:"))
    assert taken in row

    assert [path for _, path, _ in errors_of(STORHAMAR.replace(row, row.replace(taken, "")))] == ["saksgang"]


@pytest.mark.parametrize("key", ["punkter", "utsettelse_uten_grunn", "avsluttes_etter"])
def test_what_the_act_fixes_has_no_key_to_weaken_it_with(key: str) -> None:
    text = weakened(STORHAMAR, "plan", key, f"{key}: 1")

    assert [path for _, path, _ in errors_of(text)] == [f"plan.{key}"]


FLOOR = [
    ("  muntlig_godtas: ja", "  muntlig_godtas: nei", "§ 12-4 andre ledd"),
    ("ansatt: straks}", "ansatt: snarest}", "§ 12-5 første ledd"),
    ("  hvem: [nærmeste leder]\n  frist: snarest", "  hvem: [nærmeste leder]\n  frist: fortløpende", "§ 12-4 andre ledd"),
    ("  ansattsaker: unntatt åpenbart grunnløs", "  ansattsaker: aldri", "§ 12-5 første ledd"),
    ("  ansattsaker:", "  ledelse: {tittel: rektor, til: rektor}\n  ansattsaker:", "§ 12-5 andre ledd"),
    ("  ansattsaker:", "  alvorlige_meldes: nei\n  ansattsaker:", "§ 12-4 andre ledd"),
    ("  vurderes_om_plan: ja", "  tiltak_venter_på_aksept: ja", "§ 12-4 andre ledd"),
    ("  eleven_spørres: ja", "  eleven_spørres: nei", "§ 10-2"),
    ("  eleven_får_vite_om_statsforvalteren: ja", "  krever_bevis: ja", "§ 12-4 andre ledd"),
    (
        "  mottakere: [rektor, nærmeste leder]\n  videre_til_rektor: ja",
        "  mottakere: [nærmeste leder]\n  videre_til_rektor: nei",
        "§ 12-4 andre ledd",
    ),
    ("  - {plikt: Gripe inn, ord: Gripe inn, kilde: STO-A1}\n", "", "§ 12-4"),
]


@pytest.mark.parametrize(("old", "new", "section"), FLOOR)
def test_neg_47_plan_under_the_act_is_refused_with_the_section(old: str, new: str, section: str) -> None:
    assert STORHAMAR.count(old) >= 1
    text = STORHAMAR.replace(old, new, 1)

    assert [found for _, _, found in errors_of(text)] == [section]


def test_message_names_file_line_key_and_section() -> None:
    text = STORHAMAR.replace("ansatt: straks}", "ansatt: snarest}")

    with pytest.raises(PlanFileInvalid) as invalid:
        load_procedure(text, name="prøve.yaml")

    line = line_with(text, "ansatt: snarest}")
    assert str(invalid.value) == (
        f"prøve.yaml, linje {line}: melding.frist.ansatt: "
        "Når det gjelder en som arbeider ved skolen, skal det meldes straks. (§ 12-5 første ledd)"
    )


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x]\nb: [*a, *a]",
        "!!python/object/apply:os.system ['true']",
        "navn: [",
        "",
        "- bare\n- en liste",
        "x" * 200_001,
        "navn: \x00",
        "[" * 5000,
        "[" * 20_001,
        "- " * 90_000,
        "x: 1\n" * 40_000,
    ],
)
def test_hostile_or_broken_file_gives_one_clear_error(text: str) -> None:
    assert len(errors_of(text)) == 1


def test_hostile_mark_is_told_with_its_line() -> None:
    assert errors_of("navn: x\narkiv: &alt y\n") == [(2, "fila", "")]


@given(text=st.text(max_size=300))
def test_no_text_does_more_than_give_errors(text: str) -> None:
    with pytest.raises(PlanFileInvalid):
        load_procedure(text, name="prøve.yaml")


@pytest.mark.parametrize("code", LIBRARY_CODES)
def test_a_plan_without_a_required_key_says_which(code: str) -> None:
    text = (LIBRARY / f"{code}.yaml").read_text(encoding="utf-8")
    without = "\n".join(line for line in text.splitlines() if not line.startswith("navn:"))

    assert [path for _, path, _ in errors_of(without)] == ["navn"]


def test_schools_own_limit_for_the_investigation_is_read_beside_the_acts_word() -> None:
    rule = "{antall: 2, enhet: virkedager, regel: Vi begynner innen to virkedager.}"
    text = STORHAMAR.replace("undersøkelse:\n", f"undersøkelse:\n  lokal_frist: {rule}\n", 1)

    procedure = load_procedure(text, name="prøve.yaml")

    assert procedure.investigation_standard == LocalStandard(2, TimeUnit.WORKING_DAYS, "Vi begynner innen to virkedager.")
    assert procedure.investigation_word == TimeWord.AS_SOON_AS_POSSIBLE
    assert load_procedure(STORHAMAR, name="prøve.yaml").investigation_standard is None
