import ckan.plugins as p


class SatuDataTrenggalekPlugin(p.SingletonPlugin):
    """The portal's plugin."""
