-- Why: narratives, evidence and names are encrypted in the browser (age), one key pair per record. The server keeps
-- ciphertext in padded sizes and, per entitled person, the record's key encrypted to that person.
create table firebreak.sealed (
  id         text primary key,
  org_id     text not null references firebreak.org (id),
  kind       text not null check (kind in ('report', 'evidence', 'briefing')),
  recipient  text not null check (recipient like 'age1%'),
  -- bytes of ciphertext; a size class, because plaintext is padded before it is sealed
  size       bigint not null default 0,
  complete   boolean not null default false,
  stored_at  timestamptz not null default date_trunc('hour', now()));
create index on firebreak.sealed (org_id);

create table firebreak.sealed_chunk (
  sealed_id text not null references firebreak.sealed (id) on delete cascade,
  n         int not null,
  bytes     bytea not null,
  primary key (sealed_id, n));

create table firebreak.sealed_wrap (
  sealed_id  text not null references firebreak.sealed (id) on delete cascade,
  member_id  text not null references firebreak.member (id),
  wrapped    text not null,
  granted_by text not null references firebreak.member (id),
  granted_at timestamptz not null default now(),
  expires_at timestamptz,
  primary key (sealed_id, member_id));
create index on firebreak.sealed_wrap (member_id);

-- The draft of a report, sealed to its author alone: a closed browser loses nothing.
create table firebreak.draft (
  id         text primary key,
  member_id  text not null references firebreak.member (id),
  body       bytea not null,
  updated_at timestamptz not null default now());
create index on firebreak.draft (member_id);

alter table firebreak.sealed enable row level security;
alter table firebreak.sealed force row level security;
alter table firebreak.sealed_chunk enable row level security;
alter table firebreak.sealed_chunk force row level security;
alter table firebreak.sealed_wrap enable row level security;
alter table firebreak.sealed_wrap force row level security;
alter table firebreak.draft enable row level security;
alter table firebreak.draft force row level security;

-- Whether the asker may see a sealed record. A function, because a policy on wraps that looked at records, whose policy
-- looks at wraps, would be a circle.
create policy looked on firebreak.sealed for select to {{definer}} using (true);
create policy looked on firebreak.sealed_wrap for select to {{definer}} using (true);
grant select on firebreak.sealed, firebreak.sealed_wrap to {{definer}};
grant create on schema firebreak to {{definer}};
create function firebreak.sees_sealed(of_sealed text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.sealed s where s.id = of_sealed and (s.org_id = sec.org()
    or exists (select 1 from firebreak.sealed_wrap w where w.sealed_id = s.id and w.member_id = sec.member()
      and (w.expires_at is null or w.expires_at > now()))))
$$;
alter function firebreak.sees_sealed(text) owner to {{definer}};
revoke all on function firebreak.sees_sealed(text) from public;
grant execute on function firebreak.sees_sealed(text) to {{app}};
revoke create on schema firebreak from {{definer}};

create policy own on firebreak.sealed_wrap for select to {{app}}
  using ((member_id = (select sec.member()) and (expires_at is null or expires_at > now())) or granted_by = (select sec.member()));
create policy granted on firebreak.sealed_wrap for insert to {{app}}
  with check (granted_by = (select sec.member()) and firebreak.sees_sealed(sealed_id));
create policy seen on firebreak.sealed for select to {{app}}
  using (org_id = (select sec.org())
    or exists (select 1 from firebreak.sealed_wrap w where w.sealed_id = id and w.member_id = (select sec.member())));
create policy made on firebreak.sealed for insert to {{app}} with check (org_id = (select sec.org()));
create policy filled on firebreak.sealed for update to {{app}} using (org_id = (select sec.org()) and not complete)
  with check (org_id = (select sec.org()));
create policy seen on firebreak.sealed_chunk for select to {{app}}
  using (exists (select 1 from firebreak.sealed s where s.id = sealed_id));
create policy made on firebreak.sealed_chunk for insert to {{app}}
  with check (exists (select 1 from firebreak.sealed s
    where s.id = sealed_id and s.org_id = (select sec.org()) and not s.complete));
create policy unfinished on firebreak.sealed_chunk for delete to {{app}}
  using (exists (select 1 from firebreak.sealed s
    where s.id = sealed_id and s.org_id = (select sec.org()) and not s.complete));
create policy own on firebreak.draft to {{app}} using (member_id = (select sec.member()));

grant select, insert on firebreak.sealed, firebreak.sealed_wrap to {{app}};
grant update (size, complete) on firebreak.sealed to {{app}};
grant select, insert, delete on firebreak.sealed_chunk to {{app}};
grant select, insert, delete on firebreak.draft to {{app}};
grant update (body, updated_at) on firebreak.draft to {{app}};
