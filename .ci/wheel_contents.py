"""List what the installed wheel holds, and fail when a kind of file was left behind.

Run by the Python of the environment into which the wheel was installed.
"""

import sys
from fnmatch import fnmatch
from importlib.metadata import distribution

NAME = "ckanext-satudatatrenggalek"
ROOT = "ckanext/satudatatrenggalek/"
# What a portal started from the wheel opens while it runs.
NEEDED = (
    "plugin.py",
    "validation_adapter.py",
    "config_declaration.yaml",
    "logic/action/*.py",
    "logic/auth/*.py",
    "templates/*.html",
    "schemas/dataset.yaml",
    "schemas/organization.yaml",
    "migration/satudatatrenggalek/alembic.ini",
    "migration/satudatatrenggalek/versions/*.py",
    "i18n/id/LC_MESSAGES/*.mo",
    "assets/webassets.yml",
    "public/*",
    "domain/*.py",
    "conformity/*.py",
    "dcat/profile.py",
    "demo/catalogue.yaml",
    "demo/offices.csv",
)
UNWANTED = ("tests/*",)


def main() -> int:
    files = sorted(str(path) for path in distribution(NAME).files or ())
    ours = [path.removeprefix(ROOT) for path in files if path.startswith(ROOT)]
    print("\n".join(ours))
    lost = [pattern for pattern in NEEDED if not any(fnmatch(path, pattern) for path in ours)]
    astray = [path for path in ours if any(fnmatch(path, pattern) for pattern in UNWANTED)]
    for pattern in lost:
        print(f"not in the wheel: {pattern}", file=sys.stderr)
    for path in astray[:10]:
        print(f"does not belong in the wheel: {path}", file=sys.stderr)
    print(f"{len(ours)} files")
    return 1 if lost or astray else 0


if __name__ == "__main__":
    sys.exit(main())
