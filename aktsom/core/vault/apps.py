from django.apps import AppConfig
from django.core.signals import request_finished, request_started


class VaultConfig(AppConfig):
    name = "aktsom.core.vault"
    label = "vault"

    def ready(self) -> None:
        from django_tasks.signals import task_finished, task_started  # slow import

        from aktsom.core.vault.keyring import forget_keys  # slow import

        for moment in (request_started, request_finished, task_started, task_finished):
            moment.connect(forget_keys, dispatch_uid="aktsom_forget_keys")
