"""Boards: packs to print, postings, photographs and what they show, ledger, certificate."""
