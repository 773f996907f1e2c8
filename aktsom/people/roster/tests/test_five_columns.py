"""The table for the school that has nothing else."""

from datetime import date
from pathlib import Path

import pytest

from aktsom.people.roster.neutral import Part, UnreadableRoster
from aktsom.people.roster.reading import read_roster

NUMBER = "900000011"
HEADING = "fornavn;etternavn;klasse;trinn;fødselsdato\n"


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "elever.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_same_pupils_whatever_the_alphabet_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    text = (HEADING + "Åse;Østby;8B;8;24.12.2013\n").replace(";", separator)

    roster = read_roster(written(tmp_path, text, encoding), school=NUMBER)

    assert [(p.given_name, p.family_name, p.birth_date) for p in roster.people.values()] == [("Åse", "Østby", date(2013, 12, 24))]
    assert [(g.name, g.grade) for g in roster.groups.values()] == [("8B", 8)]
    assert [key[2] for key in roster.memberships] == [Part.PUPIL]


def test_other_names_for_the_columns_are_known(tmp_path: Path) -> None:
    text = 'Fornavn;Etternavn;Basisgruppe;Årstrinn;Født\n"Åse Marie";Østby;1STA;Vg1;2010-01-02\n'

    roster = read_roster(written(tmp_path, text), school=NUMBER)

    assert [place.grade for place in roster.places.values()] == [11]


def test_pupil_is_known_again_by_name_and_birth_date(tmp_path: Path) -> None:
    first = read_roster(written(tmp_path, HEADING + "Åse;Østby;8B;8;24.12.2013\n"), school=NUMBER)

    second = read_roster(written(tmp_path, HEADING + "ÅSE;østby ;9B;9;2013-12-24\n"), school=NUMBER)

    assert list(first.people) == list(second.people)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (HEADING + "Åse;Østby;8B;8;24.13.2013\n", "elever.csv, linje 2: Fødselsdatoen kan ikke leses."),
        (HEADING + "Åse;Østby;8B;8;01010050053\n", "elever.csv, linje 2: Kolonnen fødselsdato har et fødselsnummer"),
        (HEADING + "Åse;Østby;010100 50053;8;\n", "elever.csv, linje 2: Kolonnen klasse har et fødselsnummer"),
        (HEADING + "Åse;Østby;8B;8;\nÅse;Østby;8A;8;\n", "elever.csv, linje 3: Samme navn står også på linje 2"),
        ("Åse Østby 8B\n", "elever.csv, linje 1: Den første linjen har bare én kolonne."),
        ("fornavn;etternavn;klasse;trinn\n", "elever.csv, linje 1: Kolonnen «fødselsdato» mangler."),
        (HEADING + 'Åse;"Østby;8B;8;\n', "elever.csv, linje 2: Linjen kan ikke deles i kolonner."),
    ],
)
def test_wrong_row_names_line_and_reason(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(UnreadableRoster) as caught:
        read_roster(written(tmp_path, text), school=NUMBER)

    assert str(caught.value).startswith(reason)


def test_text_that_is_neither_alphabet_is_refused_on_its_line(tmp_path: Path) -> None:
    path = tmp_path / "elever.csv"
    path.write_bytes(HEADING.encode("cp1252") + b"\x81se;Berg;8B;8;\n")

    with pytest.raises(UnreadableRoster) as caught:
        read_roster(path, school=NUMBER)

    assert str(caught.value).startswith("elever.csv, linje 2: Tegn nummer 1 kan ikke leses som CP1252.")


def test_school_must_be_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRoster, match=r"sier ikke hvilken skole den gjelder\. Legg til --school"):
        read_roster(written(tmp_path, HEADING))


def test_extra_column_is_not_read_and_said_so(tmp_path: Path) -> None:
    text = HEADING.replace("\n", ";adresse\n") + "Åse;Østby;8B;8;24.12.2013;Bakveien 1\n"

    roster = read_roster(written(tmp_path, text), school=NUMBER)

    assert list(roster.warned) == ["Kolonnen «adresse» er ikke lest."]
    assert "Bakveien" not in repr(roster)


def test_row_without_a_name_is_skipped(tmp_path: Path) -> None:
    roster = read_roster(written(tmp_path, HEADING + "Åse;;8B;8;\n"), school=NUMBER)

    assert [(skips.count, skips.first.line) for skips in roster.skipped.values()] == [(1, 2)]
