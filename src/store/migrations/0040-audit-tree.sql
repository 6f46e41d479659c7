-- Why: an entry alone can be rewritten by whoever owns the database. So entries are leaves of one Merkle tree (RFC 9162) whose
-- root is signed and countersigned, and whose growth anybody can check. The entry and its leaf hash are written in the
-- transaction of the act; its place in the tree is given a moment later, in the order of the entries, by one sequencer, so
-- that acts never wait for one another. And ids stand in the leaf as HMACs under a salt of their own: once the salt is
-- deleted, nothing says whose leaf it was, and the tree still verifies.

-- HMAC's two pads (RFC 2104) of a 32-byte random salt, per id. Kept apart from the log; no role of members can read it.
create table firebreak.audit_salt (
  subject   text primary key,
  inner_pad bytea not null check (length(inner_pad) = 64),
  outer_pad bytea not null check (length(outer_pad) = 64));

-- Entries that have no place in the tree yet.
create table firebreak.audit_waiting (
  seq  bigint primary key,
  leaf bytea not null check (length(leaf) = 32));

-- Which entry is which leaf: gapless, although numbers of entries have gaps where a transaction was rolled back.
create table firebreak.audit_position (
  idx bigint primary key check (idx >= 0),
  seq bigint not null unique references firebreak.audit_entry (seq));

-- Roots of perfect subtrees; level 0 are the leaves. Two a leaf at most, so that a proof reads about log2(size) rows.
create table firebreak.audit_node (
  level smallint not null check (level between 0 and 62),
  idx   bigint not null check (idx >= 0),
  hash  bytea not null check (length(hash) = 32),
  primary key (level, idx));

-- note: the signed checkpoint (C2SP tlog-checkpoint) without the lines of its witnesses.
create table firebreak.audit_checkpoint (
  size bigint primary key check (size > 0),
  root bytea not null check (length(root) = 32),
  note text not null,
  at   timestamptz not null default clock_timestamp());

-- A key with which a member organisation countersigns: `name+id+key` (C2SP signed-note).
create table firebreak.audit_witness (
  id       text primary key,
  org_id   text not null references firebreak.org (id),
  verifier text not null unique check (length(verifier) <= 400),
  added_at timestamptz not null default now(),
  ended_at timestamptz);

create table firebreak.audit_cosignature (
  size       bigint not null references firebreak.audit_checkpoint (size),
  witness_id text not null references firebreak.audit_witness (id),
  line       text not null check (length(line) <= 1000),
  at         timestamptz not null default clock_timestamp(),
  primary key (size, witness_id));
create index on firebreak.audit_cosignature (witness_id, size);

alter table firebreak.audit_entry add column nonce text check (nonce ~ '^[0-9a-f]{32}$');
-- the ids that the leaf holds as HMACs
alter table firebreak.audit_entry add column subjects text[] not null default '{}';
grant insert (nonce, subjects) on firebreak.audit_entry to {{app}};

grant select, insert, delete on firebreak.audit_salt, firebreak.audit_waiting to {{definer}};
grant select, insert on firebreak.audit_position, firebreak.audit_node to {{definer}};
grant select on firebreak.audit_entry to {{definer}};
grant update (actor_id, object_id, detail, subjects) on firebreak.audit_entry to {{definer}};
grant create on schema firebreak to {{definer}};

