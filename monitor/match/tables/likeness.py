"""What weighs how much when two spellings are asked whether they mean one person.

The weights are a logistic regression over pairs of Wikidata labels (CC0) and the test cases of OpenSanctions (MIT), with ridge 1, pairs of
different people counted six times, spellings that are alike word by word left out; in five parts by person, each judged by the weights of
the other four, recall differs by less than a point. Rounded; no name is kept. `python -m benchmarks pairs` prints what they find.
"""

from __future__ import annotations

from monitor.match.tables.words import words

BITS_OF_A_SOUND = 4.5  #: bits of a letter whose script does not tell its sound

#: Words that stand beside names and tell nobody apart: articles, words for son and daughter, customary honours.
LIGHT = frozenset(
    words(
        "bin ibn ben bint binti bte anak al el ul abu umm the of and de da do von van jr sr ii iii iv phd h hj haji hajji ir drs dr prof mr mrs ms "
        "sir mullah maulana shaikh sheikh shaykh qari na president ال بن ابن بنت ابو ام الشيخ السيد דה בן בת фон ван де да"
    )
)

#: Words that open a peerage, a degree or a rank after the comma that closes a name.
STYLED = frozenset(words("baron baroness viscount earl lord lady count marquess duke duchess jr sr phd m dr esq"))

IDENTICAL = 0.99  #: score of two names spelled alike word by word; people share names
IDENTICAL_SINGLE = 0.9  #: the same for names of one word
MOST = 0.98  #: the highest score of names that are spelled differently

#: Scripts in which names of other languages are written so roughly that likeness must be read by their own measure.
ROUGH: dict[str, frozenset[str]] = {
    "han": frozenset({"hani"}), "abjad": frozenset({"arab", "hebr"}), "kana": frozenset({"kana"}), "hangul": frozenset({"hang"}), "southeast": frozenset({"sea"}),
}  # fmt: skip

#: Figure → its weight; their weighted sum is the log-odds that two spellings mean one person.
WEIGHTS: dict[str, float] = {
    "any": 3.77,  # where every sum begins; set so that one pair in a hundred of different people scores at or above one half
    "mean": -3.12,  # mean likeness of the words that answer each other (corrects `worst` where both are high)
    "worst": 3.82,  # likeness of the pair of words least alike
    "lost": -2.03,  # bits lost by unlike letters, in units of 20
    "thin": -2.38,  # how little is written in all, from 0 (35 bits and more) to 1
    "single": -2.00,  # only one word answers, or none
    "initial": 0.28,  # an initial stands for a name
    "contradicted": -5.04,  # each spelling has a word that answers nothing in the other
    "contradicted_share": -0.25,  # share of the name such words carry, on the side that has less
    "contradicted_more": -0.88,  # how many such words beyond the first
    "omitted": -1.80,  # share of the longer spelling that the shorter leaves out
    "omitted_more": -1.77,  # what of that share is beyond four tenths
    "omitted_many": -0.80,  # words left out beyond two; set by hand, for the pairs at hand have few
    "turned": -1.32,  # another order
    "scrambled": -2.36,  # another order that is no turning round of family and given names (son of A and B, son of B and A)
    "one_script": -5.93,  # both in one script, where likeness must be nearer
    "one_script_worst": 3.77,  # the same, times `worst`
    "han": 2.97,  # Chinese characters on one side
    "han_mean": -2.69,  # the same, times `mean`
    "abjad": 1.71,  # Arabic or Hebrew letters, which write few vowels
    "abjad_mean": -1.00,  # the same, times `mean`
    "kana": 0.03,  # kana
    "kana_mean": -0.03,  # the same, times `mean`
    "hangul": 1.37,  # Hangul
    "southeast": 0.60,  # Thai, Lao, Khmer or Burmese letters
    "southeast_mean": -0.57,  # the same, times `mean`
    "hangul_mean": -0.55,  # the same, times `mean`
}
