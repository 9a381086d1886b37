import ckan.plugins as p

from ckanext.satudatatrenggalek.implementations.translation import Translation


class SatuDataTrenggalekPlugin(Translation, p.SingletonPlugin):
    """The portal's plugin."""
