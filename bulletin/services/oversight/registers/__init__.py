"""登记簿: what the township issued, decided, collected and was sued for."""
