"""Hostile and broken files: each gives one clear error, and nothing is read from it."""

import os
import zipfile
from pathlib import Path

import pytest

from aktsom.people.roster.neutral import UnreadableRoster
from aktsom.people.roster.reading import read_roster
from aktsom.people.roster.tests.lists import ONEROSTER, USERS, write_oneroster, write_pifu, write_zip


def refusal(path: Path, **how: str) -> str:
    with pytest.raises(UnreadableRoster) as caught:
        read_roster(path, **how)
    return str(caught.value)


def flat_zip(path: Path) -> Path:
    return write_zip(path, {f"eksport/{name}.csv": text for name, text in ONEROSTER.items()})


def test_zip_with_a_folder_inside_reads_like_the_folder(tmp_path: Path) -> None:
    folder = read_roster(write_oneroster(tmp_path / "a", code="absent"))

    packed = read_roster(flat_zip(tmp_path / "a.zip"))

    assert packed.people == folder.people
    assert packed.memberships == folder.memberships


def test_zip_that_points_outside_itself_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"../users.csv": USERS})

    assert refusal(path) == ("users.csv: ZIP-filen peker på et sted utenfor seg selv. Lag en ny ZIP eller mappe med bare selve listene i.")


def test_zip_with_an_absolute_path_is_refused(tmp_path: Path) -> None:
    assert "utenfor seg selv" in refusal(write_zip(tmp_path / "a.zip", {"/var/users.csv": USERS}))


def test_zip_with_a_link_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    entry = zipfile.ZipInfo("users.csv")
    entry.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, "/etc/passwd")

    assert "snarvei" in refusal(path)


def test_zip_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"users.csv": b"0" * (8 << 20)})

    assert "fylle maskinen" in refusal(path)


def test_zip_inside_a_zip_is_refused(tmp_path: Path) -> None:
    assert "en ny pakket fil" in refusal(write_zip(tmp_path / "a.zip", {"users.csv": USERS, "mer.zip": b"PK"}))


def test_zip_with_too_many_files_is_refused(tmp_path: Path) -> None:
    assert "for mange filer" in refusal(write_zip(tmp_path / "a.zip", {f"{n}.csv": "a" for n in range(300)}))


def test_zip_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    path = flat_zip(tmp_path / "a.zip")
    path.write_bytes(path.read_bytes()[:400])

    assert refusal(path) == "a.zip: Filen er skadet eller avkortet. Hent den på nytt fra kilden."


def test_zip_with_damaged_content_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("users.csv", USERS)
    path.write_bytes(path.read_bytes().replace(b"Teodorsen", b"Teodorzen"))

    assert refusal(path) == "users.csv: Filen er skadet eller avkortet. Hent den på nytt fra kilden."


def test_folder_with_a_link_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(USERS)
    folder = write_oneroster(tmp_path / "a")
    (folder / "users.csv").unlink()
    (folder / "users.csv").symlink_to(secret)

    assert "users.csv: Filen er en snarvei til et annet sted." in refusal(folder)


def test_pipe_in_the_place_of_a_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    folder = write_oneroster(tmp_path / "a")
    (folder / "users.csv").unlink()
    os.mkfifo(folder / "users.csv")

    assert "ikke en vanlig fil" in refusal(folder)


