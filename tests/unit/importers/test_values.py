"""Fields as programs export them: identifiers, dates, names, languages."""

import pytest

from conspectus.importers.formats import values


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://doi.org/10.1000/ABC.", "10.1000/abc"),
        ("doi:10.1000/a(b)c", "10.1000/a(b)c"),
        ("10.1002/(SICI)1096<1::AID-X>3.0.CO;2-#", "10.1002/(sici)1096<1::aid-x>3.0.co;2-#"),
        ("http://doi.acm.org/10.1145/1137627.1137631", "10.1145/1137627.1137631"),
        ("see 10.1000%2Fmoss", "10.1000/moss"),
        ("(10.1000/moss)", "10.1000/moss"),
        ("10.1/x", ""),
    ],
)
def test_dois_are_found(written: str, expected: str) -> None:
    assert values.doi(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("arXiv preprint arXiv:2101.00001v3", "2101.00001"),
        ("https://arxiv.org/pdf/hep-th/9901001v1", "hep-th/9901001"),
        ("10.48550/arXiv.2101.00001", "2101.00001"),
        ("2101.00001", ""),
    ],
)
def test_arxiv_identifiers_are_found_where_arxiv_is_named(written: str, expected: str) -> None:
    assert values.arxiv(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2019//", "2019"),
        ("2019/03/05/Epub", "2019-03-05"),
        ("2019-03-05T10:00:00Z", "2019-03-05"),
        ("20190305", "2019-03-05"),
        ("2018 Mar-Apr", "2018-03"),
        ("5 March 2019", "2019-03-05"),
        ("März 2019", "2019-03"),
        ("Spring 2019", "2019"),
        ("05/03/2019", "2019"),
        ("25/03/2019", "2019-03-25"),
        ("03/2019", "2019-03"),
        ("2019-02-31", "2019-02"),
        ("2019-00-00", "2019"),
        ("c2001", "2001"),
        ("10 15", "None"),
        ("in press", "None"),
        ("0007", "None"),
    ],
)
def test_dates_are_read(written: str, expected: str) -> None:
    assert str(values.date(written)) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Liu R., Adler D.G.", ["R. Liu", "D.G. Adler"]),
        ("Example, Ada; Sample, Jan", ["Ada Example", "Jan Sample"]),
        ("Yang, Z. and Li, M.O.", ["Z. Yang", "M.O. Li"]),
        ("Ada Example, Jan Sample", ["Ada Example", "Jan Sample"]),
        ("Example, A., Sample, J.", ["A. Example", "J. Sample"]),
        ("Liskov, Barbara", ["Barbara Liskov"]),
        ("Smith J, Doe AB.", ["J Smith", "AB Doe"]),
        ("C. Bal\\'azs", ["C. Balázs"]),
        ("Ada Example et al.", ["Ada Example"]),
        ("Example, Ada; et al.", ["Ada Example"]),
    ],
)
def test_a_line_of_names_is_parted(written: str, expected: list[str]) -> None:
    found = values.authors(values.list_of_names(written), is_exported=True)
    assert [author.name for author in found] == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("English", "en"), ("eng", "en"), ("ngerman", "de"), ("pt_br", "pt-BR"), ("Klingonese!", "")],
)
def test_languages_become_tags(written: str, expected: str) -> None:
    assert values.language(written) == expected


def test_a_databases_page_gives_way_to_the_doi() -> None:
    embase = "https://www.embase.com/search/results?id=1"

    assert (
        values.landing("10.1000/x", "", embase, "https://example.org/x") == "https://example.org/x"
    )
    assert values.landing("", "", embase) == embase
