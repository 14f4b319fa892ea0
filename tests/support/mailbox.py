"""A real SMTP server on this machine that keeps what it is given, or is out of order."""

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Mailbox(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _SmtpHandler)
        self.letters: list[tuple[str, str]] = []  # (recipient, text)
        self.heads: list[dict[str, str]] = []  # of each letter
        self.out_of_order = False

    @property
    def url(self) -> str:
        """The mail server as the setting BULLETIN_MAIL has it."""
        port = self.server_address[1]
        return f"mailto://127.0.0.1:{port}?smtp=127.0.0.1&from=gk%40example.cn&mode=insecure"


class _SmtpHandler(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self._say("220 here")
        recipient = ""
        for line in self.rfile:
            words = line.decode().strip()
            match words[:4].upper():
                case "DATA":
                    self._say("354 go on")
                    self.server.letters.append((recipient, self._letter()))
                    self._say("250 kept")
                case "QUIT":
                    self._say("221 bye")
                    return
                case "RCPT" if self.server.out_of_order:
                    self._say("451 out of order")
                case "RCPT":
                    recipient = words.partition("<")[2].rstrip(">")
                    self._say("250 ok")
                case _:
                    self._say("250 ok")

    def _letter(self) -> str:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line)
        letter = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        self.server.heads.append(dict(letter.items()))
        body = letter.get_body(("plain", "html"))
        return body.get_content() if body else ""

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def a_mailbox() -> Iterator[Mailbox]:
    with Mailbox() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
