"""How the letters of a Latin name answer the sounds of its spelling in another script: weights of an alignment, in bits.

Counted by expectation maximisation over Wikidata labels of public figures (CC0), names of two scripts side by side; no name is kept here, only how
often a group of Latin letters stood for a group of sounds. Each line: letters=sounds:cost, cost = -log2 of the joint probability; an empty side is
a letter that is silent or a sound that is added. FREQUENCY: -log2 of how often each letter occurs by chance on either side.
"""

from __future__ import annotations

COSTS: dict[str, str] = {
    "alph": (
        "=a:11.2 =h:8.7 =i:7.0 =o:13.5 =u:11.1 =y:13.6 a=:10.4 a=a:3.0 a=e:8.3 a=ei:11.5 a=h:13.4 a=i:11.6 ab=e:10.6 ac=e:10.6 ae=:11.6 "
        "ai=e:8.7 aj=e:11.6 as=a:10.6 au=o:9.2 aul=o:11.6 b=b:6.7 b=mp:6.5 b=mpi:11.6 b=p:10.5 b=v:11.6 bb=mp:10.6 bo=mp:10.6 bo=p:11.6 "
        "c=c:8.1 c=h:11.6 c=k:7.0 c=s:9.5 c=ts:11.5 ch=:11.0 ch=h:10.5 ch=k:9.7 ch=s:8.9 ck=k:8.7 coo=ku:11.0 d=d:5.7 d=nt:6.5 d=t:7.9 "
        "da=nti:11.6 dd=di:11.6 dd=nt:11.6 do=nt:10.6 dt=t:10.2 du=nti:11.0 dw=ntu:11.6 e=:7.1 e=a:10.2 e=e:3.9 e=h:10.5 e=i:8.8 e=o:11.5 "
        "e=var:11.6 e=y:13.8 e=zef:11.6 ea=i:10.0 el=e:10.5 en=e:9.4 eph=iv:10.0 es=:9.6 es=e:11.6 ey=i:10.9 f=f:7.6 f=p:9.7 g=:10.2 "
        "g=g:5.6 g=h:11.6 g=i:12.6 g=j:10.5 ge=j:10.9 ge=tze:11.0 ge=ze:11.0 gi=zi:11.6 gn=ni:11.6 h=:7.4 h=h:5.6 he=a:11.6 ho=:11.6 "
        "i=:10.2 i=a:10.6 i=ay:10.9 i=e:9.4 i=i:3.6 i=y:8.8 ich=ek:11.6 ign=ni:11.6 ill=gi:11.0 is=i:10.6 j=g:10.6 j=gi:8.7 j=i:11.6 "
        "j=j:7.2 j=y:12.6 j=z:12.5 ja=ia:11.6 ja=ya:10.9 je=z:10.3 jo=che:11.6 k=:12.6 k=k:5.6 kh=h:9.5 l=:11.6 l=l:4.3 la=a:9.8 le=:11.5 "
        "le=e:10.2 li=i:11.6 ll=gi:10.0 ly=i:11.6 m=m:4.8 ma=a:11.6 mo=o:11.5 n=:12.6 n=n:3.5 nd=n:11.0 nd=ni:11.6 ne=e:8.7 nge=nz:11.6 "
        "ny=i:10.2 o=:9.0 o=a:9.1 o=e:12.6 o=i:12.6 o=o:4.3 o=u:10.0 o=w:11.4 ois=ua:10.2 p=:12.6 p=b:12.4 p=p:6.0 pe=:10.6 ph=f:9.4 "
        "phe=f:11.6 q=k:10.5 qu=k:11.0 que=k:11.6 r=:9.1 r=r:3.8 rd=r:9.8 re=:12.6 ry=i:10.2 s=:12.5 s=k:12.6 s=s:4.4 s=z:9.2 se=e:11.0 "
        "seh=e:11.6 t=:8.1 t=d:11.5 t=ed:11.6 t=s:12.6 t=t:4.9 te=:12.5 ts=ch:11.0 tt=ti:11.6 u=:11.4 u=a:10.2 u=e:12.5 u=i:10.3 u=u:5.3 "
        "u=w:13.0 ue=:11.6 v=b:13.6 v=f:10.9 v=v:5.7 ve=uv:11.6 w=gu:9.8 w=u:8.5 w=v:9.2 w=w:13.0 war=uo:11.6 wil=ui:11.6 x=ks:9.7 y=:11.5 "
        "y=e:12.6 y=gi:9.4 y=i:7.0 y=y:7.7 z=c:11.5 z=s:10.5 z=z:6.7 "
    ),
    "arab": (
        "=a:8.1 =h:11.2 =i:13.9 =n:13.3 =u:11.9 =w:13.3 =y:10.4 a=:5.3 a=a:3.4 a=ala:11.3 a=e:13.3 a=h:8.6 a=w:11.7 a=y:8.1 ab=ay:12.3 "
        "ab=yh:12.3 ac=:10.5 ac=a:10.5 ai=:11.3 aj=:13.3 am=:13.3 amp=m:11.3 an=:12.3 an=a:10.7 ar=:11.0 ard=r:12.3 at=:13.3 au=:11.0 "
        "au=o:12.2 au=w:9.7 avi=wy:11.7 avi=yw:10.5 avo=fw:12.3 aw=:13.3 ax=ks:11.7 ay=:13.3 az=d:12.3 b=b:5.1 bd=:12.3 bel=p:11.3 "
        "bot=w:12.3 c=c:8.2 c=j:11.3 c=k:6.6 c=s:8.9 c=ts:10.0 ca=k:11.0 cas=k:12.3 cca=k:11.7 ce=s:11.0 ch=h:10.0 ch=k:10.5 co=k:10.3 "
        "col=k:11.7 col=kw:11.0 cot=ka:11.3 d=:10.7 d=d:4.6 dal=wd:12.3 dl=:12.3 e=:4.6 e=a:7.0 e=ay:11.7 e=e:9.6 e=h:8.1 e=hy:12.3 "
        "e=w:11.3 e=war:11.3 e=wr:12.3 e=y:6.6 e=yh:11.3 ea=y:10.3 eau=w:12.3 eb=:12.3 ec=:13.3 ee=y:9.6 ef=:11.3 eg=:13.3 eis=y:12.3 "
        "ek=:13.3 el=:8.8 el=a:12.3 en=:9.4 en=y:11.0 eph=f:12.3 eq=k:12.3 er=:10.3 er=rj:12.3 er=y:11.3 er=yh:11.7 es=:12.3 es=z:9.9 "
        "et=:10.5 eve=w:12.3 eve=yw:11.3 evi=wy:10.7 ex=ks:10.5 exa=ks:12.3 f=f:6.8 fa=:12.3 fre=r:11.0 g=:11.7 g=g:6.0 g=j:10.1 g=k:10.9 "
        "ge=alj:11.3 ge=j:10.3 geo=j:10.5 ger=je:12.3 ger=jy:12.3 gh=:12.3 gil=jy:12.3 gn=ny:12.3 h=:8.7 h=a:11.7 h=alh:11.7 h=h:4.8 "
        "ha=alg:12.3 hae=yk:11.3 he=:11.0 he=y:12.3 hi=y:10.7 ho=a:11.7 ho=w:10.0 i=:8.0 i=a:10.3 i=ay:8.7 i=hy:11.7 i=i:9.9 i=y:4.2 "
        "i=yy:10.7 ian=ya:11.7 ic=a:11.3 ic=y:9.3 id=y:11.0 ie=y:8.5 igh=ay:11.7 ii=y:11.7 il=:13.3 il=y:9.0 im=ymz:12.3 iot=yw:12.3 "
        "ir=ry:12.3 is=ayz:12.3 it=y:11.0 iv=lyf:12.3 j=g:13.3 j=j:6.3 j=lha:12.3 j=z:12.3 ja=y:11.7 ja=ya:10.7 je=y:12.3 jo=yw:11.3 "
        "joh=yw:12.3 ju=chw:12.3 ju=yw:11.7 jy=yw:12.3 k=:12.3 k=alk:11.7 k=k:5.2 ke=:13.3 l=:11.0 l=l:4.2 l=n:13.3 la=a:11.7 le=:11.7 "
        "le=h:11.7 le=y:12.3 li=:13.3 lke=k:11.3 ll=:13.3 m=:12.3 m=m:4.5 ma=:11.0 mo=alm:11.7 mo=w:11.7 n=n:3.5 ne=:11.7 ne=y:10.7 "
        "nie=y:11.7 o=:8.0 o=a:7.5 o=aw:11.0 o=o:8.1 o=w:5.0 o=wh:12.3 oc=a:12.3 oge=aj:11.7 oh=a:10.0 oh=w:10.3 ois=wa:11.7 ol=:13.3 "
        "on=:12.3 oo=w:9.2 os=:12.3 os=wsh:11.3 ot=:12.3 ot=a:12.3 ou=:13.3 ou=a:12.3 ou=w:9.0 ous=w:12.3 ov=f:11.7 ov=w:11.7 p=b:8.8 "
        "p=p:7.0 pe=b:12.3 pet=y:12.3 ph=f:11.0 phe=f:11.3 phi=fy:11.7 po=w:12.3 ppo=bw:12.3 q=k:11.7 qua=kw:12.3 r=:11.6 r=r:3.7 ra=:13.3 "
        "ra=alr:11.7 re=:11.3 s=:13.2 s=ash:12.3 s=s:4.7 s=th:12.3 s=z:8.0 sa=:10.2 se=:12.3 se=y:11.7 sei=y:11.0 si=y:11.3 sse=as:12.3 "
        "t=:9.1 t=ad:11.3 t=ayd:12.3 t=d:13.2 t=t:4.7 te=:11.3 tee=y:12.3 th=d:12.3 ti=y:11.3 tow=b:12.3 u=:8.7 u=a:9.1 u=aw:10.5 "
        "u=rwk:12.3 u=u:11.7 u=w:6.3 u=yw:10.5 ub=w:11.7 uc=a:10.7 ud=a:11.3 ud=h:12.3 ue=:11.7 ugh=yw:11.7 ul=:10.7 ul=w:11.3 ult=w:12.3 "
        "um=n:11.7 und=wn:12.3 ur=:13.3 v=f:7.9 v=v:9.3 v=w:8.4 va=w:12.3 va=yw:12.3 vez=w:12.3 vi=hyv:12.3 w=:12.3 w=f:12.3 w=w:6.3 "
        "x=s:12.3 xe=ks:12.3 y=i:13.4 y=y:5.6 yc=c:12.3 yve=w:12.3 z=z:7.3 "
    ),
    "cyrl": (
        "=a:9.3 =h:8.5 =i:10.3 =r:12.7 =u:12.8 =y:7.7 =z:11.9 a=:10.0 a=a:3.3 a=e:6.7 a=ei:9.4 a=ey:13.7 a=i:13.7 a=o:8.7 a=y:13.1 "
        "aa=o:13.2 ac=e:11.2 agh=i:13.7 aha=e:12.4 ai=e:10.5 aix=e:13.2 aj=ai:11.6 aj=an:13.7 aj=ay:13.7 al=a:12.7 al=o:13.1 an=a:12.4 "
        "ann=y:13.7 ard=r:13.2 asc=es:12.7 au=o:10.5 auc=os:13.2 av=au:12.4 aw=o:12.1 b=b:5.3 b=rob:12.7 bi=ui:13.2 bo=:13.7 bot=a:13.7 "
        "bot=o:13.7 c=ak:11.0 c=c:7.4 c=h:13.7 c=ich:13.7 c=j:12.4 c=k:6.6 c=s:8.9 ca=kei:13.7 cc=ak:12.7 cc=akk:11.0 ce=s:10.9 ch=h:9.5 "
        "ch=k:9.6 chi=ky:13.7 chw=hv:12.4 ck=ard:12.7 ck=k:9.8 cke=k:13.7 co=k:12.7 coc=ko:13.2 coo=ku:13.2 cot=k:13.7 d=d:4.9 d=dim:12.7 "
        "d=lyu:13.7 d=ric:12.7 d=t:13.4 de=ne:12.7 di=:13.2 ds=d:13.7 dt=t:11.6 dy=i:13.7 dzh=j:11.7 e=:6.6 e=a:10.0 e=e:3.9 e=h:11.5 "
        "e=ha:12.7 e=i:10.1 e=uar:13.7 e=var:12.7 e=y:10.3 e=ya:12.4 e=zef:12.7 ea=i:10.7 eau=o:13.2 ee=i:10.2 ejs=ei:12.7 el=e:13.7 "
        "en=e:12.4 eph=iv:12.1 eph=yv:13.7 es=:11.3 es=z:11.9 ev=au:13.7 ey=i:9.7 f=f:7.0 g=:10.4 g=g:5.8 g=h:13.7 g=j:9.6 g=zh:11.0 "
        "ge=j:11.0 ge=zh:11.4 gi=j:12.4 gil=ji:13.7 gli=l:12.7 gn=ny:12.7 h=:7.5 h=g:8.5 h=gy:12.7 h=h:5.8 h=y:12.1 ha=e:12.2 hae=ik:11.9 "
        "he=:13.1 hel=ge:13.7 hi=:13.2 ho=u:11.9 hu=e:13.7 i=:10.8 i=a:12.7 i=ay:12.7 i=e:10.8 i=h:11.6 i=hiy:13.2 i=i:3.7 i=iev:13.7 "
        "i=y:8.5 i=yy:13.7 i=zhi:11.6 ic=a:11.9 ier=e:10.7 ig=ai:13.7 igh=ai:12.7 il=ben:13.7 il=i:11.6 il=ir:13.7 is=a:13.2 is=i:12.4 "
        "is=ii:13.7 j=geo:13.7 j=h:11.4 j=i:13.2 j=j:7.8 j=zh:10.0 ja=ya:8.9 je=e:12.4 je=ie:11.9 je=ye:13.1 jel=e:13.2 ji=i:11.9 "
        "ji=ic:13.7 ji=ii:13.7 ji=yi:12.7 jo=che:12.7 jo=e:13.2 jo=io:11.0 jo=o:12.7 jo=yo:11.7 joh=io:13.7 jos=ez:13.7 ju=yu:10.4 "
        "jy=yu:12.7 k=h:13.7 k=k:5.4 ke=ikl:12.7 kh=h:9.5 kiz=nd:13.1 kk=k:13.7 l=l:4.2 l=yam:13.2 la=olo:12.7 la=ya:12.2 le=:12.7 "
        "le=e:12.7 le=ul:12.7 lfe=f:13.7 li=y:11.3 lj=ely:13.7 ll=:12.2 llo=io:12.7 lo=o:13.2 m=m:4.7 m=mas:12.7 ms=m:13.7 n=n:3.5 "
        "nd=n:12.7 ne=:13.7 ne=e:11.1 nel=e:13.7 nie=i:13.7 ns=n:13.2 ny=i:12.7 o=:9.2 o=a:8.6 o=e:10.1 o=i:13.2 o=o:4.2 o=u:11.5 o=w:13.5 "
        "o=y:12.4 ob=ert:12.7 oe=u:12.7 ois=ua:11.9 oit=ua:13.7 ok=e:13.7 ond=un:13.7 oo=u:11.4 os=ash:12.7 os=o:12.4 ov=au:12.2 oy=ua:12.7 "
        "p=p:6.2 p=pp:13.7 ph=f:10.3 phe=f:13.1 phy=fi:12.7 po=a:13.7 q=g:12.4 q=k:12.1 qu=kv:12.2 que=k:12.4 r=:13.5 r=r:3.7 r=rgi:13.7 "
        "rd=r:11.6 ry=i:11.6 ry=y:12.7 s=:13.7 s=s:4.4 s=z:9.2 sa=:13.7 sa=a:11.4 se=e:12.1 so=o:13.7 squ=k:13.7 sy=i:13.2 t=:9.1 t=c:10.7 "
        "t=d:13.7 t=ed:12.2 t=s:13.2 t=t:4.7 to=ce:13.7 ts=c:10.3 tt=c:13.7 tz=c:12.4 u=:10.8 u=a:9.2 u=e:9.9 u=i:12.2 u=u:5.6 u=y:12.7 "
        "uc=a:12.4 ud=:13.7 ud=a:12.7 ue=:13.7 ugh=af:13.7 ugh=yu:13.7 ul=u:12.7 ult=o:13.2 ure=ra:12.2 ux=:12.7 uy=i:13.2 v=v:5.4 "
        "vl=ul:12.4 vs=v:12.7 w=:12.7 w=u:8.1 w=v:8.4 w=va:12.4 wh=ua:13.2 wic=ui:13.7 wic=vi:13.1 wo=v:13.7 woo=vu:12.7 wy=uai:13.7 "
        "x=ks:10.0 y=:10.2 y=ai:11.3 y=e:13.2 y=i:6.7 y=ii:12.4 y=y:7.7 y=yu:11.2 yce=is:13.7 yh=i:13.7 yo=e:12.7 z=c:10.0 z=s:9.9 z=z:7.6 "
        "zz=c:13.1 "
    ),
    "hang": (
        "=a:9.9 =g:9.2 =h:13.9 =i:11.3 =j:12.1 =n:12.1 =o:13.0 =r:6.9 =u:4.5 =y:9.6 a=:10.3 a=a:3.3 a=e:6.4 a=ei:9.4 a=h:12.9 a=i:11.1 "
        "a=o:6.7 ab=e:11.1 ac=e:10.5 am=e:11.1 ar=el:11.1 ar=o:11.0 au=o:10.4 av=b:10.5 av=eib:10.5 aw=o:11.0 b=b:5.5 b=mp:13.6 b=p:9.0 "
        "bb=p:11.1 c=:12.0 c=c:8.3 c=ch:10.1 c=e:12.1 c=k:6.7 c=ku:10.0 c=s:9.2 c=uk:9.7 cc=ek:11.0 cc=ekk:11.0 cc=k:10.5 ck=ku:11.0 "
        "d=:12.1 d=d:5.1 d=nt:13.6 d=t:12.9 d=u:12.1 dd=du:11.0 e=:7.3 e=a:9.7 e=e:4.2 e=i:8.6 e=o:9.7 e=u:8.9 e=y:11.5 ea=i:9.7 ee=i:10.4 "
        "er=o:7.7 es=su:10.5 eve=bu:11.1 ey=ri:10.5 f=:12.1 f=f:12.3 f=h:12.0 f=p:8.2 f=pu:8.7 g=g:5.9 g=h:11.1 g=j:10.4 g=k:11.7 g=u:12.0 "
        "g=ugu:10.5 ge=toj:11.1 gi=j:11.0 h=:6.7 h=g:11.0 h=h:5.6 h=i:11.0 h=u:8.5 h=y:8.7 haw=yo:11.0 i=:9.9 i=a:12.0 i=i:3.7 i=o:12.1 "
        "i=y:10.2 ic=i:10.4 il=i:10.4 iz=rij:10.5 j=h:10.5 j=j:6.8 j=y:10.1 ja=ya:9.4 jaa=ye:11.1 ji=i:11.0 jj=ji:11.1 k=:11.1 k=g:9.2 "
        "k=gku:10.5 k=k:5.3 l=:9.2 l=l:5.2 l=r:9.1 l=u:12.0 l=ulr:7.6 las=ra:11.0 le=re:10.4 le=ul:10.0 les=ul:11.1 li=ri:9.4 lie=ri:11.0 "
        "lip=ri:11.0 ll=:12.0 llo=yo:11.0 lo=ro:10.0 lu=ru:10.5 m=:12.1 m=m:4.4 n=:10.1 n=n:3.7 nd=n:10.0 ne=:11.0 ni=i:11.1 o=:13.8 "
        "o=a:9.1 o=o:4.4 o=u:8.2 o=w:9.9 on=o:11.0 or=ro:11.0 p=b:11.9 p=p:6.2 qu=k:11.0 r=:8.1 r=h:12.1 r=r:4.1 r=uru:11.0 rd=du:8.7 "
        "rds=ju:10.0 re=o:9.5 rk=ku:9.5 rl=lr:11.1 rs=su:11.0 ry=i:8.9 s=:11.0 s=j:10.5 s=ju:11.1 s=s:4.6 s=usu:10.5 sa=a:10.0 se=e:9.7 "
        "si=i:11.1 t=:8.4 t=d:8.9 t=s:9.7 t=t:5.3 t=utu:8.9 tc=chi:11.1 te=:11.0 ti=uch:11.1 tur=u:11.1 u=:8.9 u=o:9.7 u=u:5.4 u=w:12.4 "
        "ucu=ko:11.1 ul=:12.0 ur=o:10.0 v=b:6.9 v=p:11.0 v=pu:8.6 v=ub:9.5 v=v:10.9 w=b:10.5 w=u:9.4 w=v:13.1 w=w:7.0 x=ksu:11.1 y=:11.0 "
        "y=ai:10.5 y=i:7.4 y=o:11.1 y=y:8.1 yid=i:11.1 z=:12.1 z=j:8.0 z=ju:9.7 z=s:10.9 z=su:10.0 z=z:12.4 zz=ch:11.0 zz=j:10.5 "
    ),
    "hani": (
        "=a:7.0 =e:5.3 =g:6.7 =h:8.2 =i:5.3 =j:11.6 =n:9.0 =o:10.0 =r:12.6 =s:11.0 =u:6.1 =w:12.6 =y:7.8 a=a:3.3 a=aik:11.6 a=e:7.9 "
        "a=ei:10.6 a=i:9.0 a=k:10.3 a=o:12.6 a=oe:11.6 a=u:10.0 ab=a:11.6 ab=ai:11.6 ac=ai:11.6 ad=o:11.0 ael=ke:10.6 aj=ayi:11.6 ak=:12.6 "
        "ak=ai:11.6 al=aer:9.6 al=ai:11.6 ald=er:11.6 all=ao:11.6 all=er:10.6 ar=o:11.0 ard=de:11.6 ard=o:11.6 av=we:11.0 ay=eie:11.0 "
        "b=:12.6 b=b:5.1 b=bot:11.0 bb=bu:11.0 ber=po:11.6 bo=luo:11.0 bot=o:11.0 c=c:7.6 c=chi:10.6 c=enk:11.6 c=g:12.6 c=gsu:10.6 "
        "c=h:12.6 c=ika:11.6 c=ike:10.0 c=k:7.0 c=ka:11.0 c=ke:9.8 c=s:9.8 cc=aik:10.0 ch=h:9.1 ck=eke:9.8 ck=ke:8.1 col=ke:9.6 cr=kel:11.0 "
        "d=d:5.5 d=gde:10.3 d=ide:8.5 d=idu:11.6 d=j:12.6 d=t:11.6 di=i:11.0 ds=zi:11.6 dt=te:11.0 e=:7.0 e=a:6.9 e=ai:8.5 e=aie:11.0 "
        "e=aiy:11.0 e=e:5.0 e=eie:11.6 e=gne:11.6 e=hie:11.6 e=i:7.5 e=n:12.6 e=o:10.0 e=u:9.4 e=yi:10.3 ea=:12.6 ea=ais:11.6 ec=ei:11.6 "
        "ee=:12.6 ei=a:10.0 ek=ei:11.6 el=eer:8.7 el=er:10.3 el=ier:11.0 el=uer:11.6 ell=uo:11.0 en=ing:10.3 eo=:12.6 eph=if:11.0 er=a:9.0 "
        "er=ail:11.0 er=o:8.3 es=:11.6 es=ash:11.0 et=i:11.6 eth=ai:10.6 ew=:12.6 ex=ish:10.6 ey=i:9.4 f=f:6.9 fet=ei:11.6 ff=efu:10.3 "
        "g=:10.0 g=g:6.5 g=ige:10.0 g=ij:11.6 g=j:10.3 g=ji:8.5 g=oji:11.6 g=uku:11.6 ger=ji:11.0 gg=ige:11.6 gi=:12.6 gn=niy:11.6 h=:8.3 "
        "h=a:12.6 h=e:9.8 h=ghu:11.6 h=h:5.3 h=i:12.6 h=shi:11.0 h=u:9.8 he=:12.6 ho=ang:10.6 hr=el:9.4 hr=gel:11.6 hur=e:11.6 i=:11.0 "
        "i=a:11.6 i=e:9.1 i=i:4.1 i=luo:11.6 ich=ai:9.4 id=ei:9.8 iin=e:11.6 ik=i:11.0 il=ei:9.8 il=i:10.3 il=ier:9.6 in=:12.6 is=wa:10.6 "
        "is=yi:11.6 j=chi:9.6 j=j:7.2 j=r:12.6 ja=ya:9.3 jaa=ye:11.6 jea=ra:10.6 ji=yi:10.6 jo=iyu:11.0 jo=yue:8.4 ju=you:11.0 k=enj:11.6 "
        "k=g:10.6 k=h:10.0 k=huk:11.0 k=ij:8.7 k=ike:9.8 k=j:9.6 k=k:6.3 kea=ji:11.6 l=ela:11.0 l=ier:10.0 l=l:4.9 l=lei:10.0 l=luo:10.3 "
        "lc=ik:11.6 lc=k:11.6 ld=:11.0 ld=rde:11.6 le=:11.6 le=ier:11.0 ler=ei:11.0 lf=ful:11.6 ll=:12.6 ll=er:10.3 ll=ier:11.0 lo=o:10.6 "
        "ly=i:11.6 m=him:11.6 m=imu:11.0 m=m:4.6 m=mas:11.6 m=n:8.7 m=ng:10.6 ma=nmo:11.0 mp=pu:10.6 n=:11.6 n=n:3.5 nd=n:9.8 ne=:11.0 "
        "ne=en:10.3 ns=si:11.6 o=:9.6 o=a:8.5 o=aie:11.0 o=ang:9.6 o=aoe:10.0 o=e:7.3 o=hu:9.4 o=iao:10.6 o=o:5.7 o=oue:11.6 o=u:7.8 "
        "o=ue:11.0 o=uk:11.6 o=uoe:9.8 o=wu:11.6 oc=ao:11.6 od=de:11.0 oh=a:10.6 ok=ei:11.6 ol=oer:10.0 old=er:11.6 olm=en:11.6 on=ang:9.6 "
        "on=eng:10.6 oo=u:11.0 or=aol:9.8 or=e:10.6 or=wul:11.6 ott=te:10.6 ou=gsh:11.6 p=b:8.4 p=bid:9.8 p=f:10.3 p=p:6.8 q=k:11.6 r=:6.6 "
        "r=elu:11.6 r=r:6.2 ra=ala:11.6 ra=ela:11.0 ra=la:8.0 ra=ula:9.4 rah=la:11.6 rc=ke:11.6 rc=kel:11.6 rd=:10.0 rd=de:8.8 rd=er:11.6 "
        "rds=zi:11.6 re=ele:11.0 re=eli:9.6 re=ile:11.6 re=lei:8.9 re=lu:11.6 re=ule:11.6 ree=li:11.0 rg=ige:11.6 rga=g:11.0 ri=eli:9.6 "
        "ri=li:7.9 rie=le:11.6 rie=li:11.0 rk=ji:11.6 rk=ke:9.6 rn=een:11.0 rn=ng:11.6 ro=elu:11.6 ro=ilu:11.0 ro=la:11.0 ro=lu:11.6 "
        "ro=luo:8.1 ro=ul:10.0 rre=lu:11.6 rry=li:10.3 rs=si:9.6 rt=d:9.8 rt=te:11.6 rts=ci:11.6 ru=lu:10.0 ru=ulu:11.6 rud=lu:11.6 "
        "rv=wa:11.6 ry=li:10.0 ry=ul:11.0 s=:12.6 s=isi:9.6 s=s:4.5 s=u:11.6 s=usi:11.6 sa=a:11.6 se=e:11.6 seh=hi:11.6 si=hi:10.6 "
        "ss=osi:11.6 t=:9.8 t=d:9.1 t=g:12.6 t=gte:11.6 t=hid:10.3 t=id:10.6 t=ite:8.3 t=itu:9.6 t=j:12.6 t=s:11.6 t=t:5.7 t=ute:11.6 "
        "te=:9.8 th=:12.6 th=d:9.4 to=idu:11.0 tr=:10.3 ts=c:10.6 tt=d:11.0 tt=s:11.6 tt=te:9.1 ty=chi:11.0 u=a:10.0 u=e:9.4 u=i:11.6 "
        "u=nua:11.0 u=o:8.1 u=u:6.8 u=you:10.3 ue=:11.6 ul=ou:11.6 ull=o:11.6 ult=uo:11.6 ur=e:11.0 v=:12.6 v=bu:11.6 v=ewa:11.6 v=f:11.6 "
        "v=fu:8.4 v=iw:11.0 v=iwo:11.6 v=ofu:10.6 v=w:7.8 v=we:9.6 va=iwe:11.6 w=ehu:10.3 w=hu:10.3 w=jiw:11.6 w=o:9.3 w=ohu:10.3 w=u:11.6 "
        "w=w:7.6 wn=ang:10.3 wr=:12.6 x=esi:10.6 x=kes:10.3 y=:11.0 y=g:12.6 y=gni:10.0 y=hu:11.6 y=i:7.1 y=iyi:11.0 y=o:11.6 y=y:8.1 "
        "ye=ang:11.6 yn=u:10.6 yra=il:11.6 yt=nd:11.0 z=ch:9.8 z=isi:11.6 z=izi:10.6 z=j:12.6 z=sh:10.3 z=z:9.6 ze=sai:10.6 zi=ij:11.6 "
        "zz=ij:11.6 "
    ),
    "hebr": (
        "=a:13.4 =h:9.6 =i:13.2 =n:12.6 =o:13.6 =s:12.6 =u:11.2 =y:9.9 a=:4.7 a=a:4.4 a=e:12.6 a=h:6.4 a=w:10.6 a=y:8.2 ac=:10.0 ai=:11.0 "
        "ais=yz:11.6 am=:11.0 an=:12.6 at=:12.6 atz=c:11.6 au=w:9.4 av=b:11.0 avi=w:11.0 b=:11.0 b=b:5.1 bie=y:11.6 bot=a:11.6 bot=w:11.6 "
        "c=:11.6 c=c:7.8 c=k:6.8 c=s:8.6 ca=k:8.6 cca=k:11.0 ce=s:11.6 ch=h:9.3 ch=k:9.6 cha=k:11.6 che=h:11.0 chu=hw:10.3 co=k:9.8 "
        "col=kw:11.6 coo=kw:11.6 cot=kw:10.0 d=:11.6 d=d:4.8 d=t:13.4 dd=jrm:11.6 de=:11.6 dz=j:11.6 e=:4.1 e=a:6.8 e=e:9.6 e=h:8.0 "
        "e=s:12.6 e=y:8.9 ea=y:9.3 ec=:11.6 ec=ch:11.6 ec=s:11.6 ech=k:11.6 ee=y:9.6 efe=p:11.6 eff=p:10.6 eg=:12.6 el=:8.7 el=a:11.0 "
        "en=:9.4 er=:9.8 es=:10.6 et=:10.0 eve=yb:11.6 evi=wy:11.0 ex=ks:11.0 exa=ks:10.6 f=f:12.9 f=p:7.6 fa=p:9.8 far=p:11.6 fe=p:10.6 "
        "fei=py:11.6 g=g:6.0 g=j:10.2 ge=jw:11.6 ge=zh:11.6 gee=h:11.6 geo=jw:11.6 ger=j:11.6 gh=:12.6 gil=jy:11.6 h=:9.2 h=h:5.2 h=y:12.5 "
        "ha=:11.5 he=:12.5 hi=y:9.6 ho=a:11.6 ho=w:10.6 hu=w:11.0 i=:10.2 i=a:11.0 i=ay:8.8 i=i:9.2 i=y:3.9 ic=y:9.6 ich=yk:9.4 il=y:8.3 "
        "is=ah:11.0 it=y:10.6 iva=yb:11.6 j=:12.6 j=h:12.6 j=j:6.7 j=jwn:11.6 j=y:10.6 j=z:9.0 ja=y:11.6 ja=ya:10.2 je=y:11.0 jo=yhw:11.6 "
        "ju=yw:11.0 k=k:5.1 l=:10.0 l=l:4.2 le=:11.0 m=m:4.5 m=n:11.6 mo=w:10.6 n=:12.6 n=n:3.5 na=:12.6 na=h:11.6 ne=:9.3 o=:12.2 o=a:7.4 "
        "o=aw:10.3 o=h:12.6 o=o:9.9 o=w:4.4 oc=w:11.0 oh=sha:10.0 oh=w:9.3 ok=:12.6 oo=w:10.6 os=wsh:10.6 ot=aw:10.6 ou=a:11.0 ow=v:10.3 "
        "p=p:6.0 pa=:11.6 pe=:11.6 qu=kv:11.6 qua=kv:11.6 r=:9.9 r=r:3.6 r=ywr:11.6 re=:12.6 ri=y:11.0 rie=y:11.6 ro=:11.6 ry=:12.6 s=s:4.4 "
        "s=z:9.6 sa=:11.6 se=:11.6 se=z:10.6 si=y:11.0 sy=y:11.0 t=:9.5 t=t:4.6 te=:9.4 u=:8.8 u=a:10.9 u=aw:11.6 u=shw:10.6 u=u:10.9 "
        "u=w:6.3 ub=w:11.6 uc=a:10.6 ud=a:11.6 ue=:11.0 ue=vy:11.6 ul=w:11.0 ult=w:11.6 ur=:11.6 v=b:8.0 v=p:11.6 v=v:8.5 v=w:8.8 va=w:10.6 "
        "w=:12.6 w=b:11.0 w=v:9.2 w=w:7.0 wa=v:9.6 wel=v:11.6 xe=ks:11.6 y=a:12.6 y=i:12.7 y=y:5.7 ya=:12.6 yo=:12.6 z=c:9.6 z=z:7.8 "
    ),
    "indic": (
        "=a:6.6 =e:12.0 =g:10.4 =h:10.0 =i:7.7 =k:12.0 =m:10.4 =o:14.0 =p:10.2 =s:12.0 =t:10.7 =u:9.9 =v:11.0 =y:7.5 a=:5.8 a=a:2.6 "
        "a=aya:12.0 a=e:7.5 a=er:12.0 a=h:10.6 a=he:12.0 a=lam:12.0 a=y:11.3 ab=e:11.0 ac=a:11.4 adi=ya:12.0 al=o:12.0 an=a:12.0 au=o:11.0 "
        "av=evh:12.0 av=vh:12.0 avi=u:12.0 aw=o:12.0 ay=e:11.0 b=b:6.1 b=p:7.6 b=pa:12.0 b=pi:12.0 b=pu:11.4 b=v:13.0 bb=p:12.0 bey=pe:10.4 "
        "bj=aby:12.0 bot=a:11.0 bul=pu:12.0 c=ak:11.0 c=c:9.0 c=eka:11.4 c=k:7.8 c=ky:10.7 c=s:11.8 cas=ka:12.0 cca=ak:11.0 ch=k:11.9 "
        "ch=s:9.4 ch=u:12.0 ch=ys:12.0 chi=su:12.0 col=ka:10.0 d=asa:12.0 d=d:5.5 d=t:6.5 d=ti:10.2 da=t:9.6 ddh=tt:12.0 dee=ti:11.4 "
        "dh=t:10.2 di=:12.0 dis=ti:10.7 dt=t:11.0 dt=ta:12.0 e=:7.0 e=a:6.5 e=ai:12.0 e=e:5.0 e=i:9.7 e=sef:11.4 e=var:12.0 e=y:12.5 "
        "ea=i:10.4 eb=e:12.0 ee=i:8.4 et=a:12.0 ey=i:10.7 f=f:9.0 f=p:9.7 g=:9.7 g=g:6.2 g=j:11.0 g=k:7.3 g=ku:11.4 ga=gk:9.6 gil=ji:12.0 "
        "gil=ki:12.0 gu=kuv:12.0 h=:6.0 h=h:5.6 h=i:13.0 h=iya:12.0 h=k:9.0 h=t:13.0 ha=:9.3 he=:12.0 he=k:10.2 hee=ti:12.0 hg=k:12.0 "
        "hi=ti:12.0 ho=a:12.0 i=:10.0 i=a:12.0 i=aya:12.0 i=e:11.4 i=i:4.0 i=y:10.1 i=ya:10.4 ic=i:12.0 j=:13.0 j=j:5.8 j=s:11.0 j=y:13.0 "
        "j=yag:12.0 j=ys:11.4 jac=ya:12.0 k=k:5.3 k=rav:12.0 ka=kk:9.7 ke=kk:9.6 kiz=nd:11.0 l=l:4.5 l=laj:12.0 la=:12.0 la=a:11.0 le=:12.0 "
        "le=a:11.0 li=i:12.0 li=iy:12.0 lu=a:12.0 m=kum:11.4 m=m:4.5 m=n:13.0 ma=:12.0 n=m:13.0 n=n:3.5 n=tin:11.4 nel=a:12.0 nie=i:11.0 "
        "ny=i:12.0 o=:11.8 o=a:7.1 o=o:5.4 o=u:9.0 o=w:11.8 oc=o:11.4 oh=a:11.0 on=o:11.0 oo=u:10.0 oof=up:12.0 oug=ak:12.0 p=:13.0 "
        "p=a:13.0 p=b:12.9 p=p:5.9 p=r:13.0 phe=va:12.0 r=:10.3 r=i:13.0 r=l:13.0 r=n:13.0 r=r:3.8 r=y:13.0 ra=:12.0 row=o:12.0 ry=i:10.0 "
        "s=:12.9 s=a:13.0 s=s:4.6 sa=:13.0 sei=e:11.0 t=:9.4 t=ata:12.0 t=r:13.0 t=t:5.0 ta=:13.0 tc=c:11.4 u=:11.9 u=a:9.7 u=e:12.0 "
        "u=i:12.0 u=nta:12.0 u=u:5.4 u=va:12.0 u=w:13.4 u=ya:12.0 ud=a:12.0 ud=u:11.0 udd=at:12.0 ug=ga:12.0 ul=u:10.7 v=b:9.5 v=v:6.3 "
        "w=av:12.0 w=n:13.0 w=oy:12.0 w=tuv:12.0 w=u:10.4 w=uv:10.7 w=v:7.1 w=va:12.0 w=w:13.5 war=vo:12.0 wee=vi:9.6 wic=vi:11.0 "
        "wke=k:11.0 y=aya:12.0 y=i:7.6 y=y:6.4 yto=ra:12.0 yw=v:10.4 z=j:10.7 z=s:8.6 z=z:11.5 ze=a:12.0 "
    ),
    "kana": (
        "=a:9.3 =e:8.0 =h:9.5 =i:8.8 =m:12.2 =o:6.1 =u:4.1 =y:8.8 a=:9.7 a=a:3.4 a=e:8.3 a=h:13.0 a=i:10.2 a=iya:8.7 a=nen:11.2 a=o:9.8 "
        "aj=ai:11.2 al=aru:9.2 ard=o:11.2 au=iyo:11.2 au=o:9.6 av=vu:9.9 aw=o:11.1 ay=e:10.6 b=b:5.4 b=mp:13.7 bb=bu:11.2 bot=o:11.1 "
        "c=:10.6 c=c:8.3 c=k:7.2 c=ku:10.2 c=s:8.7 c=sh:11.2 c=uk:9.2 c=uku:11.2 cc=ak:10.6 ch=:12.1 ch=i:10.2 ch=uk:11.2 ck=ku:8.5 "
        "cke=ku:11.2 cl=kur:10.6 d=:11.2 d=d:5.3 d=j:9.9 d=nt:13.7 d=t:13.0 d=udo:11.2 dd=do:11.2 ds=z:10.6 e=:7.2 e=a:8.6 e=e:4.3 "
        "e=hie:11.2 e=hiy:11.2 e=i:8.3 e=o:10.6 e=tor:11.2 e=u:8.5 e=ua:11.2 e=y:13.4 el=eru:7.8 el=ier:9.9 er=a:7.4 er=iya:10.6 "
        "er=shi:11.2 es=ash:11.2 ew=iyu:11.2 f=f:6.7 f=p:13.9 fet=ue:11.2 g=:9.4 g=g:6.0 g=j:9.1 g=k:13.9 g=ugu:10.2 ge=jiy:9.9 gi=:11.2 "
        "h=:7.5 h=e:12.2 h=h:5.7 h=hiy:8.4 h=o:11.2 h=u:8.7 hu=fu:10.2 i=:11.0 i=a:12.1 i=e:12.1 i=h:12.2 i=i:3.8 i=kar:11.2 i=u:11.2 "
        "i=wa:11.2 i=y:9.7 id=i:11.2 il=iru:9.0 in=:12.2 is=wa:10.6 j=:12.2 j=j:7.0 j=ruj:11.2 ja=ya:9.0 jae=u:11.2 je=ie:11.2 jo=uyo:11.2 "
        "jo=yo:9.2 ju=yu:11.2 k=:11.2 k=k:5.5 k=kai:11.2 ky=iyu:11.2 l=:12.2 l=l:9.1 l=r:9.9 l=ros:11.2 l=u:12.2 la=ra:7.8 la=ura:8.7 "
        "las=ra:10.6 lc=ruk:10.6 le=re:7.4 le=ru:9.9 le=ur:11.2 le=uru:11.2 lea=ri:11.2 len=re:11.2 les=ru:11.2 li=ri:7.3 lie=ri:9.8 "
        "lif=ri:11.2 lip=ri:10.2 ll=:12.1 ll=era:11.2 ll=ru:8.4 lla=ra:9.9 lle=re:11.2 lli=ri:9.4 lm=mu:10.6 lo=uro:9.6 lu=ru:10.6 m=:11.2 "
        "m=m:4.7 m=n:9.6 n=:11.2 n=n:3.6 n=omu:11.2 n=usu:11.2 ne=:10.1 ne=e:9.8 ni=i:10.6 ny=i:11.1 o=:9.8 o=a:8.4 o=e:12.2 o=iyo:11.1 "
        "o=o:4.4 o=w:11.0 oe=iyo:10.2 oh=iyo:9.2 ol=oru:9.0 ood=do:11.2 os=hiy:11.2 ou=a:11.1 p=f:9.9 p=p:6.1 q=k:11.1 r=:7.4 r=r:4.1 "
        "rd=do:9.0 rd=ru:10.6 rk=ku:10.6 ry=i:9.3 s=:11.1 s=asu:11.2 s=j:11.2 s=s:4.6 s=shi:8.6 s=z:9.5 s=zu:9.9 se=:12.1 se=u:10.2 "
        "si=hi:10.6 so=o:10.2 ss=su:11.2 t=:8.7 t=ch:9.2 t=s:9.9 t=t:5.2 t=ute:11.2 t=uto:8.7 te=:12.1 ti=ei:10.2 tt=to:8.8 u=:11.0 u=a:9.1 "
        "u=eyu:10.2 u=iyu:8.7 u=u:6.1 u=w:12.6 ul=ru:11.2 ul=uru:11.2 un=a:10.6 ur=a:8.8 us=a:11.2 ut=a:11.2 v=b:8.2 v=efu:10.6 v=fu:9.0 "
        "v=ivu:9.9 v=ubi:11.2 v=uvu:9.6 v=v:7.3 vl=ur:11.2 w=u:7.5 w=v:11.6 w=w:8.4 x=kus:9.6 y=:11.1 y=a:12.2 y=ai:11.2 y=eyu:11.2 y=i:7.4 "
        "y=y:9.6 y=yon:11.2 ye=:12.2 yh=i:11.2 z=j:10.5 z=s:12.0 z=su:9.6 z=t:11.2 z=z:7.7 "
    ),
    "latn": (
        "=a:8.3 =c:11.6 =d:11.8 =e:10.7 =g:12.5 =h:9.4 =i:10.2 =j:10.4 =l:12.6 =m:10.8 =n:11.1 =o:10.7 =r:11.7 =s:8.0 =t:11.1 =u:10.5 "
        "=y:11.2 =z:11.1 a=:10.2 a=a:3.0 a=ang:13.6 a=atr:13.6 a=e:9.0 a=fu:13.6 a=i:12.0 a=lra:13.6 a=me:13.6 a=o:13.4 a=oan:12.2 "
        "a=ova:13.0 a=ter:13.6 a=y:13.4 ac=ze:13.6 ai=ej:13.6 aj=ay:13.6 aj=i:13.6 ang=nc:13.6 ani=ma:13.6 at=an:13.6 ay=aj:12.0 b=b:5.4 "
        "b=bb:13.6 b=ber:13.0 b=ham:13.0 b=rob:12.6 b=w:12.6 ba=and:13.6 bar=t:13.6 bb=bs:13.6 bd=b:13.6 c=c:5.7 c=cus:12.6 c=k:11.2 "
        "c=ks:13.6 c=s:13.4 c=tsc:12.6 cc=akk:13.5 ce=s:13.5 ch=:13.0 ch=dse:13.6 ch=h:12.5 ch=qu:13.6 ch=sz:13.0 ch=tsj:13.0 ck=mer:13.6 "
        "d=d:4.9 d=dim:13.6 d=dov:12.6 d=dul:13.0 d=dus:12.0 d=mad:13.6 d=t:12.1 di=:13.6 di=gyi:13.6 di=i:13.6 dr=:13.6 dt=t:12.9 "
        "dzh=c:13.6 e=:11.8 e=a:9.9 e=ai:12.2 e=e:3.8 e=enn:13.6 e=ent:13.6 e=eph:12.6 e=h:13.4 e=i:10.2 e=ia:13.6 e=id:13.6 e=ius:11.6 "
        "e=o:12.2 e=ren:13.6 e=rus:13.6 e=u:13.5 e=us:13.0 e=xan:13.0 ee=i:12.5 ee=u:13.6 ei=ej:12.0 ek=:13.6 el=eu:13.6 eph=iv:13.5 "
        "er=rus:12.2 ess=ge:13.6 ey=i:12.9 f=f:7.1 fer=y:13.6 fo=f:13.6 g=:11.4 g=c:13.6 g=g:5.5 g=ghi:13.6 g=gor:13.6 g=gov:12.6 "
        "g=gri:13.6 g=gun:13.6 g=h:12.6 g=ngi:13.0 g=q:11.0 ge=dze:13.6 h=:8.3 h=c:13.6 h=h:5.0 h=hov:13.6 h=i:13.6 h=io:13.6 h=j:12.0 "
        "h=rus:13.0 h=x:11.8 h=z:13.6 har=t:13.6 he=fe:13.6 he=ze:12.6 hi=e:13.6 hi=zi:13.0 hn=nes:13.0 ho=zo:13.6 hv=zw:13.6 i=:11.5 "
        "i=a:11.4 i=ama:13.6 i=e:12.2 i=i:3.7 i=iim:13.6 i=iol:13.6 i=ius:13.6 i=ivi:13.6 i=j:13.6 i=jus:13.6 i=nde:13.6 i=oth:12.6 "
        "i=ova:12.6 i=scu:13.0 i=top:12.0 i=y:10.3 i=zab:13.6 ia=ja:13.6 iam=a:13.6 ie=es:13.6 ii=e:13.6 ii=ij:13.6 il=dzi:13.6 il=i:12.9 "
        "im=:13.6 iow=o:13.6 ist=ex:13.6 j=c:11.1 j=ch:13.5 j=d:13.6 j=dz:10.5 j=dzo:13.6 j=dzs:12.0 j=ioh:13.0 j=j:6.7 j=sch:13.0 "
        "j=xh:13.6 ja=ia:13.6 ja=ya:13.5 jac=ca:13.6 je=ie:12.2 je=z:13.6 ji=bi:13.6 jib=p:13.6 jo=yo:13.5 js=ej:12.2 ju=:13.6 ju=iu:13.6 "
        "k=c:10.8 k=cha:12.6 k=cis:13.6 k=cus:12.6 k=ga:13.6 k=k:5.4 k=kov:13.0 k=q:13.6 kh=h:12.9 kh=x:12.6 kiz=nd:13.6 ks=x:13.6 "
        "ky=gj:13.6 l=eli:12.6 l=gil:13.6 l=l:4.3 l=lia:12.6 l=lus:13.0 l=man:13.6 le=a:13.0 llo=jo:13.6 m=bam:13.6 m=eus:13.6 m=m:4.6 "
        "m=mas:12.6 m=mbu:13.6 m=mus:13.6 m=n:13.5 m=y:13.6 ma=a:13.6 ma=ola:13.6 me=nto:13.6 ms=imh:13.6 n=:13.6 n=eth:13.6 n=n:3.6 "
        "n=nas:13.6 n=nde:13.6 n=nes:11.8 n=nov:12.6 n=nus:10.2 n=von:13.6 n=wne:13.6 nds=de:13.6 ne=:13.5 ne=e:11.7 ng=k:13.6 ng=nas:13.6 "
        "ni=i:13.6 no=ai:13.6 ns=n:12.2 ny=i:13.5 o=:11.5 o=a:12.6 o=ago:13.6 o=an:13.0 o=e:11.8 o=ert:12.6 o=i:13.0 o=ia:13.6 o=leo:13.6 "
        "o=ngu:13.6 o=o:4.1 o=tso:12.6 o=u:9.6 o=us:11.6 o=w:13.3 oi=oj:13.6 on=oh:13.0 oo=ua:13.6 ov=li:13.6 ov=sow:13.6 ow=au:12.6 "
        "oy=oj:12.6 p=eap:13.6 p=fa:13.6 p=p:6.2 p=pho:12.2 p=rob:12.6 pa=al:13.6 pal=ra:13.6 ps=s:13.6 q=q:11.1 qu=c:13.6 r=:13.3 "
        "r=bdu:13.6 r=ers:13.6 r=iri:12.6 r=ngr:13.6 r=r:3.8 r=ras:13.6 r=ris:12.0 r=riu:13.0 re=ir:13.6 rga=i:13.6 rk=cgr:13.6 ro=lto:13.0 "
        "ro=mo:13.6 rs=eus:13.6 rs=r:13.0 rt=:13.6 rt=son:12.6 ry=oid:13.0 s=:13.5 s=acs:12.6 s=c:12.6 s=her:12.6 s=i:13.6 s=ivi:13.6 "
        "s=nes:13.6 s=rus:13.6 s=s:4.3 s=z:12.9 sac=a:13.6 say=aj:13.6 sh=x:13.6 si=i:13.0 sv=v:13.6 sy=i:13.6 t=:11.1 t=ad:13.6 t=ant:13.6 "
        "t=d:12.2 t=gor:13.6 t=ick:13.6 t=nth:13.6 t=nti:13.6 t=s:13.0 t=t:4.8 t=tim:12.6 t=tov:12.2 t=tub:13.6 t=tus:13.6 tch=cz:13.6 "
        "ti=li:13.6 ts=c:13.0 tsv=cw:13.6 tsv=zw:13.6 u=bhg:12.6 u=i:12.6 u=nke:13.6 u=o:11.8 u=oe:11.6 u=rah:13.6 u=u:5.2 uc=o:13.0 "
        "ud=a:13.5 ul=:12.2 v=ibh:13.6 v=las:13.6 v=v:6.1 v=vas:13.6 v=w:8.1 v=wts:13.0 ve=e:13.6 vs=w:11.8 w=as:12.6 w=ou:13.6 w=u:12.2 "
        "w=v:11.5 w=w:7.1 wi=ve:13.6 x=dre:13.6 x=ks:12.9 x=x:10.7 y=:11.4 y=e:13.0 y=eas:13.6 y=eth:13.6 y=i:9.3 y=ia:13.6 y=ijs:13.6 "
        "y=io:13.6 y=ius:13.6 y=rew:13.6 y=y:6.6 ya=ja:9.8 ye=je:11.4 yi=e:13.6 yo=jo:10.9 you=ju:13.6 yu=go:13.6 yu=joe:13.0 yu=ju:12.6 "
        "z=c:13.5 z=dz:13.6 z=eth:13.6 z=s:12.5 z=sc:13.6 z=z:7.0 zh=j:13.6 "
    ),
    "sea": (
        "=a:8.0 =e:7.9 =g:10.1 =h:12.0 =i:8.4 =k:9.2 =o:5.7 =r:12.2 =u:8.8 =y:8.4 a=:6.4 a=a:3.5 a=e:6.5 a=ei:9.1 a=h:11.1 a=hma:9.2 "
        "a=iy:9.2 a=iya:13.8 a=o:12.2 a=oe:9.2 a=y:8.2 ad=kd:9.2 ai=e:13.1 ai=y:14.0 al=a:13.4 an=ong:8.6 ar=:9.2 ard=t:9.2 au=o:13.0 "
        "b=b:5.6 b=mp:11.7 b=p:12.2 c=c:6.4 c=d:10.2 c=k:7.1 c=s:9.9 ca=k:13.6 ca=kng:9.2 ch=:9.2 ch=h:13.0 ch=k:12.6 ch=s:12.8 ck=ku:13.8 "
        "co=k:14.0 col=ka:9.2 d=d:4.9 d=nt:11.7 d=t:11.0 dh=tt:9.2 dt=t:13.5 e=:6.2 e=a:10.1 e=e:4.8 e=h:12.2 e=i:8.1 e=u:10.1 e=y:8.9 "
        "ea=i:13.6 ee=i:13.5 ei=y:12.9 el=:12.8 el=e:14.0 el=eru:13.2 en=:13.8 en=e:13.8 er=a:12.9 er=o:13.2 ey=i:13.7 f=f:8.7 f=h:9.2 "
        "f=p:11.9 g=:13.5 g=g:5.7 g=j:12.8 g=k:8.1 g=ke:9.2 ge=j:13.5 h=:7.6 h=e:9.2 h=g:13.4 h=h:4.3 h=hiy:14.0 h=ti:9.2 ha=:14.0 hi=e:9.2 "
        "ho=:9.2 hor=aw:9.2 i=:8.5 i=ay:12.8 i=e:14.0 i=i:4.1 i=y:8.4 ib=ys:9.2 id=i:9.2 ie=y:12.6 il=e:9.2 il=i:13.3 il=y:13.2 ir=iya:8.6 "
        "j=ch:6.3 j=g:9.2 j=gi:13.8 j=gy:9.2 j=j:9.5 ja=ya:12.8 jo=yo:13.8 k=k:5.1 k=ong:9.2 kh=h:12.8 l=l:4.6 l=ulr:13.3 la=ra:13.1 "
        "la=ura:14.0 le=re:13.0 li=ri:12.4 m=m:4.4 mho=h:9.2 n=n:3.4 ne=:13.7 ne=e:13.5 nh=yy:9.2 o=:9.8 o=a:9.3 o=hkt:9.2 o=iu:9.2 "
        "o=kto:9.2 o=o:4.7 o=okt:9.2 o=u:12.9 o=w:8.1 ok=tng:9.2 on=o:9.2 oo=w:14.0 ou=w:14.0 p=b:9.2 p=p:6.8 ph=f:13.1 q=k:14.0 r=:7.8 "
        "r=r:4.0 ry=i:13.1 s=c:10.2 s=s:4.6 s=shi:13.6 s=z:12.2 t=:11.4 t=c:9.2 t=cho:9.2 t=d:13.8 t=t:5.1 t=uto:14.0 u=:9.1 u=a:7.8 "
        "u=ei:9.2 u=o:10.1 u=u:5.3 u=w:8.8 v=b:9.7 v=f:12.8 v=v:8.5 v=w:7.4 vid=bs:9.2 w=u:11.7 w=v:11.2 w=w:7.5 x=ks:13.2 y=:13.6 y=i:7.4 "
        "y=y:8.2 z=c:14.0 z=j:13.0 z=s:7.9 z=z:8.7 zv=swe:9.2 "
    ),
}

