from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "aktsom.people"

    def ready(self) -> None:
        from aktsom.core.notify.addresses import register_contact_source, register_staff_names  # slow import
        from aktsom.core.ui.context import register_signature  # slow import
        from aktsom.people import access, jobs  # noqa: F401 - states reach and standing, registers jobs; slow import
        from aktsom.people.selectors import contacts_of, signature_of, staff_names_of  # slow import

        register_contact_source(contacts_of)
        register_staff_names(staff_names_of)
        register_signature(signature_of)
