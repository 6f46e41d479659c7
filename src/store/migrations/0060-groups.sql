-- Why: working groups are whom things are shared with, and some of their members must stay unknown even to the others
-- (field.md 1.1): a hidden seat is seen by its owner and by the group's stewards, and no count or error tells of it.
-- Content for a group is sealed to the group's own key, whose private half is wrapped to each seat, so that the number
-- of wraps of a record says nothing about how many can read it.
grant create on schema firebreak to {{definer}};

create table firebreak.working_group (
  id         text primary key,
  name       text not null check (length(name) between 1 and 200),
  purpose    text not null check (length(purpose) between 1 and 2000),
  -- the strictest TLP that may be shared into the group
  tlp_limit  text not null check (tlp_limit in ('RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR')),
  made_by    text not null references firebreak.member (id),
  made_at    timestamptz not null default now(),
  closed_at  timestamptz);

create table firebreak.seat (
  group_id  text not null references firebreak.working_group (id),
  member_id text not null references firebreak.member (id),
  role      text not null check (role in ('member', 'steward')),
  hidden    boolean not null default false,
  given_by  text not null references firebreak.member (id),
  given_at  timestamptz not null default now(),
  left_at   timestamptz,
  primary key (group_id, member_id),
  -- somebody must be seen to answer for the group
  check (not (hidden and role = 'steward')));
create index on firebreak.seat (member_id);

-- A new version is made by a steward's own device whenever a seat ends: what is sealed later is out of reach for who left.
create table firebreak.group_key (
  group_id  text not null references firebreak.working_group (id),
  version   int not null check (version > 0),
  recipient text not null check (recipient like 'age1%'),
  made_by   text not null references firebreak.member (id),
  made_at   timestamptz not null default now(),
  primary key (group_id, version));

create table firebreak.seat_key (
  group_id  text not null,
  version   int not null,
  member_id text not null,
  wrapped   text not null check (length(wrapped) between 1 and 8000),
  primary key (group_id, version, member_id),
  foreign key (group_id, version) references firebreak.group_key (group_id, version),
  foreign key (group_id, member_id) references firebreak.seat (group_id, member_id));
create index on firebreak.seat_key (member_id);

-- A seat is offered by a link that its person opens while signed in: nobody has to look up who is a member elsewhere.
create table firebreak.seat_offer (
  token_hash bytea primary key,
  group_id   text not null references firebreak.working_group (id),
  role       text not null check (role in ('member', 'steward')),
  hidden     boolean not null default false,
  offered_by text not null references firebreak.member (id),
  offered_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at    timestamptz,
  check (not (hidden and role = 'steward')));
create index on firebreak.seat_offer (group_id);

alter table firebreak.working_group enable row level security;
alter table firebreak.working_group force row level security;
alter table firebreak.seat enable row level security;
alter table firebreak.seat force row level security;
alter table firebreak.group_key enable row level security;
alter table firebreak.group_key force row level security;
alter table firebreak.seat_key enable row level security;
alter table firebreak.seat_key force row level security;
alter table firebreak.seat_offer enable row level security;
alter table firebreak.seat_offer force row level security;

create policy looked on firebreak.seat for select to {{definer}} using (true);
create policy taken on firebreak.seat for insert to {{definer}} with check (true);
create policy taken_again on firebreak.seat for update to {{definer}} using (true);
create policy looked on firebreak.seat_offer for select to {{definer}} using (true);
create policy taken on firebreak.seat_offer for update to {{definer}} using (true);
grant select, insert, update on firebreak.seat to {{definer}};
grant select, update on firebreak.seat_offer to {{definer}};

-- Functions, because a policy on seats that looked at seats would be a circle.
create function firebreak.sits_in(of_group text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.seat s
    where s.group_id = of_group and s.member_id = sec.member() and s.left_at is null)
$$;
create function firebreak.steers(of_group text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.seat s
    where s.group_id = of_group and s.member_id = sec.member() and s.left_at is null and s.role = 'steward')