-- A new salt of 32 random bytes, as HMAC's pads. gen_random_uuid() has 122 random bits each and needs no extension.
create function firebreak.audit_new_salt(of_subject text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  salt bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
  ins bytea := decode(repeat('36', 64), 'hex');
  outs bytea := decode(repeat('5c', 64), 'hex');
begin
  for i in 0..31 loop
    ins := set_byte(ins, i, get_byte(salt, i) # 54);
    outs := set_byte(outs, i, get_byte(salt, i) # 92);
  end loop;
  insert into firebreak.audit_salt values (of_subject, ins, outs) on conflict do nothing;
end $$;
alter function firebreak.audit_new_salt(text) owner to {{definer}};
revoke all on function firebreak.audit_new_salt(text) from public;

create or replace function firebreak.audit_leaf() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  one text;
  salt firebreak.audit_salt;
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - '{actor_id,object_id,detail,subjects}'::text[]
      = to_jsonb(old) - '{actor_id,object_id,detail,subjects}'::text[] then
    return new; -- erasure: what is beside the leaf loses its names, the leaf stays
  end if;
  if tg_op <> 'INSERT' then
    raise exception 'the audit log only grows' using errcode = '42501';
  end if;
  -- in one order, so that two acts that meet two new ids do not wait for each other in a circle
  for one in select distinct s from unnest(new.subjects) s order by s loop
    select * into salt from firebreak.audit_salt where subject = one;
    if not found then
      perform firebreak.audit_new_salt(one);
      select * into strict salt from firebreak.audit_salt where subject = one;
    end if;
    new.canonical := replace(new.canonical, '"' || one || '"', '"~' || encode(sha256(salt.outer_pad
      || sha256(salt.inner_pad || convert_to(new.nonce || one, 'UTF8'))), 'hex') || '"');
  end loop;
  new.leaf := sha256('\x00'::bytea || convert_to(new.canonical, 'UTF8'));
  insert into firebreak.audit_waiting (seq, leaf) values (new.seq, new.leaf);
  return new;
end $$;
alter function firebreak.audit_leaf() owner to {{definer}};
revoke all on function firebreak.audit_leaf() from public;

-- Gives waiting entries their places, oldest first, and writes the subtrees that became whole. Returns the size of the tree.
-- One sequencer at a time; nobody else waits for it.
create function firebreak.audit_integrate(at_most int) returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  size bigint;
  added bigint;
  first bigint;
  last bigint;
  high int := 0;
begin
  if sec.system() is null or sec.system() not in ('clock', 'setup') then
    raise exception 'only the house gives places' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(815003);
  select coalesce(max(p.idx) + 1, 0) into size from firebreak.audit_position p;
  with taken as (
    delete from firebreak.audit_waiting w
    where w.seq in (select o.seq from firebreak.audit_waiting o order by o.seq limit at_most) returning w.seq, w.leaf),
  placed as (select t.seq, t.leaf, size - 1 + row_number() over (order by t.seq) as idx from taken t),
  kept as (insert into firebreak.audit_position (idx, seq) select p.idx, p.seq from placed p)
  insert into firebreak.audit_node (level, idx, hash) select 0, p.idx, p.leaf from placed p;
  get diagnostics added = row_count;
  first := size;
  last := size + added;
  while added > 0 and last > 1 loop
    first := first / 2;
    last := last / 2;
    high := high + 1;
    insert into firebreak.audit_node (level, idx, hash)
      select high, i, sha256('\x01'::bytea || l.hash || r.hash) from generate_series(first, last - 1) i
      join firebreak.audit_node l on l.level = high - 1 and l.idx = i * 2
      join firebreak.audit_node r on r.level = high - 1 and r.idx = i * 2 + 1;
  end loop;
  return size + added;
end $$;
alter function firebreak.audit_integrate(int) owner to {{definer}};
revoke all on function firebreak.audit_integrate(int) from public;
grant execute on function firebreak.audit_integrate(int) to {{app}};

-- Erasure: deletes the salt of an id and takes the id out of the readable columns. Returns how many entries held it.
create function firebreak.audit_forget(of_subject text) returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  concerned bigint;
begin
  if coalesce(sec.system(), '') not in ('clock', 'setup') and coalesce(sec.role(), '') <> 'steward' then
    raise exception 'only a steward may forget' using errcode = '42501';
  end if;
  delete from firebreak.audit_salt where subject = of_subject;
  update firebreak.audit_entry e set
    actor_id = case e.actor_id when of_subject then 'erased' else e.actor_id end,
    object_id = case e.object_id when of_subject then 'erased' else e.object_id end,
    detail = replace(e.detail::text, '"' || of_subject || '"', '"erased"')::jsonb,
    subjects = array_remove(e.subjects, of_subject)
  where of_subject = any (e.subjects);
  get diagnostics concerned = row_count;
  return concerned;
end $$;
alter function firebreak.audit_forget(text) owner to {{definer}};
revoke all on function firebreak.audit_forget(text) from public;
grant execute on function firebreak.audit_forget(text) to {{app}};

-- The salt of an id, to whoever makes an export that lets its reader see whom a leaf is about.
create function firebreak.audit_reveal(of_subjects text[]) returns table (subject text, salt bytea)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if coalesce(sec.system(), '') <> 'setup' and coalesce(sec.role(), '') <> 'steward' then
    raise exception 'only a steward may reveal' using errcode = '42501';
  end if;
  -- key XOR ipad, and ipad back: of HMAC's inner pad only the first 32 bytes differ from 0x36
  return query select s.subject, decode(string_agg(lpad(to_hex(get_byte(s.inner_pad, i) # 54), 2, '0'), '' order by i), 'hex')
    from firebreak.audit_salt s, generate_series(0, 31) i where s.subject = any (of_subjects) group by s.subject;
end $$;
alter function firebreak.audit_reveal(text[]) owner to {{definer}};
revoke all on function firebreak.audit_reveal(text[]) from public;
grant execute on function firebreak.audit_reveal(text[]) to {{app}};

revoke create on schema firebreak from {{definer}};

-- entries from before get their places too; as they are, since a leaf never changes
alter table firebreak.audit_entry no force row level security;
insert into firebreak.audit_waiting (seq, leaf) select seq, leaf from firebreak.audit_entry;
alter table firebreak.audit_entry force row level security;

alter table firebreak.audit_salt enable row level security;
alter table firebreak.audit_salt force row level security;
alter table firebreak.audit_waiting enable row level security;
alter table firebreak.audit_waiting force row level security;
alter table firebreak.audit_position enable row level security;
alter table firebreak.audit_position force row level security;
alter table firebreak.audit_node enable row level security;
alter table firebreak.audit_node force row level security;
alter table firebreak.audit_checkpoint enable row level security;
alter table firebreak.audit_checkpoint force row level security;
alter table firebreak.audit_witness enable row level security;
alter table firebreak.audit_witness force row level security;
alter table firebreak.audit_cosignature enable row level security;
alter table firebreak.audit_cosignature force row level security;

create policy kept on firebreak.audit_salt to {{definer}} using (true);
create policy kept on firebreak.audit_waiting to {{definer}} using (true);
create policy kept on firebreak.audit_position to {{definer}} using (true);
create policy kept on firebreak.audit_node to {{definer}} using (true);
create policy kept on firebreak.audit_entry to {{definer}} using (true);

-- Hashes say nothing: every member may read them, so that every member can prove.
create policy counted on firebreak.audit_waiting for select to {{app}}
  using ((select sec.member()) is not null or (select sec.system()) in ('clock', 'setup'));
create policy seen on firebreak.audit_position for select to {{app}}
  using ((select sec.member()) is not null or (select sec.system()) in ('clock', 'setup'));
create policy seen on firebreak.audit_node for select to {{app}}
  using ((select sec.member()) is not null or (select sec.system()) in ('clock', 'setup'));
create policy seen on firebreak.audit_checkpoint for select to {{app}}
  using ((select sec.member()) is not null or (select sec.system()) in ('clock', 'setup'));
create policy made on firebreak.audit_checkpoint for insert to {{app}}
  with check ((select sec.system()) in ('clock', 'setup'));
create policy seen on firebreak.audit_witness for select to {{app}}
  using ((select sec.member()) is not null or (select sec.system()) in ('clock', 'setup'));
create policy made on firebreak.audit_witness for insert to {{app}} with check (org_id = (select sec.org()));
create policy ended on firebreak.audit_witness for update to {{app}} using (org_id = (select sec.org()));
create policy seen on firebreak.audit_cosignature for select to {{app}}
  using ((select sec.member()) is not null or (select sec.system()) in ('clock', 'setup'));
create policy made on firebreak.audit_cosignature for insert to {{app}}
  with check (exists (select 1 from firebreak.audit_witness w
    where w.id = witness_id and w.org_id = (select sec.org()) and w.ended_at is null));
create policy exported on firebreak.audit_entry for select to {{app}} using ((select sec.system()) = 'setup');

grant select on firebreak.audit_waiting, firebreak.audit_position, firebreak.audit_node to {{app}};
grant select, insert on firebreak.audit_checkpoint, firebreak.audit_witness, firebreak.audit_cosignature to {{app}};
grant update (ended_at) on firebreak.audit_witness to {{app}};
