"""How one sound is spelled in the Latin orthographies of many languages, as the plainest letter; and short names for long ones.

Ordinary spelling rules: Polish cz and w, Hungarian and French ou and ch, Turkish ş, Lithuanian and Latvian endings, English sh, Spanish j …
Used to see that two Latin spellings are one name written by the rules of two languages, never to find names in texts.
"""

from __future__ import annotations

from monitor.match.tables.words import words

#: (letters, plain letters), applied in this order to a folded word.
PLAIN: tuple[tuple[str, str], ...] = tuple(
    (pair.split("=")[0], pair.split("=")[1])
    for pair in words(
        "tsch=c dsch=j sch=s tch=c dzh=j dz=z cz=c cs=c ts=c tz=c ch=c sh=s sz=s zh=z zs=z dj=j gj=j dg=j kh=h gh=g ph=f th=t bh=b dh=d "
        "ck=k qu=k q=k x=ks tx=c tj=c ya=ia ye=e yo=io yu=iu ja=ia je=e jo=io ju=iu ij=i ey=ei aj=ai ej=ei ay=ai oj=oi iy=i yi=i ii=i "
        "ou=u oo=u oe=u ue=u w=v y=i c=s z=s"
    )
)

#: Endings that Latvian, Lithuanian, Czech, Slovak and others write to foreign and women's names, in the plain spelling above.
ENDINGS: frozenset[str] = frozenset(words("s as is us es a e ova eva ka aite iene"))

#: Names that stand for each other in daily use; each line is one group (common usage in English, Spanish, French, German, Russian …).
SHORT: tuple[tuple[str, ...], ...] = tuple(
    tuple(line.split())
    for line in (
        "william bill billy will willie liam", "robert bob bobby rob robbie", "richard dick rick ricky rich", "edward ed eddie ted teddy ned",
        "theodore ted teddy theo", "james jim jimmy jamie", "john johnny jack jon", "michael mike mick mickey", "charles charlie chuck",
        "thomas tom tommy", "daniel dan danny", "david dave", "joseph joe joey", "josef sepp pepe jozef", "jose pepe", "francisco paco pancho",
        "ignacio nacho", "samuel sam sammy", "benjamin ben benny bibi", "alexander alex sasha sandy aleksandr alec", "alexandre alex", "anthony tony",
        "antonio tony toni tono", "andrew andy drew", "nicholas nick nicky", "christopher chris kit", "matthew matt", "gregory greg", "steven steve stephen",
        "patrick pat paddy", "peter pete", "philip phil", "ronald ron ronnie", "donald don donnie", "kenneth ken kenny", "lawrence larry",
        "henry harry hank hal", "frederick fred freddie", "timothy tim", "raymond ray", "gerald gerry jerry", "geoffrey geoff jeff", "jeffrey jeff",
        "leonard len lenny", "walter walt", "vincent vince", "victor vic", "martin marty", "arthur art", "douglas doug", "elizabeth liz beth betty lisa eliza",
        "margaret maggie meg peggy", "katherine kate kathy katie", "catherine cathy kate", "patricia pat patty trish", "deborah debbie deb",
        "barbara barb", "jennifer jenny jen", "susan sue susie", "rebecca becky", "jacqueline jackie", "victoria vicky", "christina chris tina",
        "dmitry dima mitya", "mikhail misha", "vladimir volodya vova", "nikolay kolya", "ivan vanya", "maria masha", "ekaterina katya", "anastasia nastya",
        "yevgeny zhenya", "aleksey alyosha lyosha", "sergey seryozha", "mohammed mohd muhd", "abdul abd",
    )
)  # fmt: skip
