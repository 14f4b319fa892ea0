"""Number and code of a receipt, as they are printed, typed and kept."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.paths import ROOT

from bulletin.domain.feedback.receipts import (
    code_digest,
    code_words,
    is_code_of,
    new_nonce,
    new_number,
    nonce_digest,
    number_words,
    read_number,
    read_receipt_code,
    receipt_code,
)


@given(st.builds(new_number))
def test_a_number_is_read_back_however_it_is_typed(number):
    assert read_number(number_words(number)) == number
    assert read_number(f" {number[:4]}－{number[4:]} ") == number
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert read_number(wrong) is None


@given(st.binary(min_size=16, max_size=32), st.builds(new_nonce))
def test_a_code_follows_from_secret_and_nonce_and_is_read_back(secret, nonce):
    code = receipt_code(secret, nonce)
    assert receipt_code(secret, nonce) == code
    assert read_receipt_code(code_words(code).lower().replace("0", "o").replace("1", "l")) == code
    assert receipt_code(secret + b"x", nonce) != code or receipt_code(secret, nonce + "x") != code


def test_what_is_kept_proves_the_code_and_does_not_give_it():
    nonce = new_nonce()
    number, code = new_number(), receipt_code(b"secret", nonce)
    kept = code_digest(number, code)
    assert is_code_of(number, code, kept)
    assert not is_code_of(number, "00000000", kept)
    assert code_digest(new_number(), code) != kept
    assert nonce not in nonce_digest(nonce)


@pytest.mark.parametrize("typed", ["", "U" * 8, "K7QM-3XW", "K7QM-3XW22"])
def test_what_cannot_be_a_code_is_none(typed):
    assert read_receipt_code(typed) is None


def test_a_code_given_out_holds_and_each_guess_costs_what_it_did():
    asked = "from bulletin.domain.feedback.receipts import code_digest as d; print(d('234567890', 'ABCD2345'))"
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT
    )
    kept = "7d853e638b1d70e8ce9161358cabc94fa53e1591fd4521b66c2e7306eeaf37e7"
    assert done.stdout.strip() == kept
