#!/usr/bin/env python3
"""Makes the fixtures of this folder, which are the seeds of the fuzz targets too, with LibreOffice: python3 make.py [NAME...]
(needs soffice, 7z and zstd, of Debian: libreoffice-writer-nogui, libreoffice-calc-nogui, p7zip-full, zstd; results are committed).

All people are fictional, phone numbers are of ranges that nobody has. Run again only when a source
below changes: LibreOffice writes its own version into what it makes."""
import bz2, gzip, io, lzma, os, struct, subprocess, sys, tarfile, tempfile, zipfile, zlib

HERE = os.path.dirname(os.path.abspath(__file__))
NS = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{u}:1.0"' for p, u in [
    ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("meta", "meta"),
    ("draw", "drawing"), ("number", "datastyle")]) + \
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"' \
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"' \
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'

def meta(title):
    return f"""<office:meta><meta:generator>Sample Office/1.0</meta:generator><dc:title>{title}</dc:title>
<dc:subject>SYNTHETIC SAMPLE</dc:subject><meta:initial-creator>Sample Clerk</meta:initial-creator>
<dc:creator>Second Clerk</dc:creator><meta:creation-date>2014-02-03T04:05:06</meta:creation-date>
<dc:date>2014-03-04T05:06:07</dc:date></office:meta>"""

def text(title, body, header="", footer=""):
    head = f"<style:header><text:p>{header}</text:p></style:header>" if header else ""
    foot = f"<style:footer><text:p>{footer}</text:p></style:footer>" if footer else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {NS} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">{meta(title)}
<office:automatic-styles>
<style:style style:name="R" style:family="paragraph"><style:paragraph-properties style:writing-mode="rl-tb"/></style:style>
<style:style style:name="T" style:family="table"><style:table-properties style:width="16cm" style:writing-mode="rl-tb"/></style:style>
<style:style style:name="C" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"/></style:style>
<style:page-layout style:name="P"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"/><style:header-style/><style:footer-style/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="P">{head}{foot}</style:master-page></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>"""

def p(words, style=""):
    return f"<text:p{style}>{words}</text:p>"

def cell(inside, attributes=""):
    inside = inside if inside.startswith("<") else p(inside, ' text:style-name="R"')
    return f'<table:table-cell table:style-name="C"{attributes}>{inside}</table:table-cell>'

def table(name, rows, columns, style=' table:style-name="T"'):
    rows = "".join("<table:table-row>" + "".join(c if c.startswith("<table:") else cell(c) for c in row)
                   + "</table:table-row>" for row in rows)
    return f'<table:table table:name="{name}"{style}><table:table-column table:number-columns-repeated="{columns}"/>{rows}</table:table>'

ARABIC = text("نموذج تجريبي", p("الإدارة العامة للحدود - نموذج تجريبي") + table("F", [
    ["1", "الاسم واللقب", "سامر نموذج المثال"], ["2", "الكنية", "أبو نموذج الحمصي"],
    ["3", "تاريخ الولادة والجنسية", p("١٩٩٠/٠٥/١٢") + p("سوري")], ["4", "فصيلة الدم", "O+"],
    ["5", "عنوان أو رقم للتواصل", "+999 555 0101"], ["6", "ملاحظات", ""]], 3) + p("SYNTHETIC SAMPLE"),
    "ترويسة الصفحة", "تذييل الصفحة")

FREE = text("Entry form", p("General Directorate of Borders - sample form") + p("Name and surname:<text:tab/>Sampleton Examplesson")
    + p("Kunya:<text:tab/>Abu Sample<text:line-break/>al-Nowhere")
    + p('Contact: <text:a xlink:type="simple" xlink:href="https://www.example.invalid/">office@example.invalid</text:a>')
    + p('Remarks: none<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>A note below the line</text:p></text:note-body></text:note> so far')
    + p('Place <draw:frame draw:name="B" text:anchor-type="paragraph" svg:width="4cm" svg:height="2cm" svg:x="8cm" svg:y="1cm"><draw:text-box><text:p>Words in a box</text:p></draw:text-box></draw:frame>of entry: Nowhere Gate')
    + p("Page <text:page-number>1</text:page-number>"))

