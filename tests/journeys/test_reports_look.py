import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import build_cast
from tests.signed_in import session_cookie
from aktsom.reports.tests.factories import *
from aktsom.reports import services
from aktsom.reports.rules import *
from aktsom.core.files.tests.test_pictures import jpeg
from aktsom.core.files.pictures import clean_picture

@pytest.mark.django_db(transaction=True)
def test_look(new_context, live_server, assert_accessible):
    cast = build_cast(procedure="steinkjer")
    r = send(cast, urgency=Urgency.NOW, where_happened="Garderoben", accused=())
    s = send(cast, accused=("teacher_without_relation",))
    w = send(cast, accused=("accused_head_teacher",))
    a = send_anonymously(cast, pictures=(clean_picture(jpeg((400,300))),), involved=Involved.UNSURE)
    services.answer_reporter(by=cast.actor("head_teacher"), report=a, text="Takk for at du sa fra. Hvor er det?")
    services.assess_report(by=cast.actor("head_teacher"), report=r, seriousness=Seriousness.SERIOUS, reason="Flere mot én.", urgent_measures="Følge til garderoben.")
    services.judge_groundless(by=cast.actor("head_teacher"), report=s, reason="Var ikke på skolen den uken.")
    n = r.owner_notices.get()
    bad = []
    def shoot(who, address, name, act=None):
        c = new_context()
        if who: c.add_cookies([session_cookie(cast, who, live_server.url)])
        p = c.new_page(); p.goto(address)
        if act: act(p)
        p.screenshot(path=f"/tmp/look/{name}.png", full_page=True)
        wide = p.evaluate("document.documentElement.scrollWidth")
        if wide > 360: bad.append((name, wide))
        try: assert_accessible(p)
        except AssertionError as e: bad.append((name, str(e)[:600]))
        c.close()
    shoot("contact_teacher", "/meld/", "01_meld")
    def openall(p):
        p.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    shoot("contact_teacher", "/meld/", "02_meld_open", openall)
    shoot("contact_teacher", f"/meld/{r.public_id}/sendt/", "03_sendt")
    shoot("contact_teacher", "/meld/muntlig/", "04_muntlig", openall)
    shoot("pupil", "/meld/", "05_family", openall)
    shoot(None, "/skole/solvik/", "06_school")
    shoot(None, "/skole/solvik/si-fra/", "07_sifra")
    def withpic(p):
        p.fill("textarea", "Noen gutter tar sekken min.")
        openall(p)
        open("/tmp/look/p.jpg","wb").write(jpeg((400,300)).read())
        p.set_input_files("input[type=file]", "/tmp/look/p.jpg")
        p.click("button:has-text('Send meldingen')")
        p.wait_for_load_state()
    shoot(None, "/skole/solvik/si-fra/", "08_sifra_pic", withpic)
    def sendit(p):
        withpic(p); p.click("button:has-text('Send meldingen')"); p.wait_for_load_state()
    shoot(None, "/skole/solvik/si-fra/", "09_sent", sendit)
    def back(p):
        p.fill("input[name=receipt]", a.receipt); p.click("button[type=submit]:has-text('Vis svaret')"); p.wait_for_load_state()
    shoot(None, "/skole/solvik/svar/", "10_svar", back)
    shoot(None, "/skole/solvik/plakat/", "11_plakat")
    shoot(None, "/skole/solvik/si-fra/hva-lagres/", "12_lagres")
    shoot("head_teacher", "/meldinger/", "13_list")
    shoot("head_teacher", f"/meldinger/{r.public_id}/", "14_detail", openall)
    shoot("head_teacher", f"/meldinger/{s.public_id}/", "15_staff")
    shoot("head_teacher", f"/meldinger/{a.public_id}/", "16_anon")
    shoot("head_teacher", "/meldinger/oversikt/", "17_over")
    shoot("owner_handler", "/eier/", "18_owner", openall)
    shoot("owner_handler", f"/eier/{n.public_id}/", "19_notice")
    shoot("contact_teacher", "/mine-meldinger/", "20_mine")
    shoot("contact_teacher", f"/mine-meldinger/{r.public_id}/", "21_mine1")
    print(bad)
    assert bad == []
