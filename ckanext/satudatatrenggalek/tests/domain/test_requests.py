"""What the public may ask, who answers, and what a granted request opens."""

from datetime import datetime, timedelta, timezone
from itertools import product as pairs

import pytest

from ckanext.satudatatrenggalek.domain.requests import (
    Granted,
    Kind,
    may_ask,
    opens_files,
    role_that_answers,
)
from ckanext.satudatatrenggalek.domain.workflow import SYSTEM, Actor

from . import product
from .people import OFFICE, OTHER_OFFICE, person

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=timezone.utc)
LEVELS = ("terbuka", "terbatas", "tertutup", "", "lain")
STATES = ("published", "none", "retracted", "lain")


def test_files_are_asked_of_restricted_datasets_alone_and_errors_of_public_ones():
    for state, level in pairs(STATES, LEVELS):
        public = state == "published"
        files, error = (may_ask(kind, state, level) for kind in (Kind.FILES, Kind.ERROR))
        assert files == (public and level == "terbatas"), (state, level)
        assert error == (public and level in ("terbuka", "terbatas")), (state, level)


def test_the_office_s_producer_and_the_walidata_answer():
    for role in product.ROLES:
        answers = role in ("producer", "checker", "approver")
        here = role_that_answers(person(role), OFFICE, "statistik")
        assert (here is not None and here.value == role) == answers, role
        everywhere = role_that_answers(person(role, office=None), OFFICE, "statistik")
        assert (everywhere is not None) == answers, role
        assert role_that_answers(person(role, office=OTHER_OFFICE), OFFICE, "statistik") is None
        assert role_that_answers(person(role, kind="geospasial"), OFFICE, "statistik") is None
    for nobody in (Actor("warga"), Actor(None), SYSTEM):
        assert role_that_answers(nobody, OFFICE, "statistik") is None


@pytest.mark.parametrize(
    ("outcome", "until", "opened"),
    [
        ("granted", NOW + timedelta(seconds=1), True),
        ("granted", NOW, False),
        ("granted", None, False),
        ("refused", NOW + timedelta(days=1), False),
        (None, NOW + timedelta(days=1), False),
    ],
)
def test_a_grant_opens_files_while_it_lasts(outcome, until, opened):
    granted = Granted(outcome, until)
    assert opens_files(granted, NOW, "published", "terbatas", "terbatas") is opened


def test_what_was_closed_since_opens_nothing():
    granted = Granted("granted", NOW + timedelta(days=1))
    for state, now, own in pairs(STATES, LEVELS, LEVELS):
        known = {"terbuka", "terbatas"}
        wanted = state == "published" and now in known and own in known
        assert opens_files(granted, NOW, state, now, own) is wanted, (state, now, own)
