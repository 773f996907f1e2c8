"""Wrap every owner's key, and what lies sealed directly under the master key, with the current (first) master key in the key file."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from aktsom.core.access.actor import system_actor
from aktsom.core.vault.sealing import ContentTampered, MasterKeyMissing
from aktsom.core.vault.services import rotate_master_key


class Command(BaseCommand):
    help = "Låser eiernøkler og hemmeligheter for innlogging med den nye hovednøkkelen. Legg den nye øverst i nøkkelfila først."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            amount = rotate_master_key(by=system_actor("rotate_master_key"))
        except (MasterKeyMissing, ContentTampered) as fault:
            raise CommandError(f"Ingenting er endret. {fault}") from None
        self.stdout.write(f"{amount} nøkler er låst på nytt. Når det står 0 her neste gang, kan den gamle hovednøkkelen tas bort.")
