"""Write a OneRoster folder the size of a county, to measure how long an import takes and how much memory it needs.

Usage: python bench/make_roster.py FOLDER [--people 60000] [--schools 34]. Every name is put together by chance.
Measure with: /usr/bin/time -v python manage.py import_roster FOLDER --owner 900000001
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterable
from pathlib import Path

GIVEN = [
    "Ada",
    "Bo",
    "Cato",
    "Dina",
    "Elin",
    "Filip",
    "Guro",
    "Hauk",
    "Ida",
    "Jon",
    "Kaia",
    "Lars",
    "Mina",
    "Nils",
    "Oda",
    "Per",
    "Ragna",
    "Siv",
    "Tor",
    "Una",
    "Vidar",
    "Ylva",
    "Åse",
    "Ørjan",
]
FAMILY = [
    "Aker",
    "Berg",
    "Dal",
    "Eng",
    "Fjell",
    "Grov",
    "Haug",
    "Isen",
    "Kvam",
    "Lund",
    "Moen",
    "Nes",
    "Os",
    "Prest",
    "Rud",
    "Sand",
    "Tveit",
    "Ulv",
    "Vik",
    "Ødegård",
    "Åsen",
]
PUPILS, STAFF = 0.47, 0.06  # the rest are guardians
TEACHING_GROUPS = 8
CLASS_SIZE = 28
FIRST_NUMBER = 900_000_011
HEADINGS = {
    "orgs": "sourcedId status dateLastModified name type identifier parentSourcedId",
    "academicSessions": "sourcedId status dateLastModified title type startDate endDate parentSourcedId schoolYear",
    "classes": "sourcedId status dateLastModified title grades classCode classType schoolSourcedId termSourcedIds",
    "users": "sourcedId status dateLastModified enabledUser orgSourcedIds role username givenName familyName email sms"
    " agentSourcedIds grades",
    "enrollments": "sourcedId status dateLastModified classSourcedId schoolSourcedId userSourcedId role primary beginDate endDate",
    "demographics": "sourcedId status dateLastModified birthDate",
}


class County:
    """Everything that is written, school by school."""

    def __init__(self, people: int, schools: int, chance: random.Random) -> None:
        self.chance = chance
        self.rows: dict[str, list[list[object]]] = {name: [] for name in HEADINGS}
        self.enrolled = 0
        self.rows["academicSessions"].append(["aar", "", "", "Skoleåret", "schoolYear", "2026-08-17", "2027-06-20", "", 2027])
        for number in range(schools):
            self.school(number, int(people * PUPILS / schools), int(people * STAFF / schools), people // schools)

    def school(self, number: int, pupils: int, staff: int, people: int) -> None:
        """Add one school with its people, classes and groups."""
        school = f"skole-{number}"
        self.rows["orgs"].append([school, "", "", f"Prøveskole {number}", "school", FIRST_NUMBER + number, ""])
        teachers = [self.person(f"{school}-ansatt-{n}", school, "teacher") for n in range(staff)]
        guardians = [self.person(f"{school}-foresatt-{n}", school, "guardian") for n in range(people - pupils - staff)]
        for start in range(0, pupils, CLASS_SIZE):
            grade = 11 + (start // CLASS_SIZE) % 3
            groups = self.groups(school, f"{school}-k{start}", grade, teachers)
            for n in range(start, min(pupils, start + CLASS_SIZE)):
                agents = ",".join(guardians[i % len(guardians)] for i in (n, n + 1))
                pupil = self.person(f"{school}-elev-{n}", school, "student", agents, f"Vg{grade - 10}")
                born = f"{2026 - grade - 4}-{1 + n % 12:02}-{1 + n % 28:02}"
                self.rows["demographics"].append([pupil, "", "", born])
                for group in groups:
                    self.enrol(group, school, pupil, "student")

    def person(self, key: str, school: str, role: str, agents: str = "", grade: str = "") -> str:
        given, family = self.chance.choice(GIVEN), self.chance.choice(FAMILY)
        email = "" if role == "student" else f"{key}@example.invalid"
        self.rows["users"].append([key, "", "", "true", school, role, key, given, family, email, "", agents, grade])
        return key

    def groups(self, school: str, key: str, grade: int, teachers: list[str]) -> list[str]:
        """Add a class and its teaching groups, each with a teacher."""
        found = []
        for n in range(TEACHING_GROUPS + 1):
            group, kind = f"{key}-{n}", "scheduled" if n else "homeroom"
            self.rows["classes"].append([group, "", "", f"{grade - 10}{key[-3:]} {n}", f"Vg{grade - 10}", "", kind, school, "aar"])
            self.enrol(group, school, self.chance.choice(teachers), "teacher", "true")
            found.append(group)
        return found

    def enrol(self, group: str, school: str, person: str, role: str, primary: str = "") -> None:
        self.enrolled += 1
        self.rows["enrollments"].append([f"e{self.enrolled}", "", "", group, school, person, role, primary, "", ""])


def write(folder: Path, name: str, heading: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Write one table."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=60_000)
    parser.add_argument("--schools", type=int, default=34)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    county = County(options.people, options.schools, random.Random(options.seed))
    options.folder.mkdir(parents=True, exist_ok=True)
    stated = [["manifest.version", "1.0"], ["oneroster.version", "1.1"], ["source.systemCode", "bench"]]
    write(options.folder, "manifest", ["propertyName", "value"], stated + [[f"file.{name}", "bulk"] for name in HEADINGS])
    for name, heading in HEADINGS.items():
        write(options.folder, name, heading.split(), county.rows[name])
    print({name: len(rows) for name, rows in county.rows.items()})


if __name__ == "__main__":
    main()
