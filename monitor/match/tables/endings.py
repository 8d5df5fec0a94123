"""What languages write to the beginning or end of a name: case endings, articles, prepositions of one letter, honorifics.

In the folded spelling of texts. Ordinary grammar of each language, listed by script because a text's language may be unknown; an ending says
nothing by itself, it only lets the rest of the word be compared.
"""

from __future__ import annotations

from monitor.match.tables.words import words

#: Script → endings, any of which a name may carry.
AFTER: dict[str, tuple[str, ...]] = {
    "Latn": words(
        "'s 's' ' s a u e i o y n t om em ov ova ovi ovu ovou ove ovy ou am im ami ie ego emu ej oj on in an en as is us es os ui aus ą ę ia iai io iu "
        "ille lle lla lta lta ssa sta sti sto lle ksi na ja ta tta nak nek val vel ban ben bol tol hoz hez ra re rol ert ot et at t "
        "nin nun in un nda de da den dan te ta ten tan ni nu si ya ye yi yu dir la le yla yle e eri ning dan ga ka qa ni lik "
        "'nin 'nun 'in 'un 'a 'e 'ya 'ye 'i 'u 'da 'de 'dan 'den 'ta 'te 'yi 'yu 'la 'le 'dir ens en et ar er it in it ut ul ului ei "
        "nak nya lah kah pun ku mu uka oka"
    ),
    "Cyrl": words(
        "а у ю я е и ы о ом ем ой ей ою ею ым им ого его ому ему ов ев ова ева ову еву овым евым ове еве овой евой ами ями ах ях ии ию ия ові еві "
        "ою єю ем єм єві і ї ам от ът ят та то те ият ски ский ского скому ским ском ская ской скую "
        "ның нің дың дің тың тің нын нин дын дин тын тин нун нүн дун дүн га ге қа ке ка ға го гө ко кө ны ні ды ді ты ті ди ни ти да де та те нан нен дан ден "
        "тан тен мен бен пен дон дөн нон нөн ын ин ийн ыг ийг ыгийн гийн д т аас ээс оос өөс тай тэй той аар ээр оор өөр "
        "ро ра и ни дан га нинг нинг"
    ),
    "Grek": words("ς ου ο α η ης ας υ ν"),
    "Armn": words("ը ն ի ին ից ով ում եանի յանի անին ու"),
    "Geor": words("ი მა ს ის ით ად მ სა თან ზე სთან ისა ისთვის მაც იც"),
    "Hebr": (),
    "Arab": words(
        "ا ي ه ها هم ى ئ نى ني ين نىڭ غا گه قا كه دا ده تا ته دىن تىن نين را هاي ان ات ش م ت اش يان ی دى دي تى لا له جو جي کي جا"
    ),
    "Ethi": words("ን ም ና ው ዋ ት ች ስ ንም ናም ውን"),
    "Deva": words("कडे सहित सह ने को का की के से में पर नी ला ची चा चे च्या ना हरू ले लाई बाट मा द्वारा चं ही यांनी यांच्या ेन े ा"),
    "Beng": words("র এর ের কে য় ে তে রা ও ই েরই য়ের"),
    "Guru": words("ਨੇ ਨੂੰ ਦਾ ਦੀ ਦੇ"),
    "Gujr": words("ે એ ના ની નો નું નાં ને થી માં ેે"),
    "Taml": words(
        "ின் ன் இன் ஐ ை க்கு ுக்கு ிற்கு ஆல் ால் உடன் ுடன் ிடம் ம் உம் ும் வின் வும் வுக்கு யின் வை யை வுக்கு யுக்கு ிடமிருந்து ிலிருந்து"
    ),
    "Telu": words("ు ను ని కు కి తో లో యొక్క కూ గారు నే చే"),
    "Knda": words("ನ ನು ್ ಅವರ ರ ಗೆ ಅನ್ನು ನ್ನು ವನ್ನು ಿನ ಿಂದ ದ ಯ ೆ ನಿಗೆ ಗಾಗಿ ಅವರು ರನ್ನು ರಿಗೆ"),
    "Mlym": words("ുടെ ുടെയും ാണ് ുമായി ിനൊപ്പം ന്റെ ിന്റെ െ ിനെ ിന് ിനോട് ും ഉം ാണ് യുടെ യ്ക്ക് യെ യും ിനും നെ ിൽ"),
    "Sinh": words("ගේ ට ව ගෙන් ද ත් මහතා ලා"),
    "Hang": words(
        "은 는 이 가 을 를 의 에 에게 와 과 도 로 으로 이가 이는 이나 만 씨 씨는 씨가 씨의 님 까지 부터 에서 에게서 한테 이라고 라고 보다 처럼 전 대통령 의원 기자 변호사 대표"
    ),
}

#: Script → what may be written to the beginning of a name.
BEFORE: dict[str, tuple[str, ...]] = {
    "Hebr": words("ו ה ב כ ל מ ש של וב ול ומ וש מה ה וה"),
    "Arab": words("و ف ب ك ل لل وال بال ال لال فال"),
    "Ethi": words("የ በ ለ ከ እነ ስለ እና ና ን ብ ንብ ካብ ከም ናይ"),
    "Latn": words("u ku no na ngu nge l' d' dell' all' nell' sull' qu' n' kwa e o"),
}
