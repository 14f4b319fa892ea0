"""The annual report on the disclosure of government information (政府信息公开工作年度报告): its form, figures and rules."""
