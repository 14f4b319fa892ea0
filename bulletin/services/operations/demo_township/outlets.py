"""The demo's website, chat and loudspeaker, and what went to them."""

from datetime import time

from bulletin.domain.outlets.airing import Slot
from bulletin.domain.outlets.paste import ReadOut
from bulletin.domain.outlets.rules import OutletKind
from bulletin.schedules.demo import DemoAct
from bulletin.services.operations.demo_township.script import DemoSite
from bulletin.services.outlets.change_slots import plan_airings
from bulletin.services.outlets.record_aired import record_airing
from bulletin.services.outlets.record_sent import record_sending
from bulletin.services.outlets.register_outlet import NewOutlet, register_outlet


def register(demo: DemoSite, act: DemoAct) -> None:
    """From that day on it carries what is published; a loudspeaker airs at its slots."""
    facts, actor = act.facts, demo.actors[act.by]
    kind, village_id = OutletKind(facts["kind"]), demo.villages[facts["village"]]
    new = NewOutlet(name=facts["name"], kind=kind, village_id=village_id, days=facts["days"])
    demo.outlets[new.name] = outlet_id = register_outlet(demo.site, actor, new, act.at)
    if kind is OutletKind.BROADCAST:
        slots = tuple(Slot(time.fromisoformat(each)) for each in facts["slots"])
        plan_airings(demo.site, actor, outlet_id, slots, facts["airings"], act.at)


def send(demo: DemoSite, act: DemoAct) -> None:
    """A notice came to an outlet, or was aired there twice over."""
    facts, actor = act.facts, demo.actors[act.by]
    outlet_id, code = demo.outlets[facts["outlet"]], demo.codes[facts["notice"]]
    if facts["kind"] == OutletKind.BROADCAST:
        record_airing(demo.site, actor, outlet_id, code, act.at, choice=ReadOut(times=2))
    else:
        link = facts.get("link", "")
        record_sending(demo.site, actor, outlet_id, code, act.at, link=link)
