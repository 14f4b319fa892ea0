"""政府信息公开工作年度报告 of a township: counted, drafted, checked, issued, written."""