NESTED = text("Nested", p("Before") + table("Outer", [
    [cell(p("wide"), ' table:number-columns-spanned="2"') + "<table:covered-table-cell/>"],
    [cell(p("tall"), ' table:number-rows-spanned="2"'), cell(p("label") + table("Inner", [["inner one", "inner two"], ["inner three", "inner four"]], 2, "") + p("below"))],
    ["<table:covered-table-cell/>", cell(p("last"))]], 2, "") + p("Between") + table("Second", [["a", "b"]], 2, "") + p("After"))

LATIN = text("Élève", p("Direction générale des frontières – formulaire d’exemple") + table("F", [
    ["Nom et prénom", "Hélène Modèle"], ["Né à", "Orléans, 1988"], ["Téléphone", "+999 555 0102"]], 2, ""))

RUSSIAN = text("Анкета", p("Главное управление границ - образец анкеты") + table("F", [
    ["Имя и фамилия", "Образец Примеров"], ["Дата рождения", "12.05.1990"], ["Группа крови", "A+"]], 2, "")
    + "".join(p(f"Строка {n}: образец текста, достаточно длинная, чтобы документ занял несколько блоков.") for n in range(60)))

def value(kind, attribute, shown):
    return f'<table:table-cell office:value-type="{kind}" {attribute}><text:p>{shown}</text:p></table:table-cell>'

def words(shown):
    return value("string", "", shown)

