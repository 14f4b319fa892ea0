"""其他用纸 on the desk."""

from bulletin.services.printing.forms import FORMS


def test_every_paper_opens(signed_in, zhangjia):
    browser = signed_in("li")
    page = browser.get("/desk/papers").text
    for kind, form in FORMS.items():
        assert form.label in page
        assert form.hint in page
        answer = browser.get(f"/desk/papers/{kind}.pdf?village={zhangjia.id}&paper=a3")
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF")


def test_a_form_that_there_is_not_is_not_found(signed_in):
    assert signed_in("li").get("/desk/papers/poster.pdf").status_code == 404


def test_the_code_of_the_catalog_on_the_wall_opens_the_catalog(resident, zhangjia):
    assert "公开事项目录" in resident.get("/V/630223202214/CATALOG").text
    assert zhangjia.id