$$;
-- Whether nobody ever sat there: only then may the network's steward offer a seat, the first one.
create function firebreak.is_unseated(of_group text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select not exists (select 1 from firebreak.seat s where s.group_id = of_group)
$$;
-- Takes the seat that a link offers; null when the link is unknown, used or too old, all alike.
create function firebreak.take_seat(of_token bytea) returns text
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  offer firebreak.seat_offer;
begin
  if sec.member() is null then raise exception 'no member' using errcode = '42501'; end if;
  update firebreak.seat_offer set used_at = clock_timestamp()
    where token_hash = of_token and used_at is null and expires_at > clock_timestamp()
    returning * into offer;
  if not found then return null; end if;
  insert into firebreak.seat as s (group_id, member_id, role, hidden, given_by)
    values (offer.group_id, sec.member(), offer.role, offer.hidden, offer.offered_by)
    on conflict (group_id, member_id) do update
      set role = excluded.role, hidden = excluded.hidden, given_by = excluded.given_by, given_at = now(), left_at = null
      where s.left_at is not null;
  return offer.group_id;
end $$;
-- The seats that the asker may see, with the names that co-members know each other by and the keys that stewards seal to.
create function firebreak.seats_of(of_group text)
  returns table (member_id text, name text, org_name text, role text, hidden boolean, given_at timestamptz,
    left_at timestamptz, recipient text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.member_id, m.name, o.name, s.role, s.hidden, s.given_at, s.left_at,
    case when firebreak.steers(of_group) then m.recipient end
  from firebreak.seat s join firebreak.member m on m.id = s.member_id join firebreak.org o on o.id = m.org_id
  where s.group_id = of_group
    and (firebreak.steers(of_group) or s.member_id = sec.member()
      or (firebreak.sits_in(of_group) and not s.hidden and s.left_at is null))
$$;
do $$ declare f text; begin
  foreach f in array array['sits_in(text)', 'steers(text)', 'is_unseated(text)', 'take_seat(bytea)', 'seats_of(text)'] loop
    execute format('alter function firebreak.%s owner to {{definer}}', f);
    execute format('revoke all on function firebreak.%s from public', f);
    execute format('grant execute on function firebreak.%s to {{app}}, {{definer}}', f);
  end loop;
end $$;
revoke create on schema firebreak from {{definer}};

-- The network's steward opens groups and names their first steward, and learns nothing more about them.
create policy seen on firebreak.working_group for select to {{app}}
  using ((select sec.role()) = 'steward' or firebreak.sits_in(id));
create policy opened on firebreak.working_group for insert to {{app}}
  with check ((select sec.role()) = 'steward' and made_by = (select sec.member()));
create policy steered on firebreak.working_group for update to {{app}}
  using (firebreak.steers(id)) with check (firebreak.steers(id));

create policy seen on firebreak.seat for select to {{app}}
  using (member_id = (select sec.member()) or firebreak.steers(group_id) or (not hidden and firebreak.sits_in(group_id)));
-- one may leave, and a steward may end a seat; nobody comes back without a new offer
create policy ended on firebreak.seat for update to {{app}}
  using (member_id = (select sec.member()) or firebreak.steers(group_id)) with check (left_at is not null);

create policy offered on firebreak.seat_offer for insert to {{app}}
  with check (offered_by = (select sec.member()) and used_at is null and (firebreak.steers(group_id)
    or ((select sec.role()) = 'steward' and role = 'steward' and firebreak.is_unseated(group_id))));
create policy own on firebreak.seat_offer for select to {{app}}
  using (offered_by = (select sec.member()) or firebreak.steers(group_id));

create policy seen on firebreak.group_key for select to {{app}} using (firebreak.sits_in(group_id));
create policy made on firebreak.group_key for insert to {{app}}
  with check (firebreak.steers(group_id) and made_by = (select sec.member()));
create policy own on firebreak.seat_key for select to {{app}}
  using ((member_id = (select sec.member()) or firebreak.steers(group_id)) and firebreak.sits_in(group_id));
create policy made on firebreak.seat_key for insert to {{app}} with check (firebreak.steers(group_id));

grant select, insert on firebreak.working_group, firebreak.group_key, firebreak.seat_key, firebreak.seat_offer to {{app}};
grant select on firebreak.seat to {{app}};
grant update (name, purpose, tlp_limit, closed_at) on firebreak.working_group to {{app}};
grant update (left_at) on firebreak.seat to {{app}};
