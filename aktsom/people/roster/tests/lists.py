"""Small lists in each format, written to disk for a test."""

from __future__ import annotations

import zipfile
from pathlib import Path

MANIFEST = "propertyName,value\nmanifest.version,1.0\noneroster.version,{version}\nsource.systemCode,{code}\n{files}"
ORGS = """sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
o-eier,,,Solfjord kommune,district,900000001,
o-solvik,,,Solvik skole,school,NO 900 000 011,o-eier
"""
SESSIONS = """sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear
t-1,,,Skoleåret,schoolYear,2026-08-17,2027-06-20,,2027
"""
CLASSES = """sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds
k-8b,,,8B,8,,8B,homeroom,,o-solvik,t-1
k-nor,,,8B norsk,8,,NOR,scheduled,,o-solvik,t-1
"""
USERS = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,"
    "identifier,email,sms,phone,agentSourcedIds,grades,password\n"
    """p-ylva,,,true,o-solvik,student,ylva,,Ylva,Ylvasen,,,ylva@example.invalid,90000001,,p-maja,8,
p-teo,,,true,o-solvik,student,teo,,Teodor,Teodorsen,Ask,,,,,,8,
p-maja,,,true,o-solvik,guardian,maja,,Maja,Ylvasen,,,maja@example.invalid,,,p-ylva,,
p-kari,,,true,o-solvik,teacher,kari,,Kari,Karisen,,,kari@example.invalid,,,,,
"""
)
ENROLMENTS = """sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
e-1,,,k-8b,o-solvik,p-ylva,student,,2026-08-17,2027-06-20
e-2,,,k-8b,o-solvik,p-teo,student,,,
e-3,,,k-8b,o-solvik,p-kari,teacher,true,,
e-4,,,k-nor,o-solvik,p-kari,teacher,,,
"""
ONEROSTER = {
    "orgs": ORGS,
    "academicSessions": SESSIONS,
    "classes": CLASSES,
    "users": USERS,
    "enrollments": ENROLMENTS,
}
PIFU = """<?xml version="1.0" encoding="UTF-8"?>
<enterprise xmlns="{namespace}">
<properties lang="no"><datasource>sas@solfjord</datasource>
<type>{type}</type><datetime>2026-11-01T10:00:00</datetime></properties>
<person><sourcedid><source>sas@solfjord</source><id>p-ylva</id></sourcedid>
<userid useridtype="personNIN">00000000000</userid><userid useridtype="username" password="abc">ylva</userid>
<name><fn>Ylva Ylvasen</fn><n><family>Ylvasen</family><given>Ylva</given></n></name>
<demographics><gender>1</gender><bday>2013-02-03</bday></demographics><adr><street>Bakveien 1</street></adr>
<extension><pifu_hasContactPerson type="guardian"><sourcedid><source>sas@solfjord</source><id>p-maja</id></sourcedid>
</pifu_hasContactPerson>
<pifu_hasContactPerson type="nextOfKin"><sourcedid><source>sas@solfjord</source><id>p-kari</id></sourcedid>
</pifu_hasContactPerson></extension></person>
<person><sourcedid sourcedidtype="Old"><source>sas@solfjord</source><id>p-m</id></sourcedid>
<sourcedid sourcedidtype="New"><source>sas@solfjord</source><id>p-maja</id></sourcedid><name><fn>Maja Ylvasen</fn></name>
<tel teltype="1">70000000</tel><tel teltype="3">90000002</tel></person>
<person><sourcedid><source>sas@solfjord</source><id>p-kari</id></sourcedid><name><fn>K</fn><n><family>Karisen</family>
<given>Kari</given></n></name></person>
<group><sourcedid><source>sas@solfjord</source><id>o-solvik</id></sourcedid>
<grouptype><scheme>pifu-ims-go-org</scheme><typevalue level="2">skole</typevalue></grouptype><description>
<short>Solvik skole</short></description>
<extension><pifu_id type="organizationNumber"><pifu_value>900000011</pifu_value></pifu_id></extension></group>
<group><sourcedid><source>sas@solfjord</source><id>k-8b</id></sourcedid>
<grouptype><scheme>pifu-ims-go-grp</scheme><typevalue level="1">basisgruppe</typevalue></grouptype><description>
<short>8B</short></description>
<relationship relation="1"><sourcedid><source>sas@solfjord</source><id>o-solvik</id></sourcedid><label>Solvik</label>
</relationship></group>
<group><sourcedid><source>sas@solfjord</source><id>k-kari</id></sourcedid>
<grouptype><scheme>pifu-ims-go-grp</scheme><typevalue level="3">kontaktlærergruppe</typevalue></grouptype><description>
<short>Karis</short></description>
<relationship relation="1"><sourcedid><source>sas@solfjord</source><id>o-solvik</id></sourcedid><label>Solvik</label>
</relationship></group>
<group><sourcedid><source>sas@solfjord</source><id>t-8</id></sourcedid>
<grouptype><scheme>pifu-ims-go-grp</scheme><typevalue level="4">trinn</typevalue></grouptype><description>
<short>8</short></description>
<relationship relation="1"><sourcedid><source>sas@solfjord</source><id>o-solvik</id></sourcedid><label>Solvik</label>
</relationship></group>
<membership><sourcedid><source>sas@solfjord</source><id>o-solvik</id></sourcedid>
{member_ylva}<member><sourcedid><source>sas@solfjord</source><id>p-kari</id></sourcedid><idtype>1</idtype>
<role roletype="02"><subrole>Faglærer</subrole><status>1</status></role></member></membership>
<membership><sourcedid><source>sas@solfjord</source><id>k-8b</id></sourcedid>
{member_ylva}</membership>
<membership><sourcedid><source>sas@solfjord</source><id>k-kari</id></sourcedid>
<member><sourcedid><source>sas@solfjord</source><id>p-kari</id></sourcedid><idtype>1</idtype><role roletype="02">
<status>1</status></role></member></membership>
<membership><sourcedid><source>sas@solfjord</source><id>t-8</id></sourcedid>{member_ylva}</membership>
</enterprise>
"""
MEMBER_YLVA = (
    "<member><sourcedid><source>sas@solfjord</source><id>p-ylva</id></sourcedid><idtype>1</idtype>"
    '<role roletype="01"><status>1</status><finalresult><result>5</result></finalresult></role></member>'
)


def write_oneroster(folder: Path, *, version: str = "1.1", code: str = "sas", word: str = "bulk", **files: str) -> Path:
    """Write a OneRoster folder; a keyword replaces or adds one file's text."""
    texts = ONEROSTER | files
    folder.mkdir(parents=True, exist_ok=True)
    stated = "".join(f"file.{name},{word}\n" for name in texts)
    (folder / "manifest.csv").write_text(MANIFEST.format(version=version, code=code, files=stated), encoding="utf-8")
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def write_zip(path: Path, members: dict[str, str | bytes]) -> Path:
    """Write a ZIP with these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def write_pifu(path: Path, *, namespace: str = "http://pifu.no/xsd/pifu-ims_sas/pifu-ims_sas-v1", mode: str = "full") -> Path:
    """Write one PIFU-IMS file."""
    text = PIFU.format(namespace=namespace, type=mode, member_ylva=MEMBER_YLVA)
    path.write_text(text, encoding="utf-8")
    return path
