"""Prints a workbook as JSON: {sheet: [[cell, ...], ...]}; a cell is [kind, text, number format, bold]. Reads the file by
the standard (ECMA-376) with Python's own library, and fails on what a spreadsheet program would have to repair."""
import json
import re
import sys
import xml.etree.ElementTree as xml
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

book = zipfile.ZipFile(sys.argv[1])
assert book.testzip() is None, "damaged"
parts = {name: xml.fromstring(book.read(name)) for name in book.namelist() if name.endswith((".xml", ".rels"))}
for entry in book.infolist():
    assert entry.date_time == (1980, 1, 1, 0, 0, 0), "a time of day in " + entry.filename

# Every part is declared, every relation leads somewhere.
declared = {node.get("PartName") for node in parts["[Content_Types].xml"] if node.get("PartName")}
for name in book.namelist():
    assert "/" + name in declared or name.endswith(".rels") or name == "[Content_Types].xml", name
relations = {node.get("Id"): "xl/" + node.get("Target") for node in parts["xl/_rels/workbook.xml.rels"]}
for target in relations.values():
    assert target in parts, target

styles = parts["xl/styles.xml"]
formats = {node.get("numFmtId"): node.get("formatCode") for node in styles.iter(MAIN + "numFmt")}
fonts = [font.find(MAIN + "b") is not None for font in styles.find(MAIN + "fonts")]
cell_styles = [(formats.get(xf.get("numFmtId"), ""), fonts[int(xf.get("fontId"))]) for xf in styles.find(MAIN + "cellXfs")]

sheets, names = {}, set()
for sheet in parts["xl/workbook.xml"].find(MAIN + "sheets"):
    name = sheet.get("name")
    assert name.lower() not in names and len(name.encode("utf-16-le")) <= 62, name
    assert not re.search(r"[\[\]:*?/\\]", name) and name.strip("'") == name, name
    names.add(name.lower())
    root = parts[relations[sheet.get(REL + "id")]]
    assert root.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane").get("state") == "frozen", name
    assert root.find(MAIN + "cols") is not None, name
    rows = []
    for row in root.find(MAIN + "sheetData"):
        assert int(row.get("r")) > len(rows), "rows out of order"
        rows += [[] for _ in range(int(row.get("r")) - 1 - len(rows))] + [[]]
        for cell in row:
            assert cell.find(MAIN + "f") is None, "a formula in " + name
            column = 0
            for letter in re.match("[A-Z]+", cell.get("r")).group():
                column = column * 26 + ord(letter) - 64
            rows[-1] += [None] * (column - 1 - len(rows[-1]))
            pattern, bold = cell_styles[int(cell.get("s", 0))]
            if cell.get("t") == "inlineStr":
                rows[-1].append(["text", "".join(cell.itertext()), pattern, bold])
            elif cell.find(MAIN + "v") is None:
                rows[-1].append(["empty", "", pattern, bold])
            else:
                rows[-1].append(["number", cell.find(MAIN + "v").text, pattern, bold])
    sheets[name] = rows
print(json.dumps(sheets))