SHEET = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {NS} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">{meta("سجل تجريبي")}
<office:automatic-styles><number:date-style style:name="N"><number:day/><number:text>/</number:text><number:month/><number:text>/</number:text><number:year/></number:date-style>
<style:style style:name="D" style:family="table-cell" style:data-style-name="N"/></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="سجل">
<table:table-row>{words("الاسم")}{words("تاريخ الولادة")}{words("هاتف")}{words("العدد")}</table:table-row>
<table:table-row>{words("سامر نموذج")}{value("date", 'table:style-name="D" office:date-value="1990-05-12"', "12/05/90")}{words("+9995550103")}{value("float", 'office:value="3"', "3")}</table:table-row>
<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="4"/></table:table-row>
<table:table-row>{words("ليلى نموذج")}<table:table-cell table:number-columns-repeated="2"/>{value("float", 'office:value="1.5"', "1.50")}</table:table-row>
</table:table></office:spreadsheet></office:body></office:document>"""

def make(name, source, kinds):
    if sys.argv[1:] and name not in sys.argv[1:]:
        return
    with tempfile.TemporaryDirectory() as folder:
        extension = "fods" if "spreadsheet" in source.split("office:mimetype", 1)[1][:80] else "fodt"
        path = os.path.join(folder, f"{name}.{extension}")
        open(path, "w", encoding="utf-8").write(source)
        for kind in kinds:
            subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                            "--convert-to", kind, "--outdir", HERE, path], check=True, stdout=subprocess.DEVNULL)

def lock(name, *options):
    """A 7z archive behind the password "sample"."""
    if sys.argv[1:] and name not in sys.argv[1:]:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "form.txt")
        open(path, "w", encoding="utf-8").write("Name: Sample Person\n")
        archive = os.path.join(HERE, f"{name}.7z")
        if os.path.exists(archive):
            os.remove(archive)
        subprocess.run(["7z", "a", "-psample", *options, archive, path], check=True, stdout=subprocess.DEVNULL)

lock("locked")
lock("locked-names", "-mhe=on")
make("arabic-form", ARABIC, ["doc:MS Word 97", "odt", "docx", "rtf", "pdf"])
make("free-layout", FREE, ["doc:MS Word 97", "odt"])
make("nested-tables", NESTED, ["doc:MS Word 97", "odt"])
make("latin-form", LATIN, ["doc:MS Word 97"])
make("russian-form", RUSSIAN, ["doc:MS Word 97"])
make("register", SHEET, ["ods", "xls:MS Excel 97", "xlsx"])

def put(name, content):
    if not sys.argv[1:] or name in sys.argv[1:]:
        open(os.path.join(HERE, name), "wb").write(content)

def tar(*members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()

def zipped(members, packed=True):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, (2014, 2, 3, 4, 5, 6)), content)
    return out.getvalue()

def record(number, data=b""):
    head = bytes([number]) if number < 128 else bytes([number & 127 | 128, number >> 7])
    return head + bytes([len(data)]) + data

def wide(shown):
    return struct.pack("<I", len(shown)) + shown.encode("utf-16-le")

XLSB = [("[Content_Types].xml", "<Types/>"),
    ("xl/workbook.bin", record(0x83) + record(0x9c, bytes(4) + struct.pack("<I", 1) + wide("r1") + wide("Sample")) + record(0x90) + record(0x84)),
    ("xl/_rels/workbook.bin.rels", '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.bin"/></Relationships>'),
    ("xl/worksheets/sheet1.bin", record(0x81) + record(0x94, struct.pack("<4I", 0, 1, 0, 2)) + record(0x91)
        + record(0, bytes(17)) + record(6, bytes(8) + wide("الاسم")) + record(0, struct.pack("<I", 1) + bytes(13))
        + record(6, bytes(8) + wide("سامر نموذج")) + record(5, struct.pack("<IId", 1, 0, 9995550101)) + record(0x92) + record(0x82))]

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">2I5B", 8, 8, 8, 0, 0, 0, 0)) \
    + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + bytes([255, 0] * 4) for _ in range(8)))) + chunk(b"IEND", b"")
TIFF = b"II*\0" + struct.pack("<I", 8)
for page in range(2):
    start = len(TIFF)
    fields = [(256, 4, 1, 8), (257, 4, 1, 8), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, start + 102), (277, 3, 1, 1), (279, 4, 1, 64)]
    TIFF += struct.pack("<H", len(fields)) + b"".join(struct.pack("<HHII", *f) for f in fields) + struct.pack("<I", 0 if page else start + 166) + bytes([200] * 64)

REGISTER = "الاسم,تاريخ الولادة,هاتف\nسامر نموذج,1990-05-12,+9995550103\n\"ليلى، نموذج\",,\n"
HEAD = "From: Sample Clerk <clerk@example.invalid>\r\nTo: office@example.invalid\r\nDate: Mon, 3 Feb 2014 04:05:06 +0000\r\nSubject: =?utf-8?B?2YbZhdin2LDYrA==?=\r\nMIME-Version: 1.0\r\n"
EML = HEAD + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=windows-1256\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=C7=E1=C7=D3=E3: Sample\r\n--b\r\nContent-Type: text/csv; name=a.csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\nx,y\r\n1,2\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + HEAD + "\r\ninner\r\n--b--\r\n"
PAGE = '<html><head><title>نموذج</title><meta charset="utf-8"></head><body dir="rtl"><table><tr><td rowspan=2>الاسم<td colspan="2">سامر &amp; نموذج</table><p>A<br><input type=checkbox checked> B</body></html>'
put("register.csv", REGISTER.encode("cp1256"))
put("register-8859-6.csv", REGISTER.encode("iso-8859-6"))
put("register-16.tsv", REGISTER.replace(",", "\t").encode("utf-16-be"))
put("note.txt", "الاسم: سامر نموذج المثال\n\nملاحظات\n".encode("cp1256"))
put("mail.eml", EML.encode())
put("mails.mbox", ("From a\n" + HEAD.replace("\r", "") + "\none\n\nFrom b\n" + HEAD.replace("\r", "") + "\ntwo\n").encode())
put("page.html", PAGE.encode())
put("page.mht", (HEAD + 'Content-Type: multipart/related; type="text/html"; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n' + PAGE + "\r\n--b--\r\n").encode())
put("register.xlsb", zipped(XLSB))
put("square.png", PNG)
put("pages.tiff", TIFF)
MEMBERS = [("in/form.txt", b"Name: Sample Person\n"), ("register.csv", REGISTER.encode())]
put("archive.zip", zipped(MEMBERS))
put("archive.tar", tar(*MEMBERS))
put("archive.tar.gz", gzip.compress(tar(*MEMBERS), mtime=0))
put("archive.tar.bz2", bz2.compress(tar(*MEMBERS)))
put("form.txt.bz2", bz2.compress(b"Name: Sample Person\n" * 20))
put("zeros.bz2", bz2.compress(bytes(3_000_000)))
put("numbers.txt.bz2", bz2.compress("".join(f"{n * 7919 % 10007}\n" for n in range(30000)).encode(), 1))
put("archive.tar.xz", lzma.compress(tar(*MEMBERS)))
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "form.txt")
    open(path, "w", encoding="utf-8").write("Name: Sample Person\n" * 20)
    for name, command in [("open.7z", ["7z", "a"]), ("form.txt.zst", ["zstd", "-q", "-f", "-o"])]:
        if not sys.argv[1:] or name in sys.argv[1:]:
            subprocess.run([*command, os.path.join(HERE, name), path], check=True, stdout=subprocess.DEVNULL)
