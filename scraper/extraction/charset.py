"""Bytes to text: which charset a page is really in.

A declaration is a hint that is tried on the bytes, in the order of the HTML standard: byte order
mark, Content-Type header, meta element. What is valid UTF-8 is UTF-8, whatever it declares; what
its declared charset cannot decode is guessed.
"""

import codecs
import re
from collections.abc import Iterable
from email.message import Message

# The labels of the WHATWG Encoding Standard (https://encoding.spec.whatwg.org/#names-and-labels),
# by the Python codec that reads them. Python's own aliases are not asked: `zip`, `hex` or `idna`
# are codecs too. Superset codecs stand in for their subsets, as the standard asks: gb18030 for
# gb2312, cp932 for shift_jis, windows-1252 for latin-1.
_CODECS = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 l2 latin2",
    "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 l4 latin4",
    "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5",
    "iso8859-6": "arabic asmo-708 csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i "
    "iso-ir-127 iso8859-6 iso88596 iso_8859-6",
    "iso8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 "
    "iso88597 iso_8859-7 sun_eu_greek",
    "iso8859-8": "csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-8859-8-i iso-ir-138 "
    "iso8859-8 iso88598 iso_8859-8 logical visual",
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac-roman": "csmacintosh mac macintosh x-mac-roman",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251",
    "cp1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 "
    "iso8859-1 iso88591 iso_8859-1 l1 latin1 us-ascii windows-1252 x-cp1252",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 l5 latin5 "
    "windows-1254 x-cp1254",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb18030 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 "
    "x-gbk",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc_jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso2022_jp": "csiso2022jp iso-2022-jp",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "cp949": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 "
    "ksc5601 ksc_5601 windows-949",
    "utf-16-be": "unicodefffe utf-16be",
    "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
}
_BY_LABEL = {label: codec for codec, labels in _CODECS.items() for label in labels.split()}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
)
# The standard looks at 1,024 bytes; portals put scripts before the meta element.
_PRESCAN = 8192
_META = re.compile(
    rb"<(?:meta\b[^>]{0,500}?\bcharset|\?xml[^>]{0,200}?\bencoding)\s*=\s*[\"']?\s*([\w.:+-]{1,40})",
    re.IGNORECASE,
)
_NON_ASCII = re.compile(rb"[\x80-\xff]+")
# A page with a handful of broken characters is still in the charset it declares.
_TOLERATED = 0.02
# The commonest characters of each written language tell the charsets apart: read with the wrong
# one, text turns into rare characters.
_COMMON = {
    "gb18030": "的一是了在不人有和中国年大为上个我这到时地出要就以会可也他对生新发行日月来说",
    "big5hkscs": "的一是了在不人有和中國年大為上個我這到時地出要就以會可也他對生新發行日月來說",
    "cp932": "のにはをたがでてとしれさいるなかられこもりすまっ日一年",
    "euc_jp": "のにはをたがでてとしれさいるなかられこもりすまっ日一年",
    "cp949": "이다의는에을가를고은로한지하으기도사자서대인해그년일",
}
_PLAUSIBLE = 0.08
# The same for alphabets in single bytes. They make words of such bytes, where Latin has one now and then.
_COMMON_LETTERS = {
    "cp1251": "оеаинтсрвлк",
    "koi8-r": "оеаинтсрвлк",
    "iso8859-5": "оеаинтсрвлк",
    "cp866": "оеаинтсрвлк",
    "cp1253": "αοιετσνηυρπκς",
    "cp1255": "יוהלאתרבמשנ",
    "cp1256": "اليمنرتبوةعدسفیه",
    "iso8859-6": "اليمنرتبوةعدسف",
    "cp874": "ารนกอเงมยลวดทส่้",
}
_LIKELY = 0.5
_WORD_OF_FOREIGN = re.compile(rb"[\x80-\xff]{3,}")
_SHIFT_TO_KANJI = (b"\x1b$B", b"\x1b$@")
_SAMPLE = 65536


