"""What must come with a step, what must be true of the content, and what a refusal names."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ckanext.satudatatrenggalek.domain.sop import STEPS, Access, Item, Role, State, Verdict
from ckanext.satudatatrenggalek.domain.workflow import (
    Answer,
    Refusal,
    Rules,
    StepRefused,
    take,
)

from .people import CHECKLIST, COMMAND, HASH, NOW, OFFICE, OLD_HASH, person, submission

ALL = person(*[role.value for role in Role], office=None)
ONE_MINUTE = timedelta(minutes=1)


def refused(name, command=COMMAND, state=None, actor=ALL, rules=None, **changes):
    """The refusal of a step taken from its first source, or None when it goes through."""
    step = next(step for step in STEPS if step.name == name)
    standing = submission(state or step.arrows[0].source, **changes)
    try:
        take(standing, name, actor, NOW, command, rules or Rules())
    except StepRefused as caught:
        return caught.refusal
    return None


def with_answers(**verdicts):
    answers = {Item(name): Answer(*given) for name, given in verdicts.items()}
    return replace(COMMAND, checklist={**CHECKLIST, **answers})


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_complete_command_goes_through(step):
    for arrow in step.arrows:
        assert refused(step.name, state=arrow.source) is None


@pytest.mark.parametrize("comment", ["", "  \n\t"])
@pytest.mark.parametrize("name", ["skip_supervisor", "send_back", "hold", "retract", "reinstate"])
def test_a_reason_is_wanted(name, comment):
    found = refused(name, replace(COMMAND, comment=comment))
    assert found == Refusal("missing_comment", (name,))


@pytest.mark.parametrize(
    "name", ["submit", "withdraw", "conform", "return", "endorse", "approve", "release", "discard"]
)
def test_elsewhere_no_reason_is_wanted(name):
    assert refused(name, replace(COMMAND, comment="")) is None


@pytest.mark.parametrize("name", ["conform", "endorse", "approve"])
def test_judging_wants_the_hash_of_what_was_seen(name):
    missing = refused(name, replace(COMMAND, content_hash=""))
    assert missing == Refusal("missing_hash", (name,))
    assert refused(name, replace(COMMAND, content_hash=OLD_HASH)) == Refusal("stale_hash")
    assert refused(name, content_hash="changed meanwhile") == Refusal("stale_hash")


def test_an_edition_without_content_hash_is_never_judged():
    found = refused("approve", replace(COMMAND, content_hash=""), content_hash="")
    assert found == Refusal("missing_hash", ("approve",))


@pytest.mark.parametrize(
    ("hash_now", "approved"), [(HASH, OLD_HASH), (OLD_HASH, HASH), (HASH, ""), ("", "")]
)
def test_release_wants_the_content_as_approved(hash_now, approved):
    found = refused("release", content_hash=hash_now, approved_hash=approved)
    assert found == Refusal("stale_hash", ("approved",))


@pytest.mark.parametrize("state", ["awaiting_check", "awaiting_supervisor", "awaiting_approval"])
def test_returning_wants_a_finding(state):
    found = refused("return", replace(COMMAND, findings=0), state=State(state))
    assert found == Refusal("missing_finding", ("return",))


@pytest.mark.parametrize("part", [{"decree": ""}, {"decree": "  "}, {"office": ""}])
def test_moving_to_another_office_wants_a_decree_and_the_office(part):
    assert refused("transfer", replace(COMMAND, **part)) == Refusal("missing_decree")


def test_a_dataset_moves_to_another_office_than_its_own():
    assert refused("transfer", replace(COMMAND, office=OFFICE)) == Refusal("same_office")


def test_whoever_moves_a_dataset_answers_for_both_offices():
    one_office = person("checker")
    assert refused("transfer", actor=one_office) == Refusal("wrong_role", ("transfer",))
    assert refused("transfer", actor=person("checker", office=None)) is None


def test_a_planned_release_lies_ahead():
    assert refused("approve", replace(COMMAND, release_at=NOW - ONE_MINUTE)) == Refusal(
        "past_release"
    )
    assert refused("approve", replace(COMMAND, release_at=NOW)) is None


def test_pembina_is_skipped_only_once_the_clock_has_ended():
    assert refused("skip_supervisor", due=NOW + ONE_MINUTE) == Refusal("clock_running")
    assert refused("skip_supervisor", due=None) == Refusal("clock_running")
    assert refused("skip_supervisor", due=NOW) is None


def test_release_waits_for_the_planned_time():
    later = NOW + ONE_MINUTE
    assert refused("release", release_at=later) == Refusal("too_early", (later.isoformat(),))
    assert refused("release", release_at=NOW) is None
    assert refused("release", release_at=None) is None


# --- submit -------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.DRAFT, State.NEEDS_CORRECTION])
@pytest.mark.parametrize(
    ("lacking", "refusal"),
    [
        ({"missing_fields": ("konsep", "satuan")}, ("missing_metadata", ("konsep", "satuan"))),
        ({"files": 0}, ("missing_file", ())),
        ({"files": 2, "links": 1}, ("missing_upload", ("1",))),
        ({"stale_copies": ("padi (salinan rapi)",)}, ("stale_copy", ("padi (salinan rapi)",))),
        ({"checks_pending": 2}, ("check_unfinished", ("2",))),
    ],
)
def test_what_is_not_ready_is_not_submitted(state, lacking, refusal):
    assert refused("submit", state=state, **lacking) == Refusal(*refusal)


def test_the_office_heads_sign_off_where_switched_on():
    strict = Rules(office_head_signoff=True)
    assert refused("submit", rules=strict) == Refusal("missing_signoff")
    assert refused("submit", rules=strict, signed_hash=HASH) is None
    assert refused("submit", rules=strict, signed_hash=OLD_HASH) == Refusal("stale_signoff")
    assert refused("submit", signed_hash="") is None


def test_an_office_has_its_own_way_with_the_sign_off():
    strict, loose = Rules(office_head_signoff=True), Rules()
    assert refused("submit", rules=loose, signoff=True) == Refusal("missing_signoff")
    assert refused("submit", rules=loose, signoff=True, signed_hash=HASH) is None
    assert refused("submit", rules=strict, signoff=False) is None


def test_content_without_a_hash_was_signed_off_by_nobody():
    strict = Rules(office_head_signoff=True)
    found = refused("submit", rules=strict, content_hash="", signed_hash="")
    assert found == Refusal("missing_signoff")


def test_machine_errors_do_not_stop_a_submission():
    assert refused("submit", machine_errors=frozenset(Item)) is None


# --- the checklist ------------------------------------------------------------------------


@pytest.mark.parametrize("item", Item)
def test_each_item_is_wanted(item):
    rest = {other: answer for other, answer in CHECKLIST.items() if other is not item}
    found = refused("conform", replace(COMMAND, checklist=rest))
    assert found == Refusal("missing_checklist", (item.value,))


def test_all_lacking_items_are_named_at_once():
    found = refused("conform", replace(COMMAND, checklist={}))
    assert found == Refusal("missing_checklist", tuple(item.value for item in Item))


@pytest.mark.parametrize("item", Item)
def test_an_item_that_does_not_conform_stops_sesuai(item):
    command = with_answers(**{item.value: (Verdict.NOT_CONFORM, "salah")})
    assert refused("conform", command) == Refusal("not_conform", (item.value,))


@pytest.mark.parametrize("note", ["", "   "])
@pytest.mark.parametrize("item", Item)
def test_an_override_says_why(item, note):
    command = with_answers(**{item.value: (Verdict.OVERRIDDEN, note)})
    assert refused("conform", command) == Refusal("missing_note", (item.value,))
    explained = with_answers(**{item.value: (Verdict.OVERRIDDEN, "sudah ditanyakan")})
    assert refused("conform", explained) is None


@pytest.mark.parametrize("item", Item)
def test_what_the_machine_found_is_not_confirmed_without_a_word(item):
    found = refused("conform", machine_errors=frozenset({item}))
    assert found == Refusal("override_needed", (item.value,))
    explained = with_answers(**{item.value: (Verdict.OVERRIDDEN, "nama desa lama")})
    assert refused("conform", explained, machine_errors=frozenset({item})) is None


PERSONAL = with_answers(personal_data=(Verdict.OVERRIDDEN, "nomor kantor, bukan pribadi"))


@pytest.mark.parametrize(
    ("role", "access", "found"),
    [
        ("supporting_checker", Access.OPEN, Refusal("personal_data")),
        ("supporting_checker", Access.RESTRICTED, None),
        ("supporting_checker", Access.CLOSED, None),
        ("checker", Access.OPEN, None),
    ],
)
def test_personal_data_for_everybody_is_the_walidatas_to_explain(role, access, found):
    suspect = frozenset({Item.PERSONAL_DATA})
    given = {"actor": person(role), "access": access, "machine_errors": suspect}
    assert refused("conform", PERSONAL, **given) == found


def test_without_a_find_the_supporting_checker_says_sesuai():
    assert refused("conform", actor=person("supporting_checker")) is None


def test_a_refusal_raised_carries_its_reason_as_its_text():
    with pytest.raises(StepRefused, match="^missing_file$"):
        take(submission(files=0), "submit", ALL, NOW, COMMAND, Rules())


# --- what is told first -------------------------------------------------------------------


def test_role_state_person_input_content_in_this_order():
    bare = replace(COMMAND, content_hash="", checklist={})
    mine: dict[str, Any] = {"contributors": frozenset({"ani"})}
    told = [
        refused("conform", bare, State.DRAFT, person("producer"), **mine),
        refused("conform", bare, State.DRAFT, **mine),
        refused("conform", bare, **mine),
        refused("conform", bare),
        refused("conform", replace(bare, content_hash=HASH)),
    ]
    assert [refusal and refusal.reason for refusal in told] == [
        "wrong_role",
        "wrong_state",
        "same_person",
        "missing_hash",
        "missing_checklist",
    ]
