"""Addresses of this machine alone, one for each machine that a test plays."""

import os
import socket

import pytest

NETWORK = f"127.{1 + os.getpid() // 250 % 250}.{os.getpid() % 250}"  # of this process: two runs don't meet


def machine(number: int) -> str:
    """The address of a machine; ports on it are those that the guide writes, nobody else has them."""
    return f"{NETWORK}.{number}"


def skip_without_addresses() -> None:
    with socket.socket() as probe:
        try:
            probe.bind((machine(2), 0))
        except OSError as refused:
            pytest.skip(f"this system has 127.0.0.1 alone, as macOS does: {refused}")
