"""Every error type of frictionless has Indonesian words, and no code of ours is unknown to it."""

from __future__ import annotations

import inspect
import re
import string

import pytest
from frictionless import errors, system

from ckanext.satudatatrenggalek.conformity import ITEMS
from ckanext.satudatatrenggalek.conformity.messages import FRICTIONLESS_TYPE, TEXTS, title_of

TYPES = sorted(
    item.type
    for item in vars(errors).values()
    if inspect.isclass(item) and issubclass(item, errors.Error)
)
ENGLISH = re.compile(r"\b(the|is|error|value|row|field|must|invalid|please|file)\b", re.IGNORECASE)


@pytest.mark.parametrize("kind", TYPES)
def test_every_frictionless_type_has_words(kind):
    assert TEXTS[kind].message
    assert TEXTS[kind].remedy


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_the_words_are_indonesian_sentences_with_an_item(code):
    text = TEXTS[code]
    assert text.item in ITEMS
    for sentence in (text.message, text.remedy):
        assert sentence.endswith((".", "{problem}", "{how}"))
        spoken = re.sub(r"`[^`]*`|\{[^}]*\}|\([^)]*\)", "", sentence)
        assert not ENGLISH.search(spoken), spoken
        assert list(string.Formatter().parse(sentence))


@pytest.mark.parametrize(("code", "kind"), sorted(FRICTIONLESS_TYPE.items()))
def test_our_codes_travel_under_a_type_frictionless_knows(code, kind):
    assert system.select_error_class(kind).type == kind
    assert title_of(kind)[0]
