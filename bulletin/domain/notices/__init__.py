"""The notice: content, workflow, who may, who sees."""
