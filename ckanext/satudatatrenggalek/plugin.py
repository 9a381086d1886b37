"""The portal's plugin: only a list of its hooks, each in a file of its own."""

import ckan.plugins as p

from .implementations.around import Around
from .implementations.demo_accounts import DemoAccounts
from .implementations.facets import Facets
from .implementations.loading import Loading
from .implementations.logic import Logic
from .implementations.packages import Packages
from .implementations.pages import Pages
from .implementations.settings import Settings
from .implementations.translation import Translation
from .implementations.uploads import Uploads
from .implementations.visibility import Visibility


class SatuDataTrenggalekPlugin(
    Around,
    DemoAccounts,
    Facets,
    Loading,
    Logic,
    Packages,
    Pages,
    Settings,
    Translation,
    Uploads,
    Visibility,
    p.SingletonPlugin,
):
    """Satu Data Trenggalek."""
