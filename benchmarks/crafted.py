"""Documents made to break readers of feeds: each with a name, made anew by rule, none taken from anywhere."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator

_RSS = "<?xml version='1.0' encoding='{}'?><rss version='2.0'><channel><title>t</title>{}</channel></rss>"
_ATOM = "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>t</title>{}</feed>"


def _rss(items: str, encoding: str = "utf-8") -> str:
    return _RSS.format(encoding, items)


def _item(n: int, title: str = "title", more: str = "") -> str:
    return f"<item><title>{title} {n}</title><link>https://n.example/{n}</link><guid>g{n}</guid>{more}</item>"


def _items(count: int, more: str = "") -> str:
    return "".join(_item(n, more=more) for n in range(count))


def documents(seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """Every crafted document with its name; about two hundred, none above 10 MB."""
    yield from _entities()
    yield from _floods()
    yield from _references()
    yield from _encodings()
    yield from _broken(seed)
    yield from _fields()
    yield from _others()


def _entities() -> Iterator[tuple[str, bytes]]:
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    yield (
        "billion laughs",
        f"<!DOCTYPE rss [<!ENTITY l0 'ha'>{laughs}]><rss version='2.0'><channel>{_item(1, '&l9;')}</channel></rss>".encode(),
    )
    yield (
        "quadratic blow-up",
        f"<!DOCTYPE rss [<!ENTITY a '{'a' * 50_000}'>]><rss version='2.0'><channel>{_item(1, '&a;' * 2_000)}</channel></rss>".encode(),
    )
    for name, target in (
        ("file", "file:///etc/hostname"),
        ("web", "http://127.0.0.1:1/x"),
        ("php", "php://filter/read=convert"),
    ):
        yield (
            f"external entity, {name}",
            f"<!DOCTYPE rss [<!ENTITY x SYSTEM '{target}'>]><rss version='2.0'><channel>{_item(1, '&x;')}</channel></rss>".encode(),
        )
        yield (
            f"parameter entity, {name}",
            f"<!DOCTYPE rss [<!ENTITY % x SYSTEM '{target}'> %x;]><rss version='2.0'><channel>{_item(1)}</channel></rss>".encode(),
        )
        yield (
            f"external type, {name}",
            f"<!DOCTYPE rss SYSTEM '{target}'><rss version='2.0'><channel>{_item(1)}</channel></rss>".encode(),
        )
    yield (
        "entity that names itself",
        f"<!DOCTYPE rss [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><rss version='2.0'><channel>{_item(1, '&a;')}</channel></rss>".encode(),
    )
    yield "unknown entities", _rss(_item(1, "&nbsp;&hellip;&madeup;")).encode()


def _floods() -> Iterator[tuple[str, bytes]]:
    for size in (1_000, 30_000, 200_000):
        yield f"{size} nested tags", _rss("<a>" * size + "</a>" * size).encode()
        yield (
            f"{size} nested tags in a text",
            _rss(_item(1, more=f"<description>{'&lt;div&gt;' * size}</description>")).encode(),
        )
        yield (
            f"{size} comments opened in a text",
            _rss(_item(1, more=f"<description>{'&lt;!--' * size}</description>")).encode(),
        )
        yield (
            f"{size} conditional comments in a text",
            _rss(_item(1, more=f"<description>{'&lt;!--[if x]' * size}</description>")).encode(),
        )
        yield (
            f"{size} attributes",
            _rss(
                f"<item {' '.join(f'a{n}=' + chr(39) + chr(39) for n in range(size))}><title>x</title></item>"
            ).encode(),
        )
        yield (
            f"one attribute of {size * 10} bytes",
            _rss(f"<item a='{'x' * size * 10}'><title>x</title></item>").encode(),
        )
        yield f"{size} comments", _rss("<!-- x -->" * size + _item(1)).encode()
        yield f"{size} instructions", _rss("<?x y?>" * size + _item(1)).encode()
        yield f"{size} empty sections", _rss(_item(1, "<![CDATA[]]>" * size)).encode()
        yield f"{size} unclosed sections", _rss(_item(1, "<![CDATA[" * size)).encode()
    for size in (2_000, 20_000):
        yield (
            f"{size} items each with a namespace",
            _rss(
                "".join(f"<item xmlns:n{n}='urn:{n}'><n{n}:a>x</n{n}:a><title>t{n}</title></item>" for n in range(size))
            ).encode(),
        )
        yield f"{size} items", _rss(_items(size)).encode()
        yield (
            f"{size} links in one entry",
            _ATOM.format("<entry><title>x</title><id>i</id>" + "<link href='x'/>" * size + "</entry>").encode(),
        )
        yield f"{size} categories in one item", _rss(_item(1, more="<category>c</category>" * size)).encode()
        yield (
            f"{size} enclosures in one item",
            _rss(_item(1, more="<enclosure url='https://x.example/a' length='1' type='a/b'/>" * size)).encode(),
        )
        yield f"{size} titles in one item", _rss("<item>" + "<title>x</title>" * size + "</item>").encode()
        yield (
            f"{size} xml:base",
            _ATOM.format("".join("<entry xml:base='a/'>" for _ in range(size)) + "</entry>" * size).encode(),
        )
    yield "a title of 5 MB", _rss(_item(1, "x" * 5_000_000)).encode()
    yield "a text of 9 MB", _rss(_item(1, more=f"<description>{'word ' * 1_800_000}</description>")).encode()
    yield (
        "a valid feed of 4 MB broken at its end",
        _rss(_items(20_000, "<description>" + "word " * 20 + "</description>"))[:-30].encode(),
    )
    yield "a tag name of 1 MB", _rss(f"<{'a' * 1_000_000}/>{_item(1)}").encode()
    yield "blanks of 8 MB", (" " * 8_000_000 + _rss(_item(1))).encode()
    yield "angle brackets of 1 MB", b"<rss version='2.0'><channel>" + b"<" * 1_000_000
    yield "ampersands of 1 MB", _rss(_item(1, "&" * 1_000_000)).encode()


def _references() -> Iterator[tuple[str, bytes]]:
    odd = ("&#xD83D;&#xDE00;", "&#55357;&#56832;", "&#x110000;", "&#99999999999;", "&#x0;", "&#0;", "&#-1;", "&#x;", "&#;", "&#xFFFF;", "&#128;", "&#xZZ;", "&amp;#xD800;")  # fmt: skip
    for reference in odd:
        yield f"reference {reference}", _rss(_item(1, reference)).encode()
        yield f"reference {reference} in a broken feed", (_rss(_item(1, reference)) + "<oops>").encode()


def _encodings() -> Iterator[tuple[str, bytes]]:
    text = _item(1, "Задержан សុខ")
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-7", "utf-8-sig"):
        yield f"encoded as {encoding}", _rss(text, encoding.removesuffix("-sig")).encode(encoding)
        yield f"encoded as {encoding}, said to be utf-8", _rss(text).encode(encoding)
    for said in (
        "punycode",
        "undefined",
        "idna",
        "unicode_escape",
        "zlib",
        "base64",
        "rot13",
        "utf-8' x='",
        "\u0130",
        "x" * 5_000,
        "cp65001",
        "ebcdic",
        "iso-2022-jp",
        "hz",
        "none",
    ):
        yield f"said to be {said[:20]}", _rss(_item(1), said).encode("utf-8")
    yield "cp1251 without saying so", _rss(_item(1, "Задержан")).replace("encoding='utf-8'", "").encode("cp1251")
    yield "two encodings in one", _rss(_item(1, "a")).encode() + _item(2, "Задержан").encode("cp1251")
    for mark in (b"\xef\xbb\xbf\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00", b"\n\n  ", b"garbage before"):
        yield f"begins with {mark!r}", mark + _rss(_item(1)).encode()


def _broken(seed: int) -> Iterator[tuple[str, bytes]]:
    chance, whole = random.Random(seed), _rss(_items(8, "<description>&lt;p&gt;text&lt;/p&gt;</description>")).encode()
    for n in range(20):
        yield f"cut at random {n}", whole[: chance.randrange(len(whole))]
        flipped = bytearray(whole)
        for _ in range(20):
            flipped[chance.randrange(len(flipped))] = chance.randrange(256)
        yield f"bytes flipped {n}", bytes(flipped)
    for n in range(0x20):
        if n not in {9, 10, 13}:
            yield f"control character {n:#04x}", _rss(_item(1, "a") + _item(2, chr(n))).encode()
    yield "nul bytes between", b"\x00".join(bytes([b]) for b in _rss(_item(1)).encode())
    yield (
        "a section that holds the end of its item",
        _rss("<item><title><![CDATA[</item>]]></title><guid>1</guid></item>" + _item(2)).encode(),
    )
    yield "items inside items", _rss("<item><title>a</title><item><title>b</title></item></item>").encode()
    yield "nothing closed", b"<rss version='2.0'><channel><item><title>a<item><title>b"
    yield "all closed twice", _rss(_item(1)).replace("</", "</x></").encode()


def _fields() -> Iterator[tuple[str, bytes]]:
    dates = ("", "0000-00-00", "9999-12-31T23:59:59Z", "Mon, 99 Foo 99999 99:99:99 +9999", "1" * 100_000, "-1", "٢٠٢٦-١١-٠٢", "Fri, 31 Feb 2026", "2026-11-02T24:00:61Z", "now")  # fmt: skip
    for date in dates:
        yield f"date {date[:20]!r}", _rss(_item(1, more=f"<pubDate>{date}</pubDate>")).encode()
    links = ("javascript:alert(1)", "http://[::1", "https://a b/", "//", "file:///etc/hostname", "http://" + "a" * 100_000, "https://x.example/\ud83d".encode("utf-8", "replace").decode(), "http://1:99999/", "http://%00/", "data:text/html,x")  # fmt: skip
    for link in links:
        yield f"link {link[:20]!r}", _rss(f"<item><title>a</title><link>{link}</link></item>").encode()
    for n in (0, 1, 3):
        yield f"{n} items without anything", _rss("<item/>" * n).encode()
    yield "the same guid a thousand times", _rss("<item><guid>1</guid><title>a</title></item>" * 1_000).encode()
    yield "scripts in a title", _rss(_item(1, "<![CDATA[<script>alert(1)</script><img src=x onerror=y>]]>")).encode()
    yield "right to left and nothing to see", _rss(_item(1, "\u202e\u2066\u200b\ufeff" * 1_000)).encode()
    yield "combining marks", _rss(_item(1, "a" + "\u0301" * 100_000)).encode()
    yield (
        "coordinates",
        _rss(
            _item(
                1, more="<georss:line xmlns:georss='http://www.georss.org/georss'>" + "1 " * 50_001 + "</georss:line>"
            )
        ).encode(),
    )


def _others() -> Iterator[tuple[str, bytes]]:
    yield "nothing", b""
    yield "one byte", b"<"
    yield "a path", b"/dev/zero"
    yield "an address", b"http://127.0.0.1:1/feed"
    yield "an error page", b"<!doctype html><title>502 Bad Gateway</title><h1>502"
    yield "a login page", b"<html><title>Sign in</title><form><input type='password'></form></html>"
    yield "a page that mentions items", b"<html><body><item>no feed</item></body></html>"
    yield "a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100
    yield "a packed file", gzip.compress(_rss(_item(1)).encode())
    yield "JSON nested 100,000 deep", b"[" * 100_000
    yield (
        "JSON feed of wrong types",
        b'{"version":"https://jsonfeed.org/version/1.1","items":[1,null,{"id":[],"url":{}},{"id":"x","title":5}]}',
    )
    yield (
        "JSON feed with huge numbers",
        b'{"version":"https://jsonfeed.org/version/1","items":[{"id":' + b"9" * 5_000 + b"}]}",
    )
    yield (
        "JSON feed of half characters",
        b'{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"\\ud83d"}]}',
    )
