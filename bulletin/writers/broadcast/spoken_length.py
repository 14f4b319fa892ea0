"""How long words take to be read out, so slowly that a village's loudspeaker is still understood.

What is counted is syllables: a character of Chinese, Yi or Korean is one; a Tibetan one ends with its mark; words of
alphabets are measured by their letters.
"""

import re

SYLLABLES_A_MINUTE = 200
LETTERS_A_SYLLABLE = 2.5  # of an alphabet, about
PAUSES = {  # seconds
    **dict.fromkeys("。！？", 0.8),
    **dict.fromkeys("；", 0.5),
    **dict.fromkeys("：", 0.4),
    **dict.fromkeys("，", 0.3),
    **dict.fromkeys("、", 0.2),
}
_OTHER_PAUSES = {
    **dict.fromkeys(".!?؟།༎᠃꓿᥄", 0.8),
    **dict.fromkeys(";؛:", 0.5),
    **dict.fromkeys(",،᠂꓾", 0.3),
}
_CHARACTER = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_SPELLED = re.compile(r"[A-Za-z]")  # a letter in a Chinese text is said by its name
_OF_ONE_SIGN = re.compile(r"[\u3400-\u9fff\ua000-\ua48f\uac00-\ud7af\U00020000-\U0003ffff]|\d")
_TIBETAN = re.compile(r"[\u0f40-\u0fbc]+")
_WORD = re.compile(r"[^\W\d_\u0f40-\u0fbc\u3400-\u9fff\ua000-\ua48f\uac00-\ud7af]+")


def length_of(words: str, *, in_chinese: bool) -> float:
    """Seconds for one line; Chinese is what `spoken` made of it, another language as people write it."""
    pauses = PAUSES if in_chinese else PAUSES | _OTHER_PAUSES
    syllables = _chinese_syllables(words) if in_chinese else _syllables(words)
    silence = sum(words.count(sign) * length for sign, length in pauses.items())
    return syllables * 60 / SYLLABLES_A_MINUTE + silence


def _chinese_syllables(words: str) -> int:
    return len(_CHARACTER.findall(words)) + len(_SPELLED.findall(words))


def _syllables(words: str) -> float:
    signs = len(_OF_ONE_SIGN.findall(words)) + len(_TIBETAN.findall(words))
    of_letters = (max(1.0, len(word) / LETTERS_A_SYLLABLE) for word in _WORD.findall(words))
    return signs + sum(of_letters)
