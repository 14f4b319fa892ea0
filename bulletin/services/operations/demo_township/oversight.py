"""The demo's year of oversight: inspections, 督办, trainings, departments that report, and last year's report."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bulletin.domain.days import village_day
from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.errors import BulletinError
from bulletin.domain.oversight.annual_report.drafts import TextPart
from bulletin.domain.oversight.inspections.form import CriterionMark, InspectionKind
from bulletin.domain.oversight.inspections.rounds import Answer
from bulletin.domain.oversight.trainings import NewTraining, TrainingKind
from bulletin.domain.people import Actor
from bulletin.schedules.demo import DemoAct
from bulletin.services.operations.demo_township.script import DemoSite
from bulletin.services.oversight.annual_report.issue import issue as issue_annual
from bulletin.services.oversight.annual_report.write_text import save_text
from bulletin.services.oversight.escalation.answer import answer
from bulletin.services.oversight.escalation.issue import issue as issue_order
from bulletin.services.oversight.escalation.offers import LateLine, late_duties
from bulletin.services.oversight.inspections.answer import fill
from bulletin.services.oversight.inspections.confirm_mended import report_mended
from bulletin.services.oversight.inspections.end_round import begin_second_round, end_round
from bulletin.services.oversight.inspections.overview import finding_lines
from bulletin.services.oversight.inspections.sign import sign
from bulletin.services.oversight.inspections.start import begin, begin_regime
from bulletin.services.oversight.reporting.manage_departments import (
    NewDepartment,
    add_department,
    assign_item,
)
from bulletin.services.oversight.trainings.record import record_training


def issue_report(demo: DemoSite, act: DemoAct) -> None:
    """The annual report of the year before, of which the township's registers know nothing yet."""
    actor, year = demo.actors[act.by], village_day(act.at).year - 1
    texts = {part: act.facts[part.value] for part in TextPart}
    save_text(demo.site, actor, year, texts, 0, act.at)
    issue_annual(demo.site, actor, year, act.facts["signed_by"], act.at)


def begin_inspections(demo: DemoSite, act: DemoAct) -> None:
    """检查制度 from that month on."""
    since_on = village_day(act.at).replace(day=1)
    begin_regime(demo.site, demo.actors[act.by], since_on, Every(act.facts["every"]), act.at)


def add_reporting(demo: DemoSite, act: DemoAct) -> None:
    """A department with a phone, and the items for which it reports."""
    facts, actor = act.facts, demo.actors[act.by]
    new = NewDepartment(facts["name"], facts["contact"], facts["phone"])
    department_id = add_department(demo.site, actor, new, act.at)
    for item in facts["items"]:
        assign_item(demo.site, actor, item, department_id, facts["days_before"], act.at)


def hold_training(demo: DemoSite, act: DemoAct) -> None:
    """A training or publicity of that day, with what was handed out."""
    facts = act.facts
    files = [(facts["material"], facts["words"].encode())] if "material" in facts else []
    new = NewTraining(
        kind=TrainingKind(facts["kind"]),
        held_on=village_day(act.at),
        topic=facts["topic"],
        place=facts["place"],
        due=facts.get("due", 0),
        came=facts.get("came", 0),
        named=facts.get("named", ""),
        handouts=facts["handouts"],
        about=facts["about"],
    )
    record_training(demo.site, demo.actors[act.by], new, act.at, files=files)


def check_self(demo: DemoSite, act: DemoAct) -> None:
    """A village looks at its own boards and finds everything as it should be."""
    inspection_id = _look(demo, act, InspectionKind.SELF_CHECK, {})
    sign(demo.site, demo.actors[act.by], inspection_id, act.facts["name"], act.at)


def inspect(demo: DemoSite, act: DemoAct) -> None:
    """The township looks at a village; what was mended is looked at again, and then it is signed."""
    site, actor, facts = demo.site, demo.actors[act.by], act.facts
    inspection_id = _look(demo, act, InspectionKind.INSPECTION, facts["unmet"])
    if "mended" not in facts:
        return
    village, village_id = demo.actors[facts["mended_by"]], _village(demo, act)
    for finding in finding_lines(site, village, act.at):
        if finding.village_id == village_id:
            report_mended(site, village, finding.id, facts["mended"], act.at)
    begin_second_round(site, actor, inspection_id, act.at)
    fill(site, actor, inspection_id, _answers(demo, {}), act.at)
    end_round(site, actor, inspection_id, None, act.at)
    sign(site, actor, inspection_id, facts["name"], act.at)


def inspect_others(demo: DemoSite, act: DemoAct) -> None:
    """The township looks at several villages on one day and finds everything as it should be."""
    for village in act.facts["villages"]:
        of_village = replace(act, facts=act.facts | {"village": village})
        inspection_id = _look(demo, of_village, InspectionKind.INSPECTION, {})
        sign(demo.site, demo.actors[act.by], inspection_id, act.facts["name"], act.at)


def order(demo: DemoSite, act: DemoAct) -> None:
    """One 督办单 about what a village is late with for longest; none where nothing is late for long enough."""
    facts, actor = act.facts, demo.actors[act.by]
    late = [each for each in _late(demo, actor, act.at) if each.about.village == facts["village"]]
    duties = [each.about.duty_id for each in late if each.offer and each.about.duty_id]
    if not duties:
        return
    demand = "请把没有公开的补上，并写明为什么迟了。"
    chosen = duties[: facts["most"]]
    order_id = issue_order(demo.site, actor, act.at, demand=demand, duties=chosen)
    if "answer" in facts:
        answer(demo.site, demo.actors[facts["answered_by"]], order_id, facts["answer"], act.at)


def _look(demo: DemoSite, act: DemoAct, kind: InspectionKind, unmet: Mapping[str, str]) -> int:
    """One round over the form, of the period that runs; its id."""
    every = Every.MONTH if kind is InspectionKind.SELF_CHECK else Every.QUARTER
    site, actor, period = (
        demo.site,
        demo.actors[act.by],
        Period.containing(every, village_day(act.at)),
    )
    inspection_id = begin(site, actor, _village(demo, act), kind, period, act.at)
    fill(site, actor, inspection_id, _answers(demo, unmet), act.at)
    end_round(site, actor, inspection_id, None, act.at)
    return inspection_id


def _answers(demo: DemoSite, unmet: Mapping[str, str]) -> dict[str, Answer]:
    met = {each.key: Answer(CriterionMark.MET) for each in demo.site.inspections.criteria}
    return met | {key: Answer(CriterionMark.UNMET, words) for key, words in unmet.items()}


def _late(demo: DemoSite, actor: Actor, at: datetime) -> list[LateLine]:
    found = late_duties(demo.site, actor, at).page
    pages = range(1, found.pages + 1)
    return [
        line
        for number in pages
        for line in late_duties(demo.site, actor, at, number=number).page.lines
    ]


def _village(demo: DemoSite, act: DemoAct) -> int:
    village_id = demo.villages[act.facts["village"]]
    if village_id is None:
        raise BulletinError("a look is taken at a village")
    return village_id