def find_codec(label: str | None) -> str | None:
    """Return the Python codec for a charset label, or None when the web knows no such label."""
    return _BY_LABEL.get(label.strip(" \t\r\n\f\"'").lower()) if label else None


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str]:
    """Decode a page.

    Args:
        body: the bytes, with transfer and content encodings undone.
        content_type: the Content-Type header.

    Returns:
        The text, in which U+FFFD stands for what could not be decoded, and the codec's name.
    """
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace"), codec
    # The charset has seven bits: the same bytes in a page with others are a stray control.
    if b"\x1b" in body and body.isascii() and any(shift in body for shift in _SHIFT_TO_KANJI):
        return body.decode("iso2022_jp", "replace"), "iso2022_jp"
    try:
        # Text in another charset is practically never valid UTF-8 by chance.
        return _decode_utf8(body), "utf-8"
    except UnicodeDecodeError:
        pass
    declared = [codec for codec in _declared(body, content_type) if codec]
    for codec in declared:
        if _is_trustworthy(codec, declared) and _is_readable(body, codec):
            return body.decode(codec, "replace"), codec
    codec = _guess(body) or (declared[0] if declared else "cp1252")
    return body.decode(codec, "replace"), codec


def _decode_utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        # One byte cut from the last character by a server's size limit is no other charset.
        if error.start < len(body) - 3:
            raise
        return body[: error.start].decode("utf-8")


def _declared(body: bytes, content_type: str | None) -> Iterable[str | None]:
    if content_type:
        header = Message()
        header["content-type"] = content_type
        yield find_codec(header.get_content_charset())
    found = _META.search(body, 0, _PRESCAN)
    if found:
        codec = find_codec(found[1].decode("ascii"))
        # What could be read so far is no UTF-16.
        yield "utf-8" if codec and codec.startswith("utf-16") else codec


def _is_trustworthy(codec: str, declared: list[str]) -> bool:
    # Servers send Latin-1 by default, and it decodes anything: another declaration goes first.
    return codec != "cp1252" or all(other == "cp1252" for other in declared)


def _is_readable(body: bytes, codec: str) -> bool:
    foreign = sum(len(run) for run in _NON_ASCII.findall(body))
    lost = body.decode(codec, "replace").count("\ufffd")
    if lost > max(2, _TOLERATED * foreign):
        return False
    # A charset of single bytes decodes everything; Chinese read as Latin-1 is a run of accents.
    return codec != "cp1252" or (_guess_east_asian(body) or _guess_alphabet(body)) is None


def _guess(body: bytes) -> str | None:
    codec = _guess_east_asian(body) or _guess_alphabet(body)
    if codec is not None:
        return codec
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to load, rarely needed

    # Markup is ASCII and tells nothing: guess from the surroundings of foreign bytes.
    sample = b" ".join(re.findall(rb"[^<>]{0,60}[\x80-\xff][^<>]{0,60}", body[: 8 * _SAMPLE]))
    best = from_bytes(sample[:_SAMPLE]).best()
    return find_codec(best.encoding.replace("_", "-")) if best else None


def _guess_east_asian(body: bytes) -> str | None:
    sample = b" ".join(_NON_ASCII_RUNS.findall(body[: 8 * _SAMPLE]))[:_SAMPLE]
    best, best_share = None, _PLAUSIBLE
    for codec, common in _COMMON.items():
        text = sample.decode(codec, "replace")
        wide = [character for character in text if character > "\u2e80"]
        if not wide or text.count("\ufffd") > _TOLERATED * len(text) + 2:
            continue
        share = sum(map(common.count, wide)) / len(wide)
        if share > best_share:
            best, best_share = codec, share
    return best


def _guess_alphabet(body: bytes) -> str | None:
    body = body[: 8 * _SAMPLE]
    words = _WORD_OF_FOREIGN.findall(body)[:_SAMPLE]
    foreign = sum(map(len, words))
    if 2 * foreign <= sum(len(run) for run in _NON_ASCII.findall(body)):
        return None
    sample = b"".join(words)
    shares = {
        codec: sum(map(sample.decode(codec, "replace").count, common)) / foreign
        for codec, common in _COMMON_LETTERS.items()
    }
    best = max(shares, key=lambda codec: shares[codec])
    return best if shares[best] > _LIKELY else None


# Second bytes of a character can be ASCII letters, so a run may hold them, but no markup.
_NON_ASCII_RUNS = re.compile(rb"[\x80-\xff][^<>\x00-\x3f]*")
