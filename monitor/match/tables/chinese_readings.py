"""How the characters of Chinese names are read outside Mandarin: in Hong Kong, and in Hokkien, Teochew and Hakka families of Southeast Asia.

Syllable = characters, traditional and simplified; the spelling is that of identity cards (Hong Kong government romanisation; usage of Singapore
and Malaysia). Mandarin readings come from pinyin and do not stand here.
"""

from __future__ import annotations

from monitor.match.tables.words import words

_HONG_KONG = (
    "chan=陳陈 wong=黃黄王汪 cheung=張张章祥翔 lee=李利莉 leung=梁良亮 lau=劉刘柳 lam=林藍蓝琳 ng=吳吴伍五 cheng=鄭郑程 ho=何浩豪可 tsang=曾 chow=周 "
    "chu=朱 yeung=楊杨洋陽阳 tang=鄧邓 fung=馮冯峰鳳凤豐丰 hui=許许 lui=呂吕雷蕾 tam=譚谭 law=羅罗 so=蘇苏 yip=葉叶 poon=潘 kwok=郭國国 kwan=關关君坤筠 "
    "mak=麥麦 to=杜陶桃 lo=盧卢勞路露羅罗 tse=謝谢 choi=蔡彩才財 siu=蕭萧小兆少 shum=沈岑 fong=方芳 yu=余于俞宇茹如羽 mok=莫 lai=黎賴赖麗丽 yuen=袁阮元源婉 "
    "pang=彭鵬鹏 kong=江港剛刚 hong=康 chiu=趙赵潮超昭照 chung=鍾钟忠中宗仲松聰聪 au=歐欧區区 kam=甘金錦锦 tai=戴大泰 wan=溫温雲云運韻尹 man=文民敏萬万雯 "
    "wu=胡湖 yim=嚴严艷 sin=冼倩仙善 luk=陸陆 ko=高 hung=洪雄紅红鴻鸿熊 kwong=鄺邝光廣广 tin=田天 ma=馬马 szeto=司徒 sze=施思詩诗斯 sum=心森深 "
    "kei=基奇琪旗祺其紀纪 ying=英瑩莹盈影 kit=傑杰潔洁 ming=明銘铭名 wai=偉伟慧惠威維维衛卫為 wing=榮荣永詠咏穎颖 yee=儀仪怡宜兒儿意綺 yan=欣恩仁人殷忻 "
    "ka=家嘉加佳 kin=健建堅坚 chi=志智芝子之致姿 hoi=海開凱凯 fai=輝辉暉晖 keung=強强姜 shing=成誠诚承勝胜城盛 lok=樂乐洛 lung=龍龙隆 hin=軒轩顯显憲宪 "
    "yin=燕賢贤言妍然 ching=清程貞政正晴靜静青 sau=秀壽寿修 mei=美媚 mui=梅妹 lin=蓮莲連连 ling=玲靈灵齡凌 fan=芬帆范 lan=蘭兰 kuen=娟權权 nga=雅 "
    "suet=雪 yuk=玉育煜旭郁 wah=華华 kwai=貴贵桂 pui=佩培沛貝裴 po=寶宝波保普 pik=碧 san=新山珊 shan=珊山 tak=德得 tat=達达 tung=東东同棟冬彤董 "
    "ting=婷亭庭廷定丁 yiu=耀堯尧姚瑤瑶 yat=日逸一 yik=益翼奕億 kai=啟启佳繼继 hang=恆恒行幸 fuk=福 sang=生 shun=信舜純順顺 sun=新信 suen=孫孙宣 "
    "mo=武毛慕 mau=茂 ning=寧宁 on=安 ping=平萍炳 cho=祖曹楚 cheuk=卓綽焯 chun=俊真振春進进珍駿骏津 kau=球九 lap=立 nam=南男楠 pak=柏伯 shek=石 "
    "tsz=子梓芷紫 tsui=徐崔翠 yau=友有游佑邱丘 yeuk=若約约 yung=勇容榕翁 yuet=月越悅悦 long=朗 yam=任 ngai=魏藝艺 hau=侯厚孝 kan=簡简 liu=廖 "
    "tong=湯汤唐棠堂 tso=曹左 wat=屈 ip=葉叶 chui=徐翠 chak=澤泽翟 hiu=曉晓 king=景敬瓊琼卿 hing=慶庆興兴卿馨 sai=世西 fei=飛飞菲 kiu=喬乔嬌 kwun=冠觀 "
    "chiang=蔣蒋 kee=奇琪 tsun=俊浚 shiu=兆邵紹绍 yuk=玉 nok=諾诺 hei=希熙曦喜禧 him=謙谦 hay=希 lik=力 chit=哲 hok=學学鶴 wo=和 mun=敏滿 kuk=菊 sze=思 "
)
_SOUTHEAST = (
    "tan=陳陈 lim=林 ong=王翁 ng=黃黄吳吴 goh=吳吴 teo=張张 tay=鄭郑 chua=蔡 koh=許许高 low=劉刘 loh=羅罗駱 yeo=楊杨 toh=卓 sim=沈 heng=王興兴 seah=謝谢 "
    "chia=謝谢 ang=洪 khoo=邱丘 teh=鄭郑 quek=郭 soh=蘇苏 poh=傅寶 gan=顏颜 hong=洪 wee=黃黄 yap=葉叶 chong=張张鍾钟莊庄 liew=劉刘 chin=陳陈 foo=符傅胡 "
    "boon=文 hock=福 seng=成盛 huat=發发 beng=明 kiat=傑杰吉 kim=金錦锦 leng=玲 choon=春 hwee=惠慧 siew=秀 swee=瑞 eng=英榮荣永 guan=源元 hoe=和 chye=財才 "
    "hian=賢贤 keng=慶庆瓊 lian=蓮莲連连 meng=明銘 teck=德 thiam=添 tiong=忠 yong=永榮荣容楊杨 chuan=泉全川 kok=國国 chee=志智 peng=平炳 tong=棟东東 hean=賢贤 "
    "khiang=強强 kiang=強强 thia=亭 lan=蘭 mui=梅 lay=麗丽 ser=思 luck=陸 boey=梅 chok=作 hua=華华 wah=華华 hai=海 bee=美 khor=許许 kuan=光 kwong=光 leong=梁 phua=潘 "
    "sia=謝谢 tiew=趙 yew=耀友 yee=義 yuen=源 zee=志 hng=方 pang=彭馮 kwek=郭 lau=劉刘 lai=賴赖 looi=雷 mah=馬马 moh=毛 neo=梁 oh=胡 ooi=黃黄 png=方 tee=鄭池 "
)


def _by_character(*tables: str) -> dict[str, tuple[str, ...]]:
    """Each character with its readings."""
    found: dict[str, dict[str, None]] = {}
    for table in tables:
        for pair in words(table):
            syllable, characters = pair.split("=")
            for character in characters:
                found.setdefault(character, {})[syllable] = None
    return {character: tuple(syllables) for character, syllables in found.items()}


#: Character → its readings.
READINGS: dict[str, tuple[str, ...]] = _by_character(_HONG_KONG, _SOUTHEAST)
