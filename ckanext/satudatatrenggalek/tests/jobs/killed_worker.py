"""A worker of its own, to be killed in the middle: python killed_worker.py INI

Started by `test_killed_worker.py`; does what `ckan satudata work` does.
"""

from __future__ import annotations

import sys


def main(ini: str) -> None:
    from ckan.cli import CKANConfigLoader
    from ckan.config.middleware import make_app

    app = make_app(CKANConfigLoader(ini).get_config())
    from ckanext.satudatatrenggalek import jobs

    with app._wsgi_app.app_context():
        print("ready", flush=True)
        jobs.work()


if __name__ == "__main__":
    main(sys.argv[1])
