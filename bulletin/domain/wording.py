"""The Chinese words of states, acts and roles; said here once."""

from bulletin.domain.notices.workflow import Act, State
from bulletin.domain.people import Role

STATE_WORDS = {
    State.DRAFT: "草稿",
    State.EXAMINING: "待监委会审查",
    State.CONFIRMING: "待联席会议确认",
    State.SCREENING: "待乡镇初审",
    State.APPROVING: "待乡镇审核",
    State.SCHEDULED: "待发布",
    State.PUBLISHED: "已发布",
    State.TAKEN_DOWN: "已撤下",
    State.CANCELLED: "已作废",
}
ACT_WORDS = {
    Act.SUBMIT: "提交",
    Act.EXAMINE: "审查",
    Act.CONFIRM: "确认",
    Act.SCREEN: "初审",
    Act.APPROVE: "审核",
    Act.FORCE: "特办",
    Act.SEND_BACK: "退回",
    Act.WITHDRAW: "撤回修改",
    Act.ENDORSE: "补审",
    Act.PUBLISH: "发布",
    Act.CORRECT: "更正",
    Act.TAKE_DOWN: "撤下",
    Act.CANCEL: "作废",
}
ROLE_WORDS = {
    Role.LIAISON: "信息员",
    Role.SUPERVISOR: "村务监督委员会成员",
    Role.VILLAGE_HEAD: "村民委员会主任",
    Role.SCREENER: "乡镇专职信息员",
    Role.APPROVER: "乡镇分管领导",
    Role.OVERSEER: "乡镇督查",
    Role.ADMINISTRATOR: "管理员",
    Role.COUNTY_OVERSEER: "县级督查",
}
