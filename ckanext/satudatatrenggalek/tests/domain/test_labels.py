"""Search labels open exactly what ``may_read`` opens: the index can show nobody more."""

from itertools import product as pairs

from ckanext.satudatatrenggalek.domain.sop import Access, PublicState, Reading, Role, State
from ckanext.satudatatrenggalek.domain.visibility import (
    NOBODY,
    PUBLIC,
    is_public,
    labels_held,
    labels_of,
    public_reading,
    reading_of,
)
from ckanext.satudatatrenggalek.domain.workflow import Actor, Grant, may_read

from . import product
from .people import OFFICE, OTHER_OFFICE, person, submission


def test_labels_and_reading_agree_for_every_state_role_office_and_kind():
    wanted = pairs(State, product.ROLES, [None, OFFICE, OTHER_OFFICE], [None, "statistik", "lain"])
    for state, role, office, kind in wanted:
        who, what = person(role, office=office, kind=kind), submission(state)
        labels = set(labels_of(state.value, what.office_id, what.kind, what.dataset_id))
        found = bool(labels & set(labels_held(who.grants)))
        assert found == may_read(what, who), (state, role, office, kind)


def test_labels_and_reading_agree_for_whoever_works_on_behalf():
    for state, office, dataset in pairs(State, [OFFICE, OTHER_OFFICE], ["d", "another"]):
        grant = Grant(Role.PRODUCER, OFFICE, dataset_id="d", on_behalf="letter")
        who, what = Actor("ani", (grant,)), submission(state, office_id=office, dataset_id=dataset)
        if office != OFFICE and dataset == "d":
            continue  # a dataset that moved: judged by its office, whatever the index says
        labels = set(labels_of(state.value, office, what.kind, dataset))
        found = bool(labels & set(labels_held(who.grants)))
        assert found == may_read(what, who), (state, office, dataset)


def test_what_is_not_public_carries_no_public_label():
    for state in State:
        assert PUBLIC not in labels_of(state.value, OFFICE, "statistik", "d")


def test_everybody_holds_the_public_label_and_nobody_the_empty_one():
    everybody = person(*product.ROLES, office=None)
    assert labels_held(()) == [PUBLIC]
    assert labels_held(everybody.grants)[0] == PUBLIC
    assert NOBODY not in labels_held(everybody.grants)


def test_an_unknown_state_opens_to_nobody():
    for state in ("lost", "", "PUBLISHED"):
        assert labels_of(state, OFFICE, "statistik", "d") == [NOBODY]
        assert not is_public(state, "terbuka", private=False, active=True)


def test_public_is_what_both_tables_call_public():
    for state, private, active in pairs(PublicState, [True, False], [True, False]):
        public = state is PublicState.PUBLISHED and not private and active
        assert is_public(state.value, "terbuka", private, active) == public


def test_each_level_gives_the_public_what_the_product_says():
    said = {level.value: reading_of(level.value).value for level in Access}
    assert said == {"terbuka": "files", "terbatas": "metadata", "tertutup": "nothing"}
    for unknown in ("", "TERBUKA", "rahasia"):
        assert reading_of(unknown) is Reading.NOTHING


def test_of_two_levels_the_stricter_rules():
    order = ["tertutup", "terbatas", "terbuka"]
    for now, own in pairs(order, order):
        stricter = min(now, own, key=order.index)
        assert public_reading("published", now, own) is reading_of(stricter), (now, own)


def test_without_a_level_or_a_public_state_nothing_is_read():
    assert public_reading("published") is Reading.NOTHING
    for state in ("none", "retracted", "lost", ""):
        assert public_reading(state, "terbuka", "terbuka") is Reading.NOTHING
    for level in (*Access, "lost"):
        public = level in (Access.OPEN, Access.RESTRICTED)
        assert is_public("published", level, private=False, active=True) == public
