-- Why: what is shared with a group is sealed to the group's own key, once, so that hidden members open it like everybody
-- else and nothing (not the number of wraps, not their size, not an answer) says who or how many they are. A wrap of the
-- group's key names who gave it and to which of the holder's keys; its voucher, a code that only giver and holder can make,
-- keeps a server from slipping in a group key of its own. And who left holds a version to which nothing more is sealed.
alter table firebreak.seat_key
  add column given_by text references firebreak.member (id),
  -- the giver's and the holder's own public keys at that time: with another one, the key has to be given again
  add column giver    text,
  add column holder   text,
  add column voucher  text check (length(voucher) = 44);
create index on firebreak.seat_key (given_by);

create table firebreak.group_wrap (
  sealed_id  text not null references firebreak.sealed (id) on delete cascade,
  share_id   text not null references firebreak.share (id),
  group_id   text not null,
  version    int not null,
  wrapped    text not null check (length(wrapped) between 1 and 8000),
  granted_by text not null references firebreak.member (id),
  granted_at timestamptz not null default now(),
  primary key (sealed_id, share_id, group_id),
  foreign key (group_id, version) references firebreak.group_key (group_id, version));
create index on firebreak.group_wrap (share_id);
create index on firebreak.group_wrap (group_id, version);
create index on firebreak.group_wrap (granted_by);
alter table firebreak.group_wrap enable row level security;
alter table firebreak.group_wrap force row level security;
create policy looked on firebreak.group_wrap for select to {{definer}} using (true);
create policy looked on firebreak.group_key for select to {{definer}} using (true);
create policy looked on firebreak.seat_key for select to {{definer}} using (true);
grant select on firebreak.group_wrap, firebreak.group_key, firebreak.seat_key, firebreak.working_group to {{definer}};
create policy looked on firebreak.working_group for select to {{definer}} using (true);

grant create on schema firebreak to {{definer}};
-- The version that may be sealed to: the newest one of an open group, held by nobody who left. Null says no more than that
-- a steward of the group has something to do.
create function firebreak.sealing_version(of_group text) returns int
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.version from firebreak.group_key k join firebreak.working_group g on g.id = k.group_id
  where k.group_id = of_group and g.closed_at is null and firebreak.in_group(of_group)
    and k.version = (select max(n.version) from firebreak.group_key n where n.group_id = of_group)
    and not exists (select 1 from firebreak.seat_key h
      join firebreak.seat s on s.group_id = h.group_id and s.member_id = h.member_id
      join firebreak.member m on m.id = h.member_id join firebreak.org o on o.id = m.org_id
      where h.group_id = of_group and h.version = k.version
        and (s.left_at is not null or m.left_at is not null or o.left_at is not null))
