"""The sentences of an abstract in; the one that states its contribution out.

Each sentence of at most 60 words that holds a cue earns points for what it says and loses some
for leaning on its neighbours. The most points win; among equals a sentence that stands alone,
then the earliest.

====== =========================================================================================
points for
====== =========================================================================================
6      the paper gives something: "this paper introduces", "in this work, we propose"
5      the authors give something: "we propose", "is presented"; "our method, called X"
4      the paper does something: "this study investigates", "in this paper, we ask"
3      the authors do something that may be the point: "we study", "we argue", "we derive"
2      the authors do something else in this work: "in this note, we equip"
1      the authors do something that seldom is: "we show", "we evaluate", "we release"
+1     something new or named: "novel", "first", "called"
−1     "this", "these" or "such" inside the sentence, which point elsewhere
−2     what is given is evidence: an analysis, experiments, results, the code, a first attempt
−2     it leans on the sentence before: "To address these", "Therefore", "It", or "we thus"
−4     it is one of several: "Specifically", "To evaluate", "Finally", or "we also"
−4     it speaks of others' work: "Recently", "Existing methods"
====== =========================================================================================

Fewer than one point states nothing, and then no sentence is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_WORDS = 60
LEAST_POINTS = 1
_OPENING = 8
"""Words that may not point elsewhere in a sentence that opens a text."""

_GIVES = r"(?:propos|introduc|present|develop|design|devis|unveil|invent|put forward)"
_MAY_GIVE = (
    r"(?:describ|establish|deriv|formulat|suggest|advocat|extend|buil[dt]|construct|contribut|creat"
    r"|stud(?:y|ie)|investigat|examin|argu|contend|explor|address|tackl|focus|revisit|aim|ask|seek"
    r"|analy[sz]|consider|prov(?:e|es|ed)\b|review|survey|characteri[sz]|reformulat|rethink|offer"
    r"|collect|curat|outlin|advanc|leverag|adopt|generali[sz]|combin|close|apply|applied|train|identif"
    r"|answer|estimat|measur|quantif|giv|gave|(?:are|am) (?:among )?the first to)"
)
_SELDOM = (
    r"(?:start|delineat|show|demonstrat|find|found|evaluat|compar|us(?:e|ed)\b|provid|releas|report|conduct"
    r"|perform|employ|achiev|improv|validat|observ|discuss|test|open[- ]sourc|make)"
)
_WORK = (
    r"(?:paper|work|study|article|survey|thesis|report|letter|manuscript|review|chapter|document"
    r"|tutorial|dissertation|position paper|note)"
)
_THIS_WORK = rf"(?:this|the (?:present|current)|our)\s+(?:\w+\s+)?{_WORK}"
_ADVERBS = (
    r"(?:(?:\w+ly|here|first|also|thus|therefore|then|instead|hence|further|next|aim to)\s+){0,2}"
)
_WE = rf"\b(?:we|i|the authors?)\s+{_ADVERBS}"
_PASSIVE = (
    rf"(?<!\bit )(?<!\bthey )\b(?:is|are|was|were)\s+{_ADVERBS}"
    r"(?:propos|introduc|present|develop|describ)ed\b"
)
_NAMED = (
    r"\b(?:our|a|the)\s+(?:\w+\s+){0,3}(?:method|approach|algorithm|model|framework|system),?"
    r"\s+(?:which we (?:call|term|name)|called|named|termed|dubbed)\b"
)
_WORK_DOES = rf"(?<!in )\b{_THIS_WORK}\s+{_ADVERBS}(?!takes|differs)(?:is|was|\w+s|\w+ed)\b"
_A_STUDY = (
    rf"{_WE}(?:conduct|perform|carry out|undertake)\w*\s+(?:a|an|the)\s+(?:[\w-]+\s+){{0,2}}study\b"
)


def _cue(pattern: str) -> re.Pattern[str]:
    """A pattern for lower-cased text, which is searched much faster than by ignoring case."""
    return re.compile(pattern)


_IN_THIS_WORK = _cue(rf"\bin\s+{_THIS_WORK}\b")
_AUTHORS, _WORKS, _PASSIVES, _NAMES, _STUDY = "authors", "works", "passives", "names", "study"
_LOOKED_FOR = {
    _AUTHORS: ("we ", "i ", "author"),
    _WORKS: str.split(
        "paper work study article survey thesis report letter manuscript review chapter"
        " document tutorial dissertation note"
    ),
    _PASSIVES: ("posed", "duced", "sented", "loped", "ribed"),
    _NAMES: ("call", "named", "term", "dubbed"),
    _STUDY: ("study",),
}
"""Words of which one must stand where a cue can be: a first look, which is cheap."""
_CUES: tuple[tuple[int, str, re.Pattern[str]], ...] = (
    (
        6,
        _WORKS,
        _cue(rf"\b{_THIS_WORK}\s+{_ADVERBS}(?:{_GIVES}|describ|contribut|outlin|provid|offer)"),
    ),
    (5, _AUTHORS, _cue(f"{_WE}{_GIVES}")),
    (5, _PASSIVES, _cue(_PASSIVE)),
    (5, _NAMES, _cue(_NAMED)),
    (
        4,
        _WORKS,
        _cue(rf"(?<!in )\b{_THIS_WORK}\s+{_ADVERBS}(?!takes|differs)(?:is|was|\w+s|\w+ed)\b"),
    ),
    (4, _STUDY, _cue(_A_STUDY)),
    (3, _AUTHORS, _cue(f"{_WE}{_MAY_GIVE}")),
    (2, _WORKS, _cue(rf"\bin\s+{_THIS_WORK},?\s+(?:we|i)\s+\w+")),
    (1, _AUTHORS, _cue(f"{_WE}{_SELDOM}")),
)
"""Points, what to look for first, and the cue itself."""
_NEW = _cue(r"\b(?:novel|new|first|(?<!so-)called|named|termed|dubbed)\b|,\s+namely\b")
_ELSEWHERE = _cue(rf"\b(?:this|these|those)\s+(?!(?:\w+\s+)?{_WORK}\b)\w+|\bsuch\s+(?!as\b)\w+")
_EVIDENCE = _cue(
    rf"\b(?:{_GIVES}|provid|offer|releas|conduct|perform|report|giv)\w*\s+(?!(?:a|an|the)\s+(?:\w+\s+)?study)"
    r"(?:[\w-]+\s+){0,4}(?:analys[ei]s|evidence|experiments?|results?|evaluations?|baselines?"
    r"|implementations?|code|ablations?|guarantees?|proofs?|examples?|insights?|selection"
    r"|comparisons?|stud(?:y|ies))\b"
    r"(?!\s+(?:protocol|framework|benchmark|method|metric|suite|scheme|criteri|measure|platform))"
    r"|\b(?:demonstrat|show|validat|confirm|verif|evaluat|assess)\w*\s+(?:the|its|our|their)\s+"
    r"(?:\w+\s+){0,2}(?:effective|useful|efficacy|efficiency|superior|performance|potential|advantage)"
    rf"|\b{_GIVES}\w*\s+several\b"
    r"|\b(?:initial|preliminary)\s+(?:method|approach|solution|results?|step|attempt)"
)
_POINTS_BACK = _cue(
    r"(?:to|for|in|towards?|with|by|via|on|under|from|based on|building on|motivated by"
    r"|inspired by|given|as|because of|due to|through|beyond|despite|in light of|using|following"
    r"|returning to|in response to|along with)\s+(?:\w+\s+){0,3}?"
    rf"(?:this|these|that|those|such|it|so|the above)\b(?!\s+(?:\w+\s+)?{_WORK}\b)"
    r"|with\s+(?:\S+\s+){1,3}we\b"
    r"|(?:therefore|thus|hence|however|consequently|accordingly|instead|so|then|as such"
    r"|as a (?:result|remedy|solution|consequence)|nevertheless|nonetheless|besides|meanwhile"
    r"|in contrast|conversely|in response|rather|here|yet|but)\b"
    rf"|(?:it|its|they|their|these|those|such|he|she|both|this|that)\s+(?!{_WORK}\b)"
    r"|(?:in order )?to (?:solve|address|tackle|overcome|alleviate|mitigate|fill|bridge|resolve"
    r"|remedy|close)\s+(?:the|such)\s+(?:above\w*|aforementioned|problems?|issues?|challenges?"
    r"|gaps?|limitations?|drawbacks?|instability)\b"
)
_ONE_OF_SEVERAL = _cue(
    r"(?:specifically|additionally|furthermore|moreover|in addition|finally|lastly|last|next"
    r"|first(?:ly)?|second(?:ly)?|third(?:ly)?|also|besides|in particular|concretely|overall"
    r"|in summary|for (?:example|instance|comparison)|similarly|likewise|to be specific"
    r"|in specific|in detail|beyond|namely|more precisely|in doing so|along the way"
    r"|to (?:validate|verify|evaluate|assess|demonstrate|support))\b(?!-)"
)
_THEN = _cue(r"\bwe\s+(?:thus|therefore|hence|instead|then)\b")
_TOO = _cue(r"\bwe\s+(?:also|further|additionally|furthermore|moreover)\b")
_OTHERS = _cue(
    r"(?:recent(?:ly)?|previous(?:ly)?|prior|existing|traditional(?:ly)?|conventional(?:ly)?"
    r"|many|most|several|various|numerous)\b(?! to our)"
)


def choose(sentences: Sequence[str]) -> int | None:
    """The index of the sentence that states the contribution, or None where none does."""
    best = (LEAST_POINTS - 1, True, 0)
    for index, sentence in enumerate(sentences):
        earned = points(sentence)
        if earned >= LEAST_POINTS:
            best = max(best, (earned, not leans(sentence), -index))
    return -best[2] if best[0] >= LEAST_POINTS else None


def leans(sentence: str) -> bool:
    """Whether a sentence needs the one before it to be understood."""
    said = sentence.lower()
    return _is_one_of_several(said) or _is_after_another(said)


def opens_elsewhere(sentence: str) -> bool:
    """Whether the first words speak of this or these that were named before: "this question".

    "This paper" and its like are what is being read.
    """
    return bool(_ELSEWHERE.search(" ".join(sentence.lower().split()[:_OPENING])))


def points(sentence: str) -> int:
    """How well a sentence states a contribution, by the table above."""
    said = sentence.lower()
    earned = _cue_points(said)
    if not earned or len(sentence.split()) > MOST_WORDS:
        return 0
    if earned != 6 and _IN_THIS_WORK.search(said):
        earned = max(earned + 1, 4)
    earned += bool(_NEW.search(said)) - 2 * bool(_EVIDENCE.search(said))
    if _is_one_of_several(said) or _OTHERS.match(said):
        return earned - 4
    if _is_after_another(said):
        return earned - 2
    return earned - bool(_ELSEWHERE.search(said))


def _cue_points(said: str) -> int:
    looked: dict[str, bool] = {}
    for worth, sort, cue in _CUES:
        if sort not in looked:
            looked[sort] = _has_one(_LOOKED_FOR[sort], said)
        if looked[sort] and cue.search(said):
            return worth
    return 0


def _has_one(words: Sequence[str], said: str) -> bool:
    for word in words:  # noqa: SIM110 - any() takes twice as long, for each sentence of a survey
        if word in said:
            return True
    return False


def _is_one_of_several(said: str) -> bool:
    return bool(_ONE_OF_SEVERAL.match(said) or ("we" in said and _TOO.search(said)))


def _is_after_another(said: str) -> bool:
    return bool(_POINTS_BACK.match(said) or ("we" in said and _THEN.search(said)))
