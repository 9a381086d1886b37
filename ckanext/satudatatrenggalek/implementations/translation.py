"""The portal's words: our Indonesian catalogue over CKAN's own."""

from pathlib import Path

import ckan.plugins as p


class Translation(p.SingletonPlugin):
    """Offers `i18n/` to CKAN. CKAN reads its own catalogue first, so a word of ours replaces its.

    Of several plugins translating the same string, the first one in `ckan.plugins` wins.
    """

    p.implements(p.ITranslation, inherit=True)

    def i18n_directory(self) -> str:
        """The folder holding one sub-folder a language."""
        return str(Path(__file__).parent.parent / "i18n")

    def i18n_locales(self) -> list[str]:
        """The languages in that folder. English has none: the strings themselves are English."""
        return ["id"]

    def i18n_domain(self) -> str:
        """The file name of the catalogues, without suffix."""
        return "ckanext-satudatatrenggalek"
