"""Words are the same, however quickly they are found."""

import regex
from hypothesis import given
from hypothesis import strategies as st

from storage import segmentation
from storage.segmentation import SPACELESS, WORD, fold, runs, segment, tokens

RUN = regex.compile(rf"([{SPACELESS}]+)|([[{WORD}]--[{SPACELESS}]]+)", regex.V1)

TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("aZ9 _-.,’“é\u0301ßΣжя½²が한글中国、々ภาษाक्षिعَר\u200b\u00ad"),
    )
)


UNSEEN = regex.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]")


@given(TEXTS)
def test_it_makes_no_difference_when_invisible_characters_go(text: str) -> None:
    assert fold(text) == fold(UNSEEN.sub("", text))


@given(TEXTS)
def test_runs_are_what_their_definition_finds_in_the_folded_text(text: str) -> None:
    wanted = [(run or word, bool(run)) for run, word in RUN.findall(fold(text))]
    assert [tuple(run) for run in runs(text)] == wanted


@given(TEXTS)
def test_tokens_and_segments_are_made_of_the_runs(text: str) -> None:
    found = runs(text)
    words = [w for run in found for w in (run.text if run.spaceless else [run.text])]
    assert tokens(text) == words
    wanted = [token for run in found for token in segmentation.index_tokens(run)]
    assert segment(text) == " ".join(wanted)


def test_both_ways_to_find_words_agree_on_every_letter_of_the_alphabets() -> None:
    letter = regex.compile(f"[{WORD}]")
    characters = filter(segmentation._ALPHABETS.fullmatch, map(chr, range(0x110000)))
    unlike = [
        character
        for character in characters
        if bool(segmentation._ALPHABET_WORD.fullmatch(character))
        != bool(letter.fullmatch(character))
    ]
    assert unlike == []
