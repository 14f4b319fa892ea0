"""依申请公开: the ledger of requests for information, from receipt to answer."""
