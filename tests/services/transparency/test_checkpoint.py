"""The signed head of the history, its tiles, and what `verify` says of a tree that was touched."""

import base64

import pytest
from sqlalchemy import text
from support.clock import NOON

from bulletin.domain.people import SystemActor
from bulletin.domain.transparency.merkle import complete_root, leaf_hash, root
from bulletin.domain.transparency.tree_head import read_tree_head
from bulletin.keys.signed_note import read_note
from bulletin.services.history import record
from bulletin.services.operations.verify import verify
from bulletin.services.transparency import checkpoint
from bulletin.services.transparency.rotate_key import rotate_key
from bulletin.store import history


def write_entries(site, count):
    with site.sessions.writing() as session:
        for number in range(count):
            record(session, SystemActor("系统", 0), "note", f"test {number}", NOON)


def leaves_of(site):
    with site.sessions.reading() as session:
        return [bytes.fromhex(entry.hash) for entry in history.entries(session)]


def root_over(leaves):
    hashes = [leaf_hash(leaf) for leaf in leaves]
    upper = [complete_root(hashes[at : at + 256]) for at in range(0, len(hashes) - 255, 256)]
    levels = [hashes, upper]
    return root(len(leaves), lambda level, first, count: levels[level][first : first + count])


def test_the_checkpoint_is_the_signed_root_over_every_entry(zhangjia):
    site = zhangjia.site
    write_entries(site, 530)
    note = read_note(checkpoint.checkpoint(site))
    head, leaves = read_tree_head(note.text), leaves_of(site)
    assert note.is_signed_by(checkpoint.verifier_key(site))
    assert head.origin == "bulletin/630223202"
    assert (head.size, head.root) == (len(leaves), root_over(leaves))
    assert verify(site).altered == ()


def test_tiles_hold_the_hashes_and_the_entries(zhangjia):
    site = zhangjia.site
    write_entries(site, 600)
    leaves = leaves_of(site)
    first = b"".join(leaf_hash(leaf) for leaf in leaves[:256])
    assert checkpoint.tile(site, "0/000") == first
    assert checkpoint.tile(site, "0/001.p/3") == b"".join(map(leaf_hash, leaves[256:259]))
    assert checkpoint.tile(site, "1/000.p/1") == complete_root(list(map(leaf_hash, leaves[:256])))
    bundle = checkpoint.tile(site, "entries/000")
    assert bundle == b"".join(b"\x00\x20" + leaf for leaf in leaves[:256])
    assert checkpoint.tile(site, "0/009") is None
    assert checkpoint.tile(site, "1/000") is None
    assert checkpoint.tile(site, "nonsense") is None


def test_the_plain_files_agree_with_one_another(zhangjia):
    site = zhangjia.site
    write_entries(site, 300)
    files = dict(checkpoint.files(site))
    head = read_tree_head(read_note(files["checkpoint"].decode()).text)
    leaves = leaves_of(site)
    assert head.root == root_over(leaves)
    assert files["tile/0/000"] == checkpoint.tile(site, "0/000")
    assert files[f"tile/0/001.p/{len(leaves) - 256}"]
    assert (
        base64.b64encode(b"\x01" + checkpoint.verifier_key(site).public) in files["checkpoint.key"]
    )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE history_subtree SET hash = 'ab' WHERE level = 1",
        "DELETE FROM history_subtree",
        "INSERT INTO history_subtree (level, index, hash) VALUES (2, 0, 'ab')",
    ],
)
def test_a_tree_that_was_touched_is_named(zhangjia, sql):
    write_entries(zhangjia.site, 260)
    with zhangjia.site.sessions.writing() as session:
        session.execute(text(sql.replace(" index,", ' "index",')))
    (altered,) = verify(zhangjia.site).altered
    assert altered.what.startswith("tree over history entries 1 to 2")


def test_a_new_key_is_in_the_history_and_follows_the_old_one(zhangjia):
    site = zhangjia.site
    old = checkpoint.verifier_key(site)
    new = rotate_key(site, zhangjia.li, NOON)
    with site.sessions.reading() as session:
        entry = list(history.entries(session))[-1]
    assert entry.facts == {"old": old.id.hex(), "new": new.id.hex()}
    assert read_note(checkpoint.checkpoint(site)).is_signed_by(new)
    assert read_note(checkpoint.successions(site)).is_signed_by(old)