$$;
-- The group's key as the asker holds it, and who gave it. No row: a steward has something to do, whatever it is.
create function firebreak.seat_key_to_seal(of_group text)
  returns table (version int, recipient text, wrapped text, voucher text, giver_id text, giver_org text, giver text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.version, k.recipient, h.wrapped, h.voucher, m.id, m.org_id, m.recipient
  from firebreak.group_key k
    join firebreak.seat_key h on h.group_id = k.group_id and h.version = k.version and h.member_id = sec.member()
    join firebreak.member own on own.id = sec.member() and own.recipient = h.holder
    join firebreak.member m on m.id = h.given_by and m.recipient = h.giver
  where k.group_id = of_group and k.version = firebreak.sealing_version(of_group) and h.voucher is not null
$$;
-- For the stewards of a group: who holds a version, and whether with the keys that giver and holder have now.
create function firebreak.seat_keys_of(of_group text, of_version int) returns table (member_id text, fresh boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select h.member_id, h.voucher is not null and h.holder = m.recipient and h.giver = g.recipient
  from firebreak.seat_key h join firebreak.member m on m.id = h.member_id
    left join firebreak.member g on g.id = h.given_by
  where h.group_id = of_group and h.version = of_version and firebreak.steers(of_group)
$$;
-- For the stewards of a group: to whom its key is sealed, so that their browser can check each key with its organisation.
create function firebreak.seat_holders(of_group text) returns table (member_id text, recipient text, org_id text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.id, m.recipient, m.org_id from firebreak.seat s join firebreak.member m on m.id = s.member_id
    join firebreak.org o on o.id = m.org_id
  where s.group_id = of_group and firebreak.steers(of_group) and s.left_at is null
    and m.left_at is null and o.left_at is null and m.suspended_at is null and o.suspended_at is null
$$;
-- A wrap for a group goes with a share that went there, to the version that may be sealed to.
create function firebreak.group_wrapped() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select 1 from firebreak.share_grant g where g.share_id = new.share_id and g.to_group = new.group_id) then
    raise exception 'no such group' using errcode = 'P0002';
  end if;
  if new.version is distinct from firebreak.sealing_version(new.group_id) then
    raise exception 'the key of this group waits for one of its stewards; share it without the story now, or with it later'
      using errcode = 'FB409';
  end if;
  return new;
end $$;
-- Whom the key of a seat was given by, and with which keys of both: as they are, not as they are said to be.
create function firebreak.seat_key_given() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  new.given_by := sec.member();
  new.giver := (select m.recipient from firebreak.member m where m.id = sec.member());
  new.holder := (select m.recipient from firebreak.member m where m.id = new.member_id);
  return new;
end $$;
create or replace function firebreak.sees_sealed(of_sealed text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.sealed s where s.id = of_sealed and (s.org_id = sec.org()
    or exists (select 1 from firebreak.sealed_wrap w where w.sealed_id = s.id and w.member_id = sec.member()
      and (w.expires_at is null or w.expires_at > now()) and firebreak.wrap_open(s.id, w.share_id))
    or exists (select 1 from firebreak.group_wrap g where g.sealed_id = s.id
      and firebreak.in_group(g.group_id) and firebreak.reads_share(g.share_id))))
$$;
-- Who has read, for the owner, who may sit in the same group: nothing of those whom a hidden seat alone lets read.
create or replace function firebreak.share_readers(of_share text)
  returns table (org_id text, by_name boolean, act text, first_at timestamptz, last_at timestamptz, times int)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.org_id, exists (select 1 from firebreak.share_grant g where g.share_id = of_share and g.to_member = a.actor_id),
    a.act, min(a.at), max(a.at), count(*)::int
  from firebreak.audit_entry a
  where firebreak.owns_share(of_share) and a.org_id <> sec.org()
    and ((a.act = 'share.read' and a.object_id = of_share)
      or (a.act = 'sealed.opened' and (exists (select 1 from firebreak.sealed_wrap w
          where w.share_id = of_share and w.sealed_id = a.object_id and w.member_id = a.actor_id)
        or exists (select 1 from firebreak.group_wrap w where w.share_id = of_share and w.sealed_id = a.object_id))))
    and exists (select 1 from firebreak.share_grant g where g.share_id = of_share
      and (g.to_org = a.org_id or g.to_member = a.actor_id
        or exists (select 1 from firebreak.seat s
          where s.group_id = g.to_group and s.member_id = a.actor_id and not s.hidden)))
  group by 1, 2, 3
$$;
do $$ declare f text; begin
  foreach f in array array['sealing_version(text)', 'seat_key_to_seal(text)', 'seat_keys_of(text, int)',
      'seat_holders(text)', 'group_wrapped()', 'seat_key_given()'] loop
    execute format('alter function firebreak.%s owner to {{definer}}', f);
    execute format('revoke all on function firebreak.%s from public', f);
    if f not like '%()' then execute format('grant execute on function firebreak.%s to {{app}}', f); end if;
  end loop;
end $$;
revoke create on schema firebreak from {{definer}};

create trigger group_wrapped before insert on firebreak.group_wrap for each row execute function firebreak.group_wrapped();
create trigger seat_key_given before insert or update on firebreak.seat_key
  for each row execute function firebreak.seat_key_given();

create policy seen on firebreak.group_wrap for select to {{app}}
  using (firebreak.owns_share(share_id) or (firebreak.in_group(group_id) and firebreak.reads_share(share_id)));
create policy granted on firebreak.group_wrap for insert to {{app}}
  with check (granted_by = (select sec.member()) and firebreak.owns_share(share_id) and firebreak.sees_sealed(sealed_id));
grant select, insert on firebreak.group_wrap to {{app}};
alter policy seen on firebreak.sealed
  using (org_id = (select sec.org())
    or exists (select 1 from firebreak.sealed_wrap w where w.sealed_id = id and w.member_id = (select sec.member()))
    or exists (select 1 from firebreak.group_wrap g where g.sealed_id = id));
-- given again by a steward, or sealed by the holder to their own new key
create policy renewed on firebreak.seat_key for update to {{app}}
  using ((member_id = (select sec.member()) or firebreak.steers(group_id)) and firebreak.sits_in(group_id));
grant update (wrapped, voucher) on firebreak.seat_key to {{app}};
