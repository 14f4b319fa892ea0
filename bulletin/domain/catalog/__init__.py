"""公开事项目录: items, a village's adaptation, rows of imported files, what is out of date."""