def test_missing_path_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "borte") == "borte: Filen eller mappen finnes ikke. Se etter at navnet er riktig."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (USERS.encode().replace(b"Ylva,", b"Yl\xe6va,"), "users.csv, linje 2: Tegn nummer 40 kan ikke leses som UTF-8."),
        (USERS.encode().replace(b"Ylva,", b"Yl\0va,"), "users.csv, linje 2: Filen er ikke vanlig tekst (UTF-8)."),
        (USERS.encode("utf-16"), "users.csv, linje 1: Filen er ikke vanlig tekst (UTF-8)."),
        (USERS.encode().replace(b"Ylva,", b'"Ylva,'), "users.csv, linje 2: Linjen kan ikke deles i kolonner."),
        (USERS.encode() + b"x," * 300 + b"\n", "users.csv, linje 6: Linjen har flere enn 200 kolonner."),
        (USERS.encode() + b"," * 1_000_000, "users.csv, linje 6: Linjen er mye lengre enn den skal være."),
        (USERS.encode() + b"p-ny,,,true,o-sol", "users.csv, linje 6: Filen stopper midt i en linje."),
        (USERS.encode().replace(b"familyName", b"givenName"), "users.csv, linje 1: Kolonnen «givenname» står to ganger."),
        (USERS.encode().replace(b"familyName", b"etternavn"), "users.csv, linje 1: Kolonnen «familyName» mangler."),
        (b"", "users.csv: Filen er tom."),
        (
            USERS.encode() + b"p-teo,,,true,o-solvik,student,,,Annen,Person\n",
            "users.csv, linje 6: Id-en «p-teo» er brukt to ganger, første gang på linje 3.",
        ),
        (USERS.encode().replace(b"p-teo", b"01010050053"), "users.csv, linje 3: En id er et fødselsnummer, og det skal ikke lagres her."),
        (USERS.encode().replace(b"p-teo", b"x" * 121), "users.csv, linje 3: En id er lengre enn 120 tegn."),
    ],
)
def test_wrong_table_names_file_line_and_reason(tmp_path: Path, text: bytes, reason: str) -> None:
    folder = write_oneroster(tmp_path / "a")
    (folder / "users.csv").write_bytes(text)

    assert refusal(folder).startswith(reason + " ")


def test_billion_laughs_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    path.write_text(f'<?xml version="1.0"?><!DOCTYPE enterprise [<!ENTITY e0 "ha">{entities}]><enterprise>&e11;</enterprise>')

    assert refusal(path) == (
        "a.xml: Filen har egne definisjoner (DOCTYPE eller ENTITY), og det har ikke en vanlig PIFU-fil. "
        "Be den som lager filen om å ta dem bort."
    )


def test_document_type_hidden_behind_a_long_comment_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    secret = tmp_path / "secret.txt"
    secret.write_text("hemmelig")
    path.write_text(
        f'<?xml version="1.0"?><!--{" " * 70_000}--><!DOCTYPE enterprise [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        "<enterprise><properties><datasource>&x;</datasource></properties></enterprise>"
    )

    assert "DOCTYPE" in refusal(path)


def test_xml_that_is_cut_short_names_the_line(tmp_path: Path) -> None:
    path = write_pifu(tmp_path / "a.xml")
    path.write_bytes(path.read_bytes()[:-40])

    message = refusal(path)

    assert message.startswith("a.xml, linje ")
    assert message.endswith("Filen er ikke hel eller gyldig XML. Hent den på nytt fra kilden. Den kan være avkortet.")


def test_xml_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<html><body/></html>")

    assert "Dette er ikke en PIFU-IMS-fil." in refusal(path)


def test_two_lists_of_unknown_kind_are_refused(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(USERS)

    assert "Det er ikke til å se hvilket format dette er." in refusal(tmp_path)
    assert "Her skal det være én fil, men det er 2." in refusal(tmp_path, form="pifu")


def test_file_of_another_type_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF")

    assert "Filtypen kan ikke leses." in refusal(path)


def test_two_files_with_one_name_in_a_zip_are_refused(tmp_path: Path) -> None:
    assert "to filer med samme navn" in refusal(write_zip(tmp_path / "a.zip", {"a/users.csv": USERS, "b/users.csv": USERS}))


def test_locked_zip_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"users.csv": USERS})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(content))

    assert "låst med passord" in refusal(path)


def test_zip_with_an_endless_table_of_contents_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"users.csv": USERS})
    content = path.read_bytes()
    at = content.rindex(b"PK\x05\x06") + 12
    path.write_bytes(content[:at] + b"\xff\xff\xff\xff" + content[at + 4 :])

    assert "for mange filer" in refusal(path)


def test_file_that_is_larger_than_any_list_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "elever.csv"
    path.write_text("fornavn;etternavn;klasse;trinn;fødselsdato\n" * 20)
    monkeypatch.setattr("aktsom.people.roster.five_columns.MOST_BYTES", 100)

    assert refusal(path, school="900000011").startswith("elever.csv: Filen er større enn noen liste over folk er.")


def test_xml_with_one_endless_person_is_refused_before_it_fills_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<enterprise><person>" + "<a/>" * 60_000 + "</person></enterprise>")
    monkeypatch.setattr("aktsom.people.roster.pifu.MOST_BYTES_AT_ONCE", 100_000)

    assert refusal(path).startswith("a.xml: Filen er større enn noen liste over folk er.")
