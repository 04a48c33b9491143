"""The faults that are planted: where, which words of the source become which others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Fault:
    """`where`: module:function or module:Class.method; `old` becomes `new`."""

    name: str
    where: str
    old: str
    new: str


_ACKED = "self._ledger.set_acked({r.inst: Mark(r.last, r.head) for r in %s}, self._now())"

SERVER: Final = (
    Fault("server: known ops are stored again", "sync.server.push:take_run",
          "known = min(len(run.hashes), seq + 1 - run.first)", "known = 0"),
    Fault("server: a gap in a chain is accepted", "sync.server.push:take_run", "run.first > seq + 1", "False"),
    Fault("server: head of the chain is not kept", "sync.server.push:take_run",
          'tx.run("UPDATE inst SET seq = ?, head = ? WHERE inst = ?", (seq, before, run.inst))', "pass"),
    Fault("server: receipt although nothing is committed", "sync.server.storage.sqlite:SqliteStorage.write",
          'self._con.execute("COMMIT")',
          'self._con.execute("COMMIT" if lazy or __import__("os").urandom(1)[0] > 25 else "ROLLBACK")'),
    Fault("server: projections outside the transaction", "sync.server.ingest:store",
          "    projection.project(tx, items, prepared)",
          '    tx.run("COMMIT")\n    tx.run("BEGIN IMMEDIATE")\n    projection.project(tx, items, prepared)'),
    Fault("server: no verdict on what is refused", "sync.server.push:_take",
          "verdicts := verdicts_on(tx, server, fresh, now)", "verdicts := ()"),
    Fault("server: a page's cursor passes over an op", "sync.server.pull:_page",
          "return Page(read, last", "return Page(read[: max(1, len(read) - int(more))], last"),
    Fault("server: a cursor beyond the stream", "sync.server.pull:pull", "max(cursor, last)", "max(cursor, last) + 1"),
    Fault("server: ops of every station leave it", "sync.server.pull:pull", "origin IN (0, ?)", "origin >= 0 * ?"),
    Fault("server: an ended grant still opens", "sync.server.scope:grants_of", "AND revoked = 0", ""),
    Fault("server: a grant past its day still opens", "sync.server.scope:grants_of", "until >= ?", "'9' >= ?"),
    Fault("server: a revoked PC still reads", "sync.server.auth:require_standing", "caller.revoked", "False"),
    Fault("server: a request counts twice", "sync.server.auth:authenticate", "_advance(server, caller)", "pass"),
    Fault("server: a known case is not folded again", "sync.server.projection:prepare",
          "prepared.known.update((item.stream, case) for item in ours)", "pass"),
    Fault("server: a double number is not flagged", "sync.server.projection:_insert",
          'flag_clashes(tx, rows["number_row"])', "pass"),
    Fault("server: its own sequence is used again after a restore", "sync.server.own:OwnChain.head",
          "row = tx.row(", 'self.inst = "5e" * 8\n    row = tx.row('),
    Fault("server: numbers of own ops are off by one", "sync.server.pull:_own_revs",
          "spans.append([int(seq), int(rev), 1])", "spans.append([int(seq), int(rev) + 1, 1])"),
    Fault("server: files of an ended grant are refused", "sync.server.blobs:_writable", "wrote is not None", "False"),
    Fault("server: what is brought back opens no incarnation", "sync.server.relay.offer:_maker",
          'relay.devices.get(inst, "")', '""'),
    Fault("server: what is brought back is judged as of a stranger", "sync.server.relay.offer:_judge",
          "rights.rules(tx, caller,", 'rights.rules(tx, replace(caller, station="", station_no=10**6),'),
    Fault("server: what rests on a grant is judged before it", "sync.server.relay.offer:_stages",
          "if any(change", "if False and any(change"),
    Fault("server: what comes before its case is refused", "sync.server.rights:_early",
          "header.case not in rules.absent", "True"),
    Fault("server: what waited for its case is never placed", "sync.server.relay.waiting:look",
          "if not begun:", "if True:"),
    Fault("server: bodies of an erased case are stored again", "sync.server.ingest:_leave_out",
          "order.drops_coming(item.op.header)", "False"),
    Fault("server: files of an erased case stay", "sync.server.erasure.carrying_out:drop",
          'tx.run("DELETE FROM blob WHERE stream = ? AND case_rec = ?", key)', "pass"),
    Fault("server: the erase list is not applied after a restore", "sync.server.erasure.deciding:apply_list",
          "if not entries:", "if True:"),
    Fault("server: a file's bytes are not kept", "sync.server.blobs:put", "server.storage.write(", "(lambda work: 1)("),
)  # fmt: skip

CLIENT: Final = (
    Fault("client: counted as sent before the answer", "sync.client.pushing:Pusher._prepare",
          "    return plain, runs, out.count", "    " + _ACKED % "runs" + "\n    return plain, runs, out.count"),
    Fault("client: dropped after a refusal", "sync.client.pushing:Pusher._settle",
          "        self._lost += 1", "        " + _ACKED % "sent.runs" + "\n        return True"),
    Fault("client: epoch of a restored server ignored", "sync.client.engine:_Round._greeted",
          "welcome.epoch != self.line.link.epoch or welcome.gone", "False"),
    Fault("client: a disk put back is not believed", "sync.client.engine:_Round._greeted", " or welcome.gone", ""),
    Fault("client: a place behind a segment is one too far", "sync.client.segments:Fetcher.take",
          "self.taken + 1, page.cursor", "self.taken + 1, page.cursor + 1"),
    Fault("client: what a restored PC lacks is not fetched", "sync.client.hello:compare",
          "standing.missing = True", "pass"),
    Fault("client: what a restored server lost is not sent", "sync.client.hello:compare",
          "known.keys() - said.keys()", "()"),
    Fault("client: a lower mark of the server is not believed", "sync.client.hello:compare",
          "standing.acked[inst] = mark",
          "standing.acked[inst] = max(mark, known.get(inst, mark), key=lambda m: m.seq)"),
    Fault("client: what a restored server lost of others is not brought back", "sync.client.engine:_Round._offer",
          "self.ledger.offer_due(welcome.streams)", "False"),
    Fault("client: histories are not fetched", "sync.client.engine:_Round._histories",
          "self.ledger.histories(welcome.grants)", "[]"),
    Fault("client: a file counts as sent before the answer", "sync.client.engine:_Round._send",
          "data = blob.load()", "data = blob.load()\n    self.ledger.blob_sent(blob)"),
    Fault("client: a stick's page counts from any cursor", "sync.client.bundling:_take_part",
          "cursor != standing", "False"),
    Fault("client: a stick passes over own ops that are not here", "sync.client.bundling:_take_part",
          "ledger.head_at(span.inst, span.first + span.count - 1) is None", "False"),
    Fault("client: a stick of before a restore is taken", "sync.client.bundling:_same_history",
          "epoch < known", "False"),
    Fault("client: the next page begins one op too late", "sync.client.pulling:Puller._pages",
          "cursor)\n            continue", "cursor + 1)\n            continue"),
)  # fmt: skip

STATION: Final = (
    Fault("station: cursor moves before its page", "station_app.store.intake:take",
          "        with store.raw_write(durable=done and page.last) as con:",
          "        with store.raw_write() as con:\n"
          "            _move(store, con, page, page.cursor, done=done and page.last)\n"
          "        with store.raw_write() as con:"),
    Fault("station: one cursor for a page in slices", "station_app.store.intake:take",
          "page.cursor if done else part[-1].rev", "page.cursor"),
    Fault("station: a sequence is used again after a restore", "station_app.store.core:Store._open_inst",
          "    if self._inst and inst_no == self._inst_no:",
          "    if inst_no:\n"
          "        self._inst_no = inst_no\n"
          '        self._inst = con.execute("SELECT inst FROM inst WHERE no = ?", (inst_no,)).fetchone()[0]'),
    Fault("station: own ops have no place among what comes back", "station_app.store.offering:_unconfirmed",
          "in travel.own_incarnations(store)", "in ()"),
    Fault("station: bodies of an erased case are taken again", "station_app.store.erasure.applying:leave_out",
          "_bare(one) if _goes(orders, one.header) else one", "one"),
    Fault("station: an order to erase drops nothing that is here", "station_app.store.erasure.applying:_drop",
          'con.executemany("UPDATE op SET body = NULL WHERE id = ?", gone)', "pass"),
    Fault("station: files of an erased case stay", "station_app.store.erasure.applying:_drop",
          "    _drop_files(con, case_id)\n", ""),
    Fault("station: only the newest incarnation is sent", "station_app.store.travel:unsent",
          "in own_incarnations(store)", "in list(own_incarnations(store))[-1:]"),
    Fault("station: the head before an incarnation is not told", "station_app.store.travel:unsent",
          "before if done == 0 else None", "None"),
    Fault("station: a history counts as read too early", "station_app.store.intake:_move", "int(done)", "1"),
    Fault("station: what a grant missed is not read later", "station_app.store.intake:_move",
          "SET done = 0 WHERE", "SET done = done WHERE"),
    Fault("station: the server's numbers are not taken over", "station_app.store.intake:_Slice._renumber",
          "for start in range(0, len(changed), 500)", "for start in ()"),
    Fault("station: own numbers are not taken over", "station_app.store.intake:_Slice.number",
          "for inst, first, rev, count in spans", "for inst, first, rev, count in ()"),
    Fault("station: own ops that come back lengthen no chain", "station_app.store.intake:_Slice._own_chain",
          "if key & 0xFFFFFFFF != seq + 1", "if True"),
    Fault("station: a case that changed is not folded again", "station_app.store.intake:_Slice._project",
          "more += self._put(case_id, changed)", "pass"),
    Fault("station: known ops are taken for new", "station_app.store.intake:_Slice._known",
          "found.add(key)", "pass"),
    Fault("station: keys that come are not kept", "station_app.store.intake:_Slice._take_box",
          "box is None", "True"),
    Fault("station: a new key opens nothing that is here", "station_app.store.intake:_Slice._unwrap",
          "self.reread()", "pass"),
    Fault("station: root keys are not handed on", "station_app.services.travel.keys:_roots", "not missing", "True"),
    Fault("station: last writer wins", "sync.contract.fold:_heads",
          "    names = {name for", "    heads = heads[-1:]\n    names = {name for"),
    Fault("station: conflicts are not listed", "station_app.store.project:_problems",
          "record.conflicts.items()", "()"),
    Fault("station: a missed file is never asked for again", "station_app.store.files:lacking",
          "m.at > ?", "m.at > 0 * ?"),
    Fault("station: request counters are not durable", "station_app.services.travel.link:StationLedger.next_counter",
          "travel.counters(self._store)", "(1, 65)"),
    Fault("station: refused keys are written again", "station_app.services.travel.keys:_case",
          "known | _boxed(ops)", 'known | {(text(r, "key"), text(r, "device")) for r in state.of_kind("key")}'),
)  # fmt: skip

PLANTED: Final = (*SERVER, *CLIENT, *STATION)
