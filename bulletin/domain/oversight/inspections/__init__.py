"""检查制度: the village checks itself, the township inspects it, and says how it stands."""
