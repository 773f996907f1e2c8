from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "aktsom.core.accounts"
    label = "accounts"

    def ready(self) -> None:
        from aktsom.core.accounts.factors import reseal_factors  # slow import
        from aktsom.core.vault.services import register_resealing  # slow import

        register_resealing(reseal_factors)