#: Family → chance of each letter on the Latin side, and of each sound on the other.
FREQUENCY: dict[str, tuple[str, str]] = {
    "alph": (
        "a:2.9 b:5.3 c:5.6 d:4.7 e:3.5 f:7.2 g:5.3 h:4.9 i:3.5 j:6.3 k:5.5 l:4.1 m:5.0 n:3.5 o:4.0 p:5.8 q:9.6 r:3.7 s:4.2 t:4.7 u:5.0 v:5.7 w:7.4 x:9.9 y:5.8 z:6.9",
        "a:3.0 b:6.8 c:7.6 d:5.9 e:3.6 f:7.0 g:5.1 h:5.3 i:3.1 j:7.2 k:4.9 l:4.3 m:4.4 n:3.3 o:4.2 p:5.0 r:3.8 s:4.2 t:4.3 u:4.9 v:5.6 y:6.9 z:6.4",
    ),
    "arab": (
        "a:3.0 b:5.2 c:5.2 d:4.7 e:3.4 f:6.6 g:5.7 h:4.5 i:3.8 j:6.3 k:5.3 l:4.1 m:4.7 n:3.6 o:4.1 p:6.3 q:10.4 r:3.6 s:4.4 t:4.6 u:5.2 v:6.3 w:6.4 x:9.3 y:5.6 z:7.1",
        "a:2.9 b:4.9 c:7.8 d:4.5 e:9.5 f:5.7 g:5.8 h:4.3 j:6.1 k:4.3 l:4.1 m:4.5 n:3.4 o:8.3 p:6.8 r:3.5 s:4.3 t:4.5 u:12.5 v:9.2 w:3.5 y:3.0 z:6.1",
    ),
    "cyrl": (
        "a:3.0 b:5.3 c:5.2 d:4.9 e:3.5 f:6.9 g:5.5 h:4.9 i:3.6 j:6.4 k:5.3 l:4.1 m:4.8 n:3.6 o:3.9 p:6.2 q:9.8 r:3.8 s:4.2 t:4.6 u:5.1 v:5.4 w:7.0 x:9.9 y:5.7 z:6.9",
        "a:3.1 b:5.3 c:6.6 d:4.9 e:3.5 f:6.7 g:5.5 h:5.1 i:3.4 j:7.5 k:4.6 l:4.2 m:4.7 n:3.5 o:4.0 p:6.2 r:3.7 s:4.2 t:4.7 u:4.9 v:5.1 y:5.5 z:6.5",
    ),
    "hang": (
        "a:2.9 b:5.5 c:5.3 d:4.9 e:3.5 f:7.2 g:5.6 h:4.8 i:3.5 j:6.1 k:4.9 l:4.4 m:4.5 n:3.7 o:4.1 p:6.1 q:10.7 r:3.7 s:4.3 t:4.7 u:4.8 v:6.1 w:6.6 x:10.7 y:6.1 z:6.5",
        "a:3.3 b:5.0 c:7.0 d:5.0 e:3.8 g:5.5 h:5.3 i:3.3 j:5.6 k:4.5 l:5.0 m:4.6 n:3.8 o:3.8 p:5.4 r:3.6 s:4.4 t:5.2 u:3.1 w:6.7 y:6.3",
    ),
    "hani": (
        "a:3.1 b:5.1 c:5.0 d:4.9 e:3.4 f:6.7 g:5.6 h:4.6 i:3.8 j:6.3 k:5.1 l:4.2 m:4.6 n:3.5 o:4.0 p:6.0 q:11.2 r:3.7 s:4.3 t:4.5 u:5.4 v:6.4 w:6.5 x:9.0 y:5.5 z:7.2",
        "a:3.0 b:5.2 c:6.9 d:5.1 e:3.0 f:6.4 g:5.0 h:4.7 i:2.7 j:5.9 k:5.0 l:4.1 m:4.9 n:3.6 o:4.6 p:6.8 r:5.5 s:4.4 t:5.4 u:4.1 w:6.3 y:6.0 z:8.3",
    ),
    "hebr": (
        "a:3.2 b:5.2 c:5.0 d:5.0 e:3.3 f:6.7 g:5.7 h:4.6 i:3.7 j:6.3 k:5.2 l:4.1 m:4.5 n:3.6 o:4.0 p:6.0 q:10.7 r:3.6 s:4.3 t:4.5 u:5.4 v:6.4 w:6.5 x:10.2 y:5.6 z:6.8",
        "a:3.7 b:4.7 c:7.0 d:4.8 g:5.7 h:4.0 j:6.4 k:4.2 l:4.1 m:4.3 n:3.3 p:5.1 r:3.4 s:4.0 t:4.5 v:6.8 w:3.3 y:2.9 z:6.3",
    ),
    "indic": (
        "a:2.4 b:5.6 c:5.9 d:4.7 e:3.9 f:8.1 g:5.4 h:4.4 i:3.8 j:6.0 k:5.3 l:4.4 m:4.5 n:3.5 o:4.8 p:5.8 r:3.7 s:4.4 t:4.8 u:5.1 v:6.2 w:6.3 x:12.2 y:5.5 z:8.0",
        "a:2.2 b:6.1 c:8.7 d:5.5 e:4.5 f:8.6 g:6.0 h:5.5 i:3.5 j:5.9 k:4.3 l:4.5 m:4.4 n:3.4 o:5.4 p:5.2 r:3.7 s:4.2 t:4.2 u:4.9 v:5.2 y:5.3 z:12.2",
    ),
    "kana": (
        "a:3.0 b:5.3 c:5.4 d:5.0 e:3.4 f:6.6 g:5.6 h:4.7 i:3.5 j:6.4 k:5.2 l:4.1 m:4.7 n:3.6 o:4.1 p:6.0 q:10.1 r:3.7 s:4.2 t:4.6 u:5.0 v:6.0 w:7.0 x:9.4 y:6.2 z:7.0",
        "a:3.1 b:5.3 c:7.9 d:5.4 e:3.8 f:6.3 g:6.1 h:5.1 i:3.2 j:6.7 k:4.8 m:4.9 n:3.7 o:3.7 p:6.4 r:3.4 s:4.3 t:5.1 u:2.9 v:6.8 w:8.4 y:5.5 z:7.1",
    ),
    "latn": (
        "a:2.9 b:5.4 c:5.4 d:4.9 e:3.6 f:6.9 g:5.3 h:4.7 i:3.6 j:6.3 k:5.3 l:4.2 m:4.7 n:3.5 o:4.0 p:6.1 q:10.4 r:3.9 s:4.2 t:4.7 u:4.9 v:5.5 w:7.0 x:10.0 y:5.8 z:6.8",
        "a:2.9 b:5.5 c:5.3 d:4.8 e:3.7 f:6.9 g:5.3 h:4.9 i:3.5 j:6.1 k:5.4 l:4.3 m:4.7 n:3.6 o:4.0 p:6.2 q:9.7 r:3.9 s:4.0 t:4.7 u:4.7 v:5.9 w:6.3 x:9.5 y:6.4 z:6.5",
    ),
    "sea": (
        "a:3.0 b:5.6 c:5.1 d:4.7 e:4.0 f:7.3 g:5.5 h:3.8 i:3.7 j:6.1 k:4.9 l:4.3 m:4.4 n:3.3 o:4.0 p:6.1 r:3.8 s:4.5 t:4.9 u:4.7 v:6.1 w:7.3 y:7.0 z:7.3",
        "a:3.2 b:5.4 c:5.2 d:4.8 e:3.9 f:7.3 g:5.1 h:3.9 i:3.5 k:4.2 l:4.6 m:4.4 n:3.3 o:3.8 p:6.5 r:4.1 s:4.3 t:4.6 u:5.0 v:8.3 w:5.6 y:5.5 z:9.3",
    ),
}
