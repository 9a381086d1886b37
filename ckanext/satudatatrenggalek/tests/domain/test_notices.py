"""Who is told of what, and in which words: the table is whole and stays inside visibility."""

from datetime import datetime, timezone

import pytest

from ckanext.satudatatrenggalek.domain import notice_words, notices
from ckanext.satudatatrenggalek.domain.notices import Channel, Kind
from ckanext.satudatatrenggalek.domain.sop import CLOCKS, STEPS, VISIBLE_TO, Role, State

BY_ITSELF = (
    notices.REMIND,
    notices.ESCALATE,
    notices.RELEASE_REFUSED,
    notices.RELEASE_GIVEN_UP,
)
ENDS = (notices.APPOINTMENT_ENDS, notices.APPOINTMENTS_END, notices.OFFICE_ENDS)
FACTS = {
    "title": "Jumlah Posyandu",
    "office": "Dinas Kesehatan",
    "actor": "Pemeriksa",
    "note": "Rahasia di antara petugas.",
    "findings": ["Standar Data: satuannya unit."],
    "state": "needs_correction",
    "edition": 2,
    "until": "2026-12-31",
    "decree": "SK 9/2026",
    "to_do": True,
}


def test_every_step_says_who_is_told_even_if_nobody_is():
    assert set(notices.STEP_EVENTS) == {step.name for step in STEPS}


def test_every_clock_has_somebody_who_hears_that_it_ended():
    for clock in CLOCKS.values():
        assert clock.owner in notices.REMINDED
        heard = notices.ESCALATED[clock.owner]
        assert any(role in VISIBLE_TO[clock.state] for role in heard), clock.state


def test_the_portal_is_told_of_nothing():
    told = [
        telling
        for event in (*notices.STEP_EVENTS, *BY_ITSELF)
        for owner in notices.REMINDED
        for telling in notices.tellings(event, owner)
    ]
    assert told
    assert all(Role.SYSTEM not in telling.roles for telling in told)


@pytest.mark.parametrize("step", [step for step in STEPS if step.name in notices.STEP_EVENTS])
def test_whoever_is_told_of_a_step_reads_where_it_leads(step):
    """A row whose roles read none of the states it leads to would tell nobody: a slip."""
    targets = {
        state
        for arrow in step.arrows
        for state in (arrow.target or arrow.source, arrow.priority_target)
        if state
    }
    for telling in notices.STEP_EVENTS[step.name]:
        readers = set().union(*(VISIBLE_TO[state] for state in targets))
        assert set(telling.roles) <= readers, telling


def test_each_kind_has_a_channel_and_a_name():
    assert set(notices.DEFAULT_CHANNELS) == set(Kind) == set(notice_words.KIND_NAMES)
    assert set(notice_words.CHANNEL_NAMES) == set(Channel)


@pytest.mark.parametrize("event", [*notices.STEP_EVENTS, *BY_ITSELF, *ENDS, "unheard-of"])
@pytest.mark.parametrize("to_do", [True, False])
def test_words_name_the_dataset_and_keep_the_notes_out_of_headline_and_brief(event, to_do):
    facts = {**FACTS, "to_do": to_do, "title": "Jumlah\r\nPosyandu"}
    head = notice_words.headline(event, facts)
    assert head.endswith(": Jumlah Posyandu")
    said = notice_words.happened(event, facts)
    assert "{" not in said
    assert said.endswith(".")
    due = datetime(2026, 11, 24, 2, 0, tzinfo=timezone.utc)
    brief = notice_words.brief(event, facts, due, "https://data.example/meja/dataset/1")
    assert "Selasa, 24 November 2026 09.00 WIB" in brief
    for text in (head, said, brief):
        assert "Rahasia" not in text
        assert "satuannya" not in text


def test_what_to_do_is_told_to_whom_it_is_theirs():
    states = [State.DRAFT, State.NEEDS_CORRECTION, State.AWAITING_CHECK, State.AWAITING_APPROVAL]
    for state in [*states, State.AWAITING_SUPERVISOR]:
        facts = {**FACTS, "state": state.value}
        assert notice_words.to_do("remind", facts)
        assert not notice_words.to_do("remind", {**facts, "to_do": False})
    assert "Tahan" in notice_words.to_do(notices.RELEASE_REFUSED, {**FACTS, "to_do": False})


@pytest.mark.parametrize("event", ENDS)
def test_an_end_is_told_with_its_day_and_what_to_do(event):
    assert "Kamis, 31 Desember 2026" in notice_words.happened(event, FACTS)
    assert notice_words.to_do(event, FACTS)
    assert notice_words.to_do(event, {**FACTS, "to_do": False})


def test_a_finding_is_a_line_with_its_place():
    row = {"item": "standard", "row": 3, "column": "satuan", "text": "Satuannya unit."}
    assert notice_words.finding_line(row) == "Standar Data (baris 3, kolom satuan): Satuannya unit."
    assert notice_words.finding_line({"item": "metadata", "text": "Isi."}) == "Metadata: Isi."
