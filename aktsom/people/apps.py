from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "aktsom.people"

    def ready(self) -> None:
        from aktsom.core.notify.addresses import register_address_source  # slow import
        from aktsom.core.ui.context import register_signature  # slow import
        from aktsom.people import access  # noqa: F401 - states reach and standing; slow import
        from aktsom.people.selectors import addresses_of, signature_of  # slow import

        register_address_source(addresses_of)
        register_signature(signature_of)
