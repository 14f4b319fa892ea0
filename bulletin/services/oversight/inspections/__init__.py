"""检查制度: self-checks of the villages, inspections of the township, what is to be mended, and what is attested."""
