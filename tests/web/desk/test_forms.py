"""其他用纸 on the desk."""


def test_every_paper_opens(signed_in, zhangjia):
    browser = signed_in("li")
    assert "公开栏题头" in browser.get("/desk/papers").text
    for kind in ("header", "blank", "catalog", "printer"):
        answer = browser.get(f"/desk/papers/{kind}.pdf?village={zhangjia.id}&paper=a3")
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF")


def test_the_code_of_the_catalog_on_the_wall_opens_the_catalog(resident, zhangjia):
    assert "公开事项目录" in resident.get("/V/630223202214/CATALOG").text
    assert zhangjia.id
