"""How groups of Latin letters may sound, as classes of consonants: what a name may look like once others have written it by ear.

Classes: P B F V (v w) T D K (k q) G S (s z sh zh) C (ch j ts dz) L R M N, H at the beginning only, A any vowel at the beginning.
The first class of a line is the ordinary one; each further one is a reading of some language (Spanish j, German w, Polish cz, French silent
endings, English r that is not heard …). Read from the top; "^" holds at the beginning of a name, "$" at its end.
"""

from __future__ import annotations

#: (letters, readings); "-" is a reading in which nothing is heard.
READINGS: tuple[tuple[str, str], ...] = (
    ("tsch", "C"), ("dsch", "C"), ("^sch", "S SK"), ("sch", "S SK"), ("tch", "C"), ("dzh", "C"), ("dge", "C"), ("dj", "C"), ("^ch", "C S K H"),
    ("ch", "C K S -"), ("sh", "S C"), ("zh", "S C"), ("^kh", "K H"), ("kh", "K -"), ("^gh", "G K"), ("gh", "G - F K"), ("ph", "F P"), ("th", "T S D"),
    ("^wh", "V H A"), ("wh", "V -"), ("ck", "K"), ("cq", "K"), ("qu", "K KV"), ("cz", "C S"), ("cs", "C S KS"), ("sz", "S C"), ("zs", "S"),
    ("rz", "S RS"), ("tz", "C S TS"), ("ts", "C S TS"), ("ds$", "D DS C TS"), ("dz", "C S"), ("tx", "C KS"), ("^x", "S C H KS"), ("x", "KS S -"),
    ("nge", "NC NG N"), ("ngi", "NC NG N"), ("ng", "N NG NK"), ("^gn", "N GN"), ("gn", "N GN"), ("^kn", "N KN"), ("^wr", "R VR"), ("^pf", "F PF"), ("mb$", "M MB"), ("mn$", "M MN"),
    ("ll", "L -"), ("lm$", "LM M"), ("lk", "LK K"), ("lc", "LK K LS"), ("^ce", "S C"), ("^ci", "S C"), ("ce", "S C K"), ("ci", "S C K"), ("cy", "S C"), ("c", "K C S"), ("^ge", "C G H S"), ("^gi", "C G H"),
    ("^gj", "G C K"), ("^gy", "C G"), ("ge$", "C S G"), ("ge", "C G - S"), ("gi", "C G -"), ("gy", "C G"), ("g$", "G K"), ("g", "G C K"), ("^j", "C A S H"), ("j", "C - S"), ("^h", "H A K"),
    ("h", "-"), ("^w", "V A"), ("w", "V -"), ("^y", "A C"), ("^ua", "A V"), ("^ue", "A V"), ("^ui", "A V"), ("^oua", "A V"), ("v", "V F - B"),
    ("f", "F P"), ("z", "S C"), ("ss", "S"), ("s$", "S -"), ("s", "S"), ("tti", "T C"), ("ti", "T C"), ("di", "D C"), ("t$", "T -"), ("d$", "D - T"), ("dt$", "T"), ("dt", "T"),
    ("nt$", "NT N"), ("rd$", "RD D R RT"), ("t", "T"), ("d", "D T"), ("b", "B V P"), ("p", "P B"), ("k", "K"), ("q", "K G"), ("l", "L"), ("m", "M"), ("n", "N"),
)  # fmt: skip

#: Sounds of other scripts (the Latin letters `heard` writes) → class. Longest first.
SOUNDS: dict[str, str] = {
    "tsh": "C", "dzh": "C", "dj": "C", "dch": "C", "tch": "C", "sch": "S", "ck": "K", "cz": "C", "sz": "S", "ph": "F", "sh": "S", "zh": "S", "ch": "C", "dz": "C", "kh": "K", "th": "T", "ng": "N", "ny": "N", "nh": "N", "ks": "KS",
    "p": "P", "b": "B", "f": "F", "v": "V", "w": "V", "t": "T", "d": "D", "k": "K", "g": "G", "q": "K", "s": "S", "z": "S", "c": "C", "j": "C",
    "l": "L", "r": "R", "m": "M", "n": "N", "x": "KS",
}  # fmt: skip
