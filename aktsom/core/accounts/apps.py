from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "aktsom.core.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added, authenticator_reset  # slow import

        from aktsom.core.accounts import drafts  # noqa: F401 - registers its job; slow import
        from aktsom.core.accounts.factors import authenticator_made, reseal_factors  # slow import
        from aktsom.core.vault.services import register_resealing  # slow import

        register_resealing(reseal_factors)
        for made in (authenticator_added, authenticator_reset):
            made.connect(authenticator_made, dispatch_uid="aktsom.authenticator_made")
