"""Works as authors keep them: ordinary BibTeX, with or without names of one's own."""

from theory.crosscheck.references import REFERENCES, cited, references

BIB = """\
@comment{by hand}
@article{first2020, title = {One},
  year = 2020}
% second; Second (2021)
@book{second2021,
  title = {Two},

  year = {2021}}
"""


def test_a_work_is_called_by_its_key_and_by_the_names_before_it(tmp_path):
    (tmp_path / "references.bib").write_text(BIB)
    first, second = references(tmp_path)
    assert first.names == ("first2020",)
    assert first.bibtex.endswith("year = 2020}")
    assert second.names == ("second", "Second (2021)", "second2021")
    assert [work.names[-1] for work in cited("after first2020", references(tmp_path))] == [
        "first2020"
    ]


def test_a_name_is_no_part_of_a_word():
    names = {name for work in cited("a CPU, the MSE, LvRs") for name in work.names}
    assert not names
    assert [work.names[0] for work in cited("after LvR's Fig. 1")] == ["LvR"]


def test_without_a_file_there_are_no_works(tmp_path):
    assert references(tmp_path) == ()
    (tmp_path / "references.bib").write_text("% nothing yet\n")
    assert references(tmp_path) == ()


def test_the_works_of_this_package_have_its_version():
    assert "VERSION" not in "".join(work.bibtex for work in REFERENCES)
