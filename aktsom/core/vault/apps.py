from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "aktsom.core.vault"
    label = "vault"
