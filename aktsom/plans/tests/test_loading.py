"""A plan file's faults are all found, with line and reason, and none goes under the Act (NEG-47)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    ],
)
def test_fault_names_its_line_and_key(old: str, new: str, path: str) -> None:
    text = STORHAMAR.replace(old, new, 1)
    line = text[: text.index(new)].count("\n") + new.count("\n") * ("EQS" in new) + 1

    assert [(error[0], error[1]) for error in errors_of(text) if error[1] == path] == [(line, path)]


def test_all_faults_are_found_at_once() -> None:
    text = STORHAMAR.replace("muntlig_godtas: ja", "muntlig_godtas: kanskje").replace("sted: Elements", "stedet: Elements")

    assert [path for _, path, _ in errors_of(text)] == ["mottak.muntlig_godtas", "arkiv.stedet"]


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
    ("  mottakere: [rektor, nærmeste leder]\n  videre_til_rektor: ja", "  mottakere: [nærmeste leder]\n  videre_til_rektor: nei", "§ 12-4 andre ledd"),
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
    ],
)
def test_hostile_or_broken_file_gives_one_clear_error(text: str) -> None:
    assert len(errors_of(text)) == 1


@given(text=st.text(max_size=300))
def test_no_text_does_more_than_give_errors(text: str) -> None:
    with pytest.raises(PlanFileInvalid):
        load_procedure(text, name="prøve.yaml")


@pytest.mark.parametrize("code", LIBRARY_CODES)
def test_a_plan_without_a_required_key_says_which(code: str) -> None:
    text = (LIBRARY / f"{code}.yaml").read_text(encoding="utf-8")
    without = "\n".join(line for line in text.splitlines() if not line.startswith("navn:"))

    assert [path for _, path, _ in errors_of(without)] == ["navn"]
