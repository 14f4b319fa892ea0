"""A form whose session had ended: what it would do and send, for the person to look at before it is sent again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request

from bulletin.domain.errors import Refused
from bulletin.domain.labels import Labelled
from bulletin.domain.notices.content import texts
from bulletin.domain.notices.content_serialization import read_document
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Role
from bulletin.web.request_context import site

ACTS = {  # what the button of each form said
    "account.add_contact": "登记提醒方式",
    "account.remove_contact": "去掉提醒方式",
    "account.renew_calendar": "换一个日历地址",
    "account.sign_out": "退出",
    "account.try_contact": "试发一条提醒",
    "attributes.accept": "认定公开属性",
    "attributes.propose": "提出属性认定",
    "attributes.turn_down": "不同意属性认定",
    "attributes.withdraw": "撤回属性认定",
    "begin.confirm": "确认没有变的数",
    "begin.start": "起草",
    "boards.add": "登记公开栏",
    "boards.earlier": "先走这块公开栏",
    "boards.hung": "登记张贴",
    "boards.off": "登记取下",
    "bring.bring": "看看文件带来了什么",
    "bring.cancel": "不要这个文件了",
    "bring.put": "把文件放进草稿",
    "catalogs.adopt": "采用目录",
    "catalogs.again": "复核目录",
    "comments.answer": "答复意见",
    "comments.close": "关掉意见",
    "comments.write": "写意见",
    "coverage.look_into": "查看乡镇的公开情况",
    "deputies.end": "提前结束代理",
    "deputies.name": "请人替审",
    "drafts.save": "保存草稿",
    "drafts.submit": "提交审查",
    "duties.event": "登记事情发生的日期",
    "duties.event_day": "改日期",
    "duties.matter": "归到一件事",
    "duties.not_applicable": "登记为不适用",
    "duties.owed": "撤回不适用，还是要公开",
    "feedback.answer": "答复",
    "feedback.contact": "看联系方式",
    "feedback.correct": "起草更正",
    "feedback.forget": "去掉联系方式",
    "feedback.joint": "登记联名",
    "feedback.pass_on": "转给村里",
    "feedback.turn_away": "不在这里办理",
    "feedback_entry.record": "登记电话、意见箱的提问",
    "filings.seen": "备案都看过了",
    "finance.explanation": "写明差额的说明",
    "finance.form": "加一张财务表",
    "finance.ledger": "把账本改成收支明细",
    "finance.summary": "照表写明白账",
    "finance.summary_words": "改明白账",
    "forwarding.forward": "转发上级文件",
    "imports.cancel": "不导入了",
    "imports.confirm": "确认导入目录",
    "imports.look": "按改过的再看一遍",
    "imports.propose": "看看目录文件里认出了什么",
    "matters.begin": "登记一件事",
    "matters.tell": "登记事情办到哪一步",
    "meetings.correct": "更正会议登记",
    "meetings.draft": "起草会议决定的公开件",
    "meetings.record": "登记会议",
    "meetings.withdraw": "作废会议登记",
    "notices.cancel": "作废",
    "notices.clear": "写明并放行",
    "notices.correct": "起草更正",
    "notices.reschedule": "改发布时间",
    "notices.link_policy": "关联解读",
    "notices.redact": "移除个人信息",
    "notices.seen": "我看过，没有个人信息",
    "notices.take_down": "撤下",
    "notices.unlink_policy": "去掉解读的关联",
    "notices.withdraw": "撤回修改",
    "outlets.end": "停用一个渠道",
    "outlets.register": "登记一个渠道",
    "outlets.removed": "登记别处已经撤下",
    "outlets.sent": "登记已经发出",
    "packs.ask": "做打印包",
    "packs.cancel": "停下打印包",
    "people.add": "添加人员",
    "people.appoint": "加一项职务",
    "people.end": "终止一项职务",
    "people.invite_again": "重设密码，出登录条",
    "people.leave": "停用账号",
    "people.password": "重设密码",
    "people.phone": "登记电话",
    "people.withdraw_invitation": "作废登录条",
    "photos.confirm": "确认照片上的张贴",
    "photos.send": "上传公开栏照片",
    "postings.correct": "更正张贴登记",
    "postings.withdraw": "作废张贴登记",
    "printing.certificate": "开张贴证明",
    "printing.shared": "已发到群里",
    "outlets.withdraw": "没有发",
    "printing.print_cover": "打印明白账封面",
    "printing.print_sheet": "打印",
    "recalls.cover": "遮住照片上的旧纸",
    "recalls.keep": "照片照原样留着",
    "reviews.endorse": "补审",
    "reviews.force": "特办",
    "reviews.send_back": "退回修改",
    "reviews.step": "审查",
    "reviews.take_many": "一起办理勾上的公开件",
    "villages.add": "添加村",
    "villages.merge_into": "并入另一个村",
    "villages.rename_to": "改村名",
    "villages.days_off": "改休息日的算法",
    "villages.disclosure_day": "登记集中公开日",
    "villages.phones": "登记监督电话",
}
NOT_OFFERED = {
    "account.password",
    "account.sign_in",
    "account.welcome",
}  # passwords are typed anew, never shown
FIELDS = {
    "absent": "谁不在",
    "address": "地址",
    "agenda": "议程",
    "against_photo": "和照片不一致，核对过",
    "as_of": "哪一天的情况",
    "attribute": "公开属性",
    "attribute_reason": "理由",
    "block": "第几段",
    "board": "公开栏",
    "bottom": "框的下边",
    "busy_finances": "财务往来较多",
    "chat": "群名",
    "channel": "怎么收到的",
    "change_note": "改了什么，为什么改",
    "cells": "表格里的范围",
    "code": "代码",
    "came": "实到",
    "column": "第几列",
    "contact": "联系方式",
    "days": "几天内",
    "deputy": "由谁替",
    "disclosure_day": "集中公开日",
    "document": "正文",
    "door": "怎么写",
    "down_on": "取下日期",
    "drawn": "遮住框出的",
    "drop_down_photo": "去掉取下的照片",
    "drop_hung_photo": "去掉贴上的照片",
    "drop_minutes": "去掉会议记录的照片",
    "due": "应到",
    "duty": "要公开的事项",
    "event_on": "日期",
    "explained": "被解读的那一份",
    "field": "哪一栏",
    "force_reason": "特办的原因",
    "forced_meeting_on": "联席会议的日期",
    "from_on": "从哪一天起",
    "how": "怎么登录",
    "hidden": "隐藏的行和列也带来",
    "held_on": "哪天开的会",
    "hung_on": "贴上日期",
    "into": "并入哪个村",
    "issuer": "发文单位",
    "joint_kind": "谁联名",
    "keep": "文件也作为附件",
    "kind": "种类",
    "late_is_meant": "晚了也定在这时",
    "left": "框的左边",
    "like": "照哪一份写",
    "link": "网址",
    "login": "用户名",
    "meeting_on": "联席会议的日期",
    "name": "名称",
    "moves_ends": "最后一天是休息日的",
    "notice": "公开件的编号",
    "number": "文号",
    "office_phones": "办公电话",
    "only": "要公开的事项",
    "only_heads": "只带表头",
    "paper": "纸张",
    "period": "哪一期",
    "personal": "含个人信息",
    "phone": "电话",
    "place": "在什么地方",
    "posting_days": "公示几天",
    "publish_at": "什么时候发布",
    "reason": "原因",
    "received_on": "哪天收到",
    "requested": "想看什么",
    "right": "框的右边",
    "role": "职务",
    "row": "第几行",
    "second_reason": "为什么另写一份",
    "seen": "看过的是哪一份内容",
    "sent_at": "什么时候发的",
    "sheet": "工作表",
    "signed": "联名几人",
    "step": "哪一步",
    "sure": "看过会怎样，确定要办",
    "title": "标题",
    "token": "这张表的记号",
    "top": "框的上边",
    "total": "一共几人",
    "until_on": "到哪一天",
    "version": "第几次保存",
    "village": "村",
    "whole": "整张遮住",
    "with_photo": "照片也转",
    "words": "意见",
}
_CHOICES: Mapping[str, type[Labelled]] = {"step": Act, "role": Role}
_WEB_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, kw_only=True)
class StaleForm:
    act: str
    about: str  # the code of the notice, or ''
    shown: tuple[tuple[str, str], ...]  # (label, words) of each field
    fields: tuple[tuple[str, str], ...]  # as they are sent


def is_own() -> bool:
    """Whether the request says that a page of this site sent it. One that does not say is not ours."""
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    own = {_origin(request.host_url), _origin(site().public_url)}
    origin = _origin(sender)
    return origin is not None and origin in own


def _origin(address: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(address)
        port = parts.port or _WEB_PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname and port else None


def stale_form() -> StaleForm | None:
    """The form of this request; None when it is not one to be offered again."""
    act = ACTS.get(request.endpoint or "")
    if act is None:
        return None
    fields = tuple(
        (name, text) for name, text in request.form.items(multi=True) if name != "csrf_token"
    )
    step = request.form.get("step", "") if request.endpoint == "reviews.step" else ""
    return StaleForm(
        act=_words("step", step) or act,
        about=str((request.view_args or {}).get("code", "")),
        shown=tuple((FIELDS.get(name, name), _words(name, text)) for name, text in fields if text),
        fields=fields,
    )


def _words(name: str, text: str) -> str:
    """What a field holds as a person reads it."""
    if name == "document":
        return _document_words(text)
    if name in _CHOICES and text in {choice.value for choice in _CHOICES[name]}:
        return _CHOICES[name](text).label
    return text


def _document_words(text: str) -> str:
    try:
        return "\n".join(words for words in texts(read_document(json.loads(text))) if words)
    except (ValueError, Refused, RecursionError):
        return text
