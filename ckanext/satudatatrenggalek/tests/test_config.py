"""The settings: defaults of the declaration, what they become, and how bad ones are refused.

CKAN's own declaration machinery reads the YAML; no application, database or ini is needed.
"""

from datetime import date, datetime, time
from pathlib import Path

import pytest
import yaml
from ckan.common import CKANConfig
from ckan.config.declaration import Declaration

from ckanext.satudatatrenggalek import config, working_time
from ckanext.satudatatrenggalek.domain.deadlines import WIB
from ckanext.satudatatrenggalek.domain.sop import CLOCKS, State
from ckanext.satudatatrenggalek.domain.workflow import Rules

DECLARATION = Path(config.__file__).with_name("config_declaration.yaml")


@pytest.fixture
def settings(monkeypatch):
    """A configuration as CKAN makes it from the declaration, with nothing in the ini."""
    declaration = Declaration()
    declaration.load_dict(yaml.safe_load(DECLARATION.read_text()))
    made = CKANConfig()
    declaration.make_safe(made)
    declaration.normalize(made)
    monkeypatch.setattr(config.tk, "config", made)
    return made


def put(settings, option, value):
    settings[config.PREFIX + option] = value


def test_every_option_carries_prefix_default_and_both_languages():
    groups = yaml.safe_load(DECLARATION.read_text())["groups"]
    for option in (option for group in groups for option in group["options"]):
        assert option["key"].startswith(config.PREFIX)
        assert "default" in option
        assert len(option["description"].strip().splitlines()) >= 2, option["key"]


def test_the_defaults_pass_the_check(settings):
    config.check()


def test_the_defaults_are_the_numbers_of_the_sop(settings):
    assert config.work_hours() == (time(7, 30), time(16, 0))
    assert config.clock_limit(State.DRAFT) == (1, "day")
    assert config.clock_limit(State.AWAITING_CHECK) == (1, "day")
    assert config.clock_limit(State.NEEDS_CORRECTION) == (3, "day")
    assert config.clock_limit(State.AWAITING_SUPERVISOR) == (2, "day")
    assert config.clock_limit(State.AWAITING_APPROVAL) == (1, "day")
    assert config.clock_limit(State.AWAITING_RELEASE) == (1, "hour")
    assert config.clock_limit(State.PUBLISHED) is None
    assert config.rules() == Rules(True, False, False)
    assert config.token_steps() is True
    assert config.allowed_types() == ("dataset", "harvest")
    assert config.regency_code() == "35.03"


def test_an_urgent_submission_has_half_the_time(settings):
    assert config.clock_limit(State.AWAITING_CHECK, urgent=True) == (0.5, "day")


def test_every_clock_of_the_procedure_has_its_option(settings):
    for clock in CLOCKS.values():
        assert config.PREFIX + "clock." + clock.setting in settings


@pytest.mark.parametrize(("word", "value"), [("ya", True), ("off", False), ("True", True)])
def test_switches_read_what_people_write(settings, word, value):
    put(settings, "one_person_walidata", word)
    assert config.rules().one_person_walidata is value


def test_calendar_knows_holidays_and_cuti_bersama_and_says_for_which_years(settings):
    calendar = working_time.calendar(frozenset())
    assert {2025, 2026, 2027} <= calendar.known_years
    assert 2040 not in calendar.known_years
    assert not calendar.is_working_day(date(2026, 8, 17))  # national
    assert not calendar.is_working_day(date(2026, 3, 23))  # cuti bersama
    assert calendar.is_working_day(date(2026, 3, 25))


def test_local_holidays_are_added_and_the_calendar_is_made_once(settings):
    assert working_time.calendar(frozenset()) is working_time.calendar(frozenset())
    put(settings, "local_holidays", "2026-08-31 2026-09-01")
    assert not working_time.calendar(frozenset()).is_working_day(date(2026, 8, 31))
    friday = datetime(2026, 8, 28, 13, 30, tzinfo=WIB)
    due = working_time.calendar(frozenset()).add_days(friday, 1)
    assert due == datetime(2026, 9, 2, 13, 30, tzinfo=WIB)


def test_days_the_walidata_decreed_are_off_beside_those_of_the_settings(settings):
    put(settings, "local_holidays", "2026-08-31")
    calendar = working_time.calendar(frozenset({date(2026, 9, 1)}))
    assert not calendar.is_working_day(date(2026, 8, 31))
    assert not calendar.is_working_day(date(2026, 9, 1))
    assert calendar.is_working_day(date(2026, 9, 2))


BAD = [
    ("work_opens", "17:00", "lebih awal"),
    ("work_opens", "7.30", "jam dan menit"),
    ("work_closes", "", "diisi"),
    ("work_closes", "24:00", "jam dan menit"),
    ("local_holidays", "31-08-2026", "daftar tanggal"),
    ("clock.check_days", "-1", "bilangan bulat 1 sampai 365"),
    ("clock.correction_days", "tiga", "bilangan bulat"),
    ("clock.release_hours", 0, "bilangan bulat"),
    ("clock.urgent_percent", "150", "bilangan bulat 1 sampai 100"),
    ("supervisor_check", "mungkin", "true atau false"),
    ("token_steps", "", "diisi"),
    ("max_upload_mb", "0", "bilangan bulat"),
    ("discarded_bytes_days", "-5", "bilangan bulat"),
    ("request.keep_days", "0", "bilangan bulat"),
    ("notice.keep_days", "", "diisi"),
    ("prepared.keep_days", "0", "bilangan bulat"),
    ("outbox.keep_days", "0", "bilangan bulat"),
    ("notice.ending_days", "30 tujuh", "daftar bilangan"),
    ("notice.ending_days", "0", "daftar bilangan"),
    ("on_behalf_days", "0", "bilangan bulat 1 sampai 365"),
    ("allowed_types", "harvest", "memuat dataset"),
    ("regency_code", "3503", "kode Kemendagri"),
    ("regency_name", " ", "diisi"),
    ("walidata_office", None, "diisi"),
    ("letterhead", "", "diisi"),
    ("demo_password", "pendek", "sedikitnya 8"),
]


@pytest.mark.parametrize(("option", "value", "said"), BAD)
def test_a_bad_value_is_refused_at_start_in_one_sentence(settings, option, value, said):
    put(settings, option, value)
    with pytest.raises(config.BadOption) as refused:
        config.check()
    sentence = str(refused.value)
    assert sentence.startswith(f"Pengaturan {config.PREFIX}{option} ")
    assert said in sentence
    assert "\n" not in sentence
