from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "aktsom.core.accounts"
    label = "accounts"
