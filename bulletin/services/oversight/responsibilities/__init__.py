"""责任分工: who leads the disclosure of a township, and who answers for what."""
