"""Every table, so that migrations see all models: each module of this folder is imported once."""

from importlib import import_module
from pkgutil import iter_modules

from bulletin import store
from bulletin.store.base import Base

metadata = Base.metadata  # named first: some of them ask for it
for _module in iter_modules(store.__path__):
    import_module(f"{store.__name__}.{_module.name}")
