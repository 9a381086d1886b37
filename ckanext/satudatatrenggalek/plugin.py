"""The portal's plugin: only a list of its hooks, each in a file of its own."""

import ckan.plugins as p

from .implementations.demo_accounts import DemoAccounts
from .implementations.facets import Facets
from .implementations.loading import Loading
from .implementations.logic import Logic
from .implementations.packages import Packages
from .implementations.pages import Pages
from .implementations.schedule import Schedule
from .implementations.settings import Settings
from .implementations.translation import Translation
from .implementations.uploads import Uploads
from .implementations.visibility import Visibility


class SatuDataTrenggalekPlugin(
    DemoAccounts,
    Facets,
    Loading,
    Logic,
    Packages,
    Pages,
    Schedule,
    Settings,
    Translation,
    Uploads,
    Visibility,
    p.SingletonPlugin,
):
    """Satu Data Trenggalek."""
