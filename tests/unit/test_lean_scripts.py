"""Our own scripts lose what only their readers need, and nothing else."""

from __future__ import annotations

import pytest

from conspectus.assets import bundled, lean, load


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("// why\nlet a = 1; // because\n", "let a=1;\n"),
        ('let a = "//"; // kept\n', 'let a = "//"; // kept\n'),
        ("let a = 4 / 2; // kept\n", "let a = 4 / 2; // kept\n"),
        ("let a = b > 1 ? .5 : c ?? d * e;\n", "let a=b>1?.5:c??d*e;\n"),
        ("for (; a < !b; c += -d) e -= 1;\n", "for(;a < !b;c+=-d)e-=1;\n"),
        ("/**\n * @param {x} y\n */\n  f(1);\n", "f(1);\n"),
        ("  if (a) {\n    b();\n  }\n\n", "if(a){b();}\n"),
        ('f("a"); // kept\ng(\n  1,\n  2\n);\n', 'f("a"); // kept\ng(1,2\n);\n'),
        ("const f = (a) =>\n  a;\ng()\n", "const f=(a)=>\na;g()\n"),
        ("/* one line */\nf();\n", "f();\n"),
        ("let a = `x ${b} y`;\n  c();\n", "let a = `x ${b} y`;c();\n"),
        ('let a = "/*";\n  b();\n', 'let a = "/*";\n  b();\n'),
        ("const f = (a, b) => { return a + +b; };\n", "const f=(a,b)=>{return a + +b;};\n"),
        ('f(a, " = ", b);\n', 'f(a," = ",b);\n'),
        ("f(a, ' = ');\n", "f(a, ' = ');\n"),
        ('f(a, " = "); // , ;\n', 'f(a, " = "); // , ;\n'),
        ("let a = 4\n  / 2;\n", "let a=4\n/ 2;\n"),
    ],
)
def test_comments_and_indentation_go(script: str, expected: str) -> None:
    assert lean(script.encode()).decode() == expected


@pytest.mark.parametrize(
    "script",
    [
        "let a = `\n  // not a comment\n`;\n",
        'let a = "x\\\n  // not a comment";\n',
        "/* why */ f();\n  g();\n",
        "f(); /* begins\n  // here */ g();\n",
        "/*/ why */ f();\n  g();\n",
    ],
)
def test_a_script_whose_lines_may_begin_inside_a_text_stays_as_it_is(script: str) -> None:
    assert lean(script.encode()).decode() == script


def test_every_script_of_the_search_is_made_lean(tmp_path) -> None:
    by_name = {file.name: file.body for file in load(tmp_path / "content").files}
    for path in sorted((bundled("static") / "js" / "search").iterdir()):
        name = path.relative_to(bundled("static")).as_posix()
        text = by_name[name].decode()
        assert not any(line.startswith(("//", "/*", " ")) for line in text.split("\n")), name


def test_a_survey_s_own_script_is_published_as_it_was_written(tmp_path) -> None:
    own = tmp_path / "static" / "js" / "own.js"
    own.parent.mkdir(parents=True)
    own.write_text("// mine\n  f();\n")
    by_name = {file.name: file.body for file in load(tmp_path / "content").files}
    assert by_name["js/own.js"] == b"// mine\n  f();\n"
