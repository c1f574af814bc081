"""Bytes to text: stated, tested or guessed, and never a crash; nothing stays invisible."""

from __future__ import annotations

import pytest

from shieldwall.evidence.documents import read_document
from shieldwall.evidence.documents.decode import decode

RUSSIAN = "Пять пусковых установок и радар были замечены в среду на авиабазе, сообщила компания."
SPANISH = "Cinco lanzadores y un radar fueron vistos; el ministerio declinó opinar en mayo, señaló."
TURKISH = "Çarşamba günü hava üssünde beş fırlatıcı ve bir radar görüldü, şirket açıkladı."
FRENCH = "Cinq lanceurs ont été observés à la base aérienne, a déclaré l'entreprise française."


@pytest.mark.parametrize(
    ("data", "text", "how"),
    [
        (b"\xef\xbb\xbfabc", "abc", "utf-8 (byte order mark)"),
        (RUSSIAN.encode(), RUSSIAN, "utf-8 (valid)"),
        (RUSSIAN.encode("utf-16"), RUSSIAN, "utf-16 (byte order mark)"),
        (RUSSIAN.encode("utf-16-le"), RUSSIAN, "utf-16-le (zero bytes)"),
        (SPANISH.encode("utf-16-be"), SPANISH, "utf-16-be (zero bytes)"),
        (RUSSIAN.encode("utf-32"), RUSSIAN, "utf-32 (byte order mark)"),
        (RUSSIAN.encode("cp1251"), RUSSIAN, "windows-1251 (guessed)"),
        (RUSSIAN.encode("koi8-r"), RUSSIAN, "koi8-r (guessed)"),
        (SPANISH.encode("cp1252"), SPANISH, "windows-1252 (guessed)"),
        (FRENCH.encode("cp1252"), FRENCH, "windows-1252 (guessed)"),
        (TURKISH.encode("cp1254"), TURKISH, "windows-1254 (guessed)"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 30 else "",
)
def test_encodings(data: bytes, text: str, how: str) -> None:
    found = decode(data)
    assert (found.text, found.encoding) == (text, how)
    assert found.undecodable == 0


def test_a_declared_charset_is_used_where_the_bytes_are_not_utf8() -> None:
    page = f"<html><meta charset=koi8-r><p>{RUSSIAN}</html>"
    document = read_document(page.encode("koi8-r"), "x")
    assert document.text == RUSSIAN
    assert document.encoding.endswith("(declared)")
    wrong = read_document(page.encode(), "x")
    assert wrong.text == RUSSIAN
    odd = read_document(b"<html><meta charset=utf-7><p>+ADw-script+AD4- \xe9t\xe9</html>", "x")
    assert odd.text == "+ADw-script+AD4- été"


def test_a_guess_is_said() -> None:
    document = read_document(RUSSIAN.encode("koi8-r"), "x")
    assert any("koi8-r" in note for note in document.notes)
    assert document.language.code == "ru"


@pytest.mark.parametrize("data", [b"", b"\xff", b"\xff\xfe\xff", b"\x00" * 50, bytes(range(256))])
def test_any_bytes_make_a_document(data: bytes) -> None:
    document = read_document(data, "x")
    assert document.date.date is None
    assert document.language.code is None


def test_damaged_utf8_is_counted() -> None:
    document = read_document(RUSSIAN.encode()[:50] + b"\xff" + RUSSIAN.encode()[50:], "x")
    assert document.undecodable == 1
    assert document.text.replace("\ufffd", "") == RUSSIAN


def test_hidden_characters_are_shown_one_for_one() -> None:
    raw = "Pant\u200bsir \u202ekub\u202c \x1b[31mBuk\x07 \u2066x\u2069 a\u00adb \U000e0041\n\tend"
    document = read_document(raw.encode(), "x")
    assert document.neutralised == 9
    assert len(document.text) == len(raw)
    assert document.text.index("end") == raw.index("end")
    assert document.text.startswith("Pant\ufffdsir \ufffdkub\ufffd \ufffd[31mBuk\ufffd")
    assert any("invisible" in note for note in document.notes)


def test_joiners_stay_where_scripts_need_them() -> None:
    raw = "می\u200cخواهم 👨\u200d👩\u200d👧 but pa\u200cyload"
    document = read_document(raw.encode(), "x")
    assert document.neutralised == 1
    assert document.text == raw.replace("pa\u200cy", "pa\ufffdy")


def test_soft_hyphens_of_a_page_are_taken_out_and_said() -> None:
    document = read_document("<html><p>Rake\u00adten\u200bwerfer \u202ex</html>".encode(), "x")
    assert document.text == "Raketenwerfer \ufffdx"
    assert document.neutralised == 1
    assert any("2 soft hyphens" in note for note in document.notes)
