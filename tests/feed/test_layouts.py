"""The mappings that come with ascribe read the layouts that they are for."""

from __future__ import annotations

import re
from pathlib import Path

import reasoner.feed
from reasoner.evidence.workspace import find_workspace
from reasoner.feed.loading import load_feed
from reasoner.feed.store import FeedStore, base_of
from reasoner.rule_base import load_rules
from tests.feed.feeds import ROOT, Desk

LAYOUTS = Path(reasoner.feed.__file__).parent / "layouts"

ACLED = """\
event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,\
assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,\
geo_precision,source,source_scale,notes,fatalities,tags,timestamp
IRQ90001,29 November 2023,2023,1,Political violence,Explosions/Remote violence,Shelling/artillery/missile attack,\
Kataib Hezbollah,,3,Military Forces of Nowhere,,8,38,,368,Middle East,Iraq,Erbil,Erbil,,Erbil,36.19,44.01,1,\
Invented News; Invented Wire,National,"Rockets fell, it was said, near a base.",0,,1700000000
IRQ90002,2023-12-01,2023,2,Political violence,Battles,Armed clash,Invented Brigade,,3,,,0,30,,368,Middle East,Iraq,\
Erbil,Erbil,,Inventedtown,36.2,44.0,3,Invented News,National,A clash.,2,,1700000001
"""

GTD = """\
eventid,iyear,imonth,iday,country_txt,region_txt,provstate,city,summary,attacktype1_txt,targtype1_txt,target1,gname,\
guncertain1,claimed,weaptype1_txt,weapsubtype1_txt,nkill,scite1,dbsource
209901010001,2019,3,7,Iraq,Middle East & North Africa,Erbil,Erbil,"03/07/2019: A bomb went off, as invented here.",\
Bombing/Explosion,Military,A checkpoint,Invented Front,0,1,Explosives,Vehicle,3,Invented Nowhere Post,INVENTED
209901010002,2019,3,0,Iraq,Middle East & North Africa,Erbil,Unknown,A second one.,Unknown,Other,Somebody,Unknown,\
0,-9,Unknown,,,,INVENTED
"""


def loaded(tmp_path: Path, name: str, rows: str) -> FeedStore:
    file = tmp_path / "rows.csv"
    file.write_text(rows, encoding="utf-8")
    workspace = find_workspace(ROOT)
    mapping = LAYOUTS / f"{name}.feed.yaml"
    return load_feed([file], mapping, workspace, load_rules(workspace), tmp_path / "out" / "feed.duckdb")


def own(store: FeedStore, case: str) -> dict[str, float]:
    return {
        str(atom): round(fact.credence, 3) for atom, fact in base_of(store, case).facts.items() if fact.case == case
    }


def test_acled(tmp_path: Path) -> None:
    """An event of ACLED states when, where and what it was, and whom ACLED names."""
    store = loaded(tmp_path, "acled", ACLED)

    assert store.rejected() == []
    assert own(store, "irq90001") == {
        "at(irq90001, erbil)": 0.905,
        "at(irq90001, iraq)": 1.0,
        "casualties(irq90001, toll_of_0)": 0.599,
        "considered(kataib_hezbollah, irq90001)": 1.0,
        "kind(irq90001, shelling)": 1.0,
        'occurred(irq90001, "2023-11-29")': 0.905,
    }
    second = base_of(store, "irq90002")
    assert second.entities["invented_brigade"].name == "Invented Brigade"
    assert second.entities["inventedtown"].kind == "city"
    assert second.case.title == "A clash."


def test_gtd(tmp_path: Path) -> None:
    """An attack of the GTD states what its columns say; what is not known is not stated, and a day of 0 is no date."""
    store = loaded(tmp_path, "gtd", GTD)

    facts = own(store, "gtd_209901010001")
    assert facts['occurred(gtd_209901010001, "2019-03-07")'] == 0.95
    assert facts["claimed(invented_front, gtd_209901010001, statement)"] == 0.845
    assert facts["suspect(gtd_209901010001, invented_front)"] == 0.845
    assert facts["used(gtd_209901010001, explosives)"] == 0.845
    assert set(own(store, "gtd_209901010002")) == {"at(gtd_209901010002, iraq)"}
    assert [(each.row, each.word, each.value) for each in store.rejected()] == [(2, "not-a-date", "2019-3-0")]


def test_the_example_of_the_documentation(tmp_path: Path) -> None:
    """The mapping of docs/feeds.md reads the rows of docs/feeds.md."""
    page = (ROOT / "docs" / "feeds.md").read_text(encoding="utf-8")
    rows = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)[0]
    mapping = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[0]
    desk = Desk(tmp_path, HARBOUR, (ROOT / "rules" / "vocabulary.yaml").read_text(encoding="utf-8"))
    file = tmp_path / "feed" / "incidents.csv"
    file.write_text(rows, encoding="utf-8")
    store = desk.load(mapping, file)

    assert store.rejected() == []
    assert own(store, "hb_17") == {
        "at(hb_17, fuel_harbour)": 0.905,
        "considered(tide_brigade, hb_17)": 1.0,
        'occurred(hb_17, "2024-02-01")': 1.0,
        "used(hb_17, limpet_mine)": 0.785,
    }
    assert set(own(store, "hb_18")) == {"at(hb_18, fuel_harbour)", 'occurred(hb_18, "2024-03-02")'}


HARBOUR = """\
background: harbour
entities:
  limpet_mine: {name: a limpet mine, kind: weapon}
  fuel_harbour: {name: the fuel harbour, kind: place, aliases: [Fuel harbour]}
"""
