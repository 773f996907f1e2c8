from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "aktsom.core.notify"
    label = "notify"

    def ready(self) -> None:
        from aktsom.core.notify.secrets import reseal_addresses  # slow import
        from aktsom.core.vault.services import register_resealing  # slow import

        register_resealing(reseal_addresses)
