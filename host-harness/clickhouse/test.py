"""ClickHouse (in chdb) gives the answers of the program itself, for names and for anything else.

    python test.py MODULE

Needs chdb 4.4.0 and cargo; `cargo dev test --only clickhouse` provides both.
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from collections import Counter
from pathlib import Path

import chdb

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BLOCKS = "SETTINGS webassembly_udf_max_input_block_size = 4096"
# What is no domain name, and the reason that the long answer gives.
ODD = {b"": "name.invalid", b".": "name.invalid", b"a..com": "name.invalid", b"a b": "name.invalid",
       b"a\nb.com": "name.invalid", b"a" * 64 + b".com": "name.invalid", b"a." * 200: "name.invalid",
       b"\xff\xfe.com": "name.invalid", b"a\0.com": "name.invalid", b"\0" * 300: "name.invalid", b"1.2.3.4": "name.ip", b"printer": "name.single_label",
       b"nas.local": "name.local", b"1.0.0.127.in-addr.arpa": "name.reverse"}
# What the program reads like the library: it takes URLs, stars and leading dots off.
PLAIN = re.compile(rb"[\w-]+(\.[\w-]+)*\.?")


def setUpModule():
    """One server with the two functions, installed as the README says."""
    global server, folder
    folder = tempfile.TemporaryDirectory()
    shutil.copy(MODULE, Path(folder.name, "phonehome.wasm"))
    # The folder that `file()` reads from.
    os.chdir(folder.name)
    server = chdb.connect(f"{folder.name}/db?config-file={HERE / 'clickhouse.xml'}")
    run_file("install.sql")


def tearDownModule():
    server.close()
    os.chdir(ROOT)
    folder.cleanup()


def rows(sql):
    """The rows of a query, each an object."""
    return [json.loads(line) for line in server.query(sql, "JSONEachRow").bytes().splitlines()]


def run_file(name):
    """The rows of each statement of a file."""
    text = (HERE / name).read_text()
    code = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    return [rows(statement) for statement in code.split(";\n") if statement.strip()]


def fill(names):
    """The table `t` with these names, by their numbers."""
    server.query("CREATE OR REPLACE TABLE t (n UInt32, name String) ENGINE = Memory")
    Path("t.tsv").write_text("".join(f"{n}\t{name.hex()}\n" for n, name in enumerate(names)))
    server.query("INSERT INTO t SELECT n, unhex(x) FROM file('t.tsv', 'TSV', 'n UInt32, x String')")


def short(answer):
    """The short answer out of a long one."""
    owner = {side: (answer[side] or {"id": ""})["id"] for side in ("vendor", "platform")}
    purpose = answer["purposes"][0]["id"] if answer["purposes"] else ""
    impact = answer["breaks"]["impact"] if answer["breaks"] else "unknown"
    return {"verdict": answer["verdict"], "confidence": answer["confidence"], **owner, "purpose": purpose, "impact": impact,
            "advice": answer["advice"]}


def of_program(names):
    """The lines that the program prints for names."""
    command = ["cargo", "run", "--release", "--quiet", "--", "classify", "--format", "jsonl"]
    for name in names:
        command += ["-n", name]
    lines = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout.decode().splitlines()
    assert len(lines) == len(names), f"{len(names)} names, {len(lines)} lines"
    return lines


def corpus():
    """The names of every corpus file."""
    files = sorted((ROOT / "tests/corpus").glob("*.jsonl"))
    return [json.loads(line)["name"].encode() for file in files for line in file.read_text().splitlines()]


class Answers(unittest.TestCase):
    def test_the_module_imports_nothing(self):
        sections = list(section_ids(Path(MODULE).read_bytes()))
        self.assertIn(7, sections, "it exports something")
        self.assertNotIn(2, sections, "it imports something")

    def test_they_are_the_programs_own(self):
        seed = (ROOT / "tests/corpus/seed-names.txt").read_bytes().splitlines()
        names = [name for name in seed + corpus() if PLAIN.fullmatch(name)] + [b"A1.TuyaEU.com.", b"", b"a b"]
        self.assertGreater(len(names), 500)
        fill(names)
        expected = of_program(names)
        found = rows(f"SELECT phonehome(name) AS p, phonehome_json(name) AS j FROM t ORDER BY n {BLOCKS}")
        for name, line, row in zip(names, expected, found, strict=True):
            self.assertEqual(row["j"], line, name)
            self.assertEqual(row["p"], short(json.loads(line)), name)

    def test_what_is_no_name_is_unknown_with_a_reason(self):
        fill(ODD)
        found = rows(f"SELECT phonehome(name) AS p, phonehome_json(name) AS j FROM t ORDER BY n {BLOCKS}")
        for (name, reason), row in zip(ODD.items(), found, strict=True):
            self.assertEqual(json.loads(row["j"])["reasons"][0]["code"], reason, name)
            self.assertEqual((row["p"]["verdict"], row["p"]["vendor"]), ("unknown", ""), name)

    def test_no_octets_fail_a_query(self):
        chance = random.Random(1)
        bad = [chance.randbytes(chance.randrange(80)) for _ in range(3000)]
        bad += [b"\0", b"a1.tuyaeu.com\0", chance.randbytes(1 << 20)]
        names = [name for pair in zip(bad, [b"a1.tuyaeu.com"] * len(bad)) for name in pair]
        fill(names)
        # With ClickHouse's own choice of blocks: it splits them by their size.
        found = rows("SELECT phonehome(name) AS p, phonehome_json(name) AS j FROM t ORDER BY n")
        self.assertEqual(len(found), len(names))
        for name, row in zip(names, found):
            self.assertEqual(row["p"], short(json.loads(row["j"])), name)
            self.assertEqual(row["p"]["vendor"] == "tuya", name == b"a1.tuyaeu.com", name)

    def test_a_long_column_keeps_its_order(self):
        names = list(dict.fromkeys(corpus()))
        fill([names[n % len(names)] for n in range(100_000)])
        one_by_one = "SETTINGS webassembly_udf_max_input_block_size = 1"
        alone = rows(f"SELECT phonehome(name) AS p FROM t WHERE n < {len(names)} ORDER BY n {one_by_one}")
        self.assertGreater(len({row["p"]["vendor"] for row in alone}), 5)
        for settings in ("", BLOCKS):
            found = rows(f"SELECT n, phonehome(name) AS p FROM t ORDER BY n {settings}")
            self.assertEqual(len(found), 100_000)
            wrong = [row for row in found if row["p"] != alone[row["n"] % len(names)]["p"]]
            self.assertEqual(wrong, [], settings)

    def test_long_answers_of_a_long_column_fit(self):
        fill([b"a1.tuyaeu.com"] * 50_000)
        [row] = rows(f"SELECT uniqExact(phonehome_json(name)) AS answers, count() AS rows FROM t {BLOCKS}")
        self.assertEqual((int(row["answers"]), int(row["rows"])), (1, 50_000))

    def test_other_kinds_of_column(self):
        [row] = rows("SELECT phonehome(toLowCardinality('a1.tuyaeu.com')).vendor AS low, "
                     "phonehome(materialize(toNullable('a1.tuyaeu.com'))).vendor AS nullable, "
                     "phonehome(materialize(NULL::Nullable(String))) AS nothing, "
                     "phonehome(toString(toFixedString('a1.tuyaeu.com', 20))).vendor AS fixed")
        self.assertEqual(row, {"low": "tuya", "nullable": "tuya", "nothing": None, "fixed": "tuya"})

    def test_the_example_answers_what_the_program_would(self):
        *_, owners, blockable, why = run_file("example.sql")
        log = [row["name"] for row in rows("SELECT name FROM dns_log")]
        names = sorted(set(log))
        answers = dict(zip(names, map(json.loads, of_program(names))))
        queries = Counter((short(answers[name])["vendor"], answers[name]["verdict"]) for name in log)
        self.assertEqual({(row["vendor"], row["verdict"]): int(row["queries"]) for row in owners}, dict(queries))
        expected = {name for name in names if answers[name]["advice"] in ("block", "safe_to_block", "costs_something")}
        self.assertEqual({row["name"] for row in blockable}, expected)
        self.assertTrue(expected)
        self.assertEqual({row["name"]: row["advice"] for row in why},
                         {name: answers[name]["advice_text"] for name in ("a1.tuyaeu.com", "pool.ntp.org")})

    def test_installing_again_replaces(self):
        run_file("install.sql")
        self.assertEqual(rows("SELECT phonehome('a1.tuyaeu.com').vendor AS v"), [{"v": "tuya"}])


def section_ids(module):
    """The numbers of a module's sections: 2 is imports, 7 exports."""
    at = 8
    while at < len(module):
        yield module[at]
        size, shift, at = 0, 0, at + 1
        while True:
            octet, at = module[at], at + 1
            size |= (octet & 0x7F) << shift
            shift += 7
            if octet < 0x80:
                break
        at += size


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    MODULE = os.path.abspath(sys.argv.pop())
    unittest.main()
