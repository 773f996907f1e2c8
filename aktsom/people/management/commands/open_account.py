"""Give the first people of an installation an account and a role. Later the school does it itself, on its own page."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from aktsom.core.access.actor import Actor, system_actor
from aktsom.core.access.door import NotAllowed
from aktsom.core.access.roles import Role
from aktsom.core.accounts.services import password_link
from aktsom.people.selectors import people_with_email
from aktsom.people.services import give_position, open_account, register_colleague
from aktsom.schools.selectors import owner_numbered, school_numbered

AT_SCHOOL = [Role.HEAD_TEACHER, Role.SCHOOL_ADMIN, Role.DEPARTMENT_HEAD, Role.STAFF]
AT_OWNER = [Role.OWNER_HANDLER, Role.TECHNICAL_ADMIN]


class Command(BaseCommand):
    help = "Gir noen en rolle og en konto, og skriver lenken der passordet velges. Med --name føres personen opp først."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="E-POST", help="Adressen personen har i registeret.")
        parser.add_argument(
            "--name", nargs=2, metavar=("FORNAVN", "ETTERNAVN"), help="Før opp personen hvis ingen hos eieren har adressen."
        )
        parser.add_argument("--school", required=True, metavar="ORGNR", help="Skolen kontoen åpnes ved.")
        parser.add_argument("--role", choices=[str(role) for role in (*AT_SCHOOL, *AT_OWNER)], help="Rollen personen skal ha fra i dag.")

    def handle(self, *args: Any, **options: Any) -> None:
        by = system_actor("open_account")
        school = school_numbered(by, options["school"])
        if school is None:
            raise CommandError(_("Det finnes ingen skole med organisasjonsnummer %(number)s.") % {"number": options["school"]})
        person = self._person(by, school.owner, options)
        if options["role"]:
            role = Role(options["role"])
            owner = owner_numbered(by, school.owner.org_number)
            give_position(by=by, person=person, role=role, **({"school": school} if role in AT_SCHOOL else {"owner": owner}))
        try:
            opened = open_account(by=by, school=school, person=person)
        except NotAllowed as refusal:
            raise CommandError(_("Kontoen er allerede i bruk. Rollen er gitt hvis du ba om den.")) from refusal
        self.stdout.write(_("Brukernavn: %(name)s") % {"name": opened.user.username})
        self.stdout.write(password_link(opened.user))

    def _person(self, by: Actor, owner: Any, options: dict[str, Any]) -> Any:
        people = [person for person in people_with_email(by, options["email"]) if person.owner_id == owner.pk]
        if not people and options["name"]:
            given_name, family_name = options["name"]
            return register_colleague(by=by, owner=owner, given_name=given_name, family_name=family_name, email=options["email"])
        if len(people) != 1:
            raise CommandError(
                _("%(count)d personer hos eieren har den adressen. Det må være én. Står personen ikke i registeret, ta med --name.")
                % {"count": len(people)}
            )
        return people[0]
