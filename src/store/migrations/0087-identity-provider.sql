-- Why: an organisation with an identity provider of its own lets its people sign in there (OpenID Connect). It is registered by
-- two people, one of the organisation and a steward; a member connects their own account while signed in; and it never brings
-- anybody in, changes nobody, opens no key and proves nothing that asks for a passkey.
create table firebreak.identity_provider (
  id              text primary key,
  org_id          text not null references firebreak.org (id),
  name            text not null check (length(name) between 1 and 60),
  issuer          text not null check (issuer ~ '^https?://[^[:space:]]+$' and length(issuer) <= 300),
  client_id       text not null check (length(client_id) between 1 and 300),
  method          text not null check (method in ('secret', 'key')),
  -- the public half of the key with which this house shows who it is there (JWK), where it has no secret
  public_key      jsonb check ((public_key is not null) = (method = 'key')),
  -- who of the provider's people belong to the organisation: by the domain of their address, by a claim, or both
  email_domains   text[] not null default '{}',
  claim_name      text check (length(claim_name) between 1 and 100),
  claim_value     text check (length(claim_value) between 1 and 300),
  -- how they must have shown there who they are: authentication context, method, and how long ago at most
  acr             text check (length(acr) between 1 and 200),
  amr             text check (length(amr) between 1 and 50),
  max_age_minutes int check (max_age_minutes between 1 and 720),
  -- by which the organisation's people find it at the sign-in; not to be guessed, so that nobody learns who is in the network
  word            text not null unique check (word ~ '^[0-9a-hjkmnp-tv-z]{16}$'),
  asked_by        text not null references firebreak.member (id),
  asked_at        timestamptz not null default clock_timestamp(),
  confirmed_by    text references firebreak.member (id),
  confirmed_at    timestamptz,
  ended_by        text references firebreak.member (id),
  ended_at        timestamptz,
  unique (org_id, id),
  check (cardinality(email_domains) > 0 or claim_name is not null),
  check ((claim_name is null) = (claim_value is null)),
  check ((confirmed_by is null) = (confirmed_at is null)),
  check ((ended_by is null) = (ended_at is null)));

-- AES-256-GCM under a key outside of the database, bound to the provider: 12 bytes, tag, ciphertext. A client secret or a key.
create table firebreak.provider_secret (
  provider_id text primary key references firebreak.identity_provider (id),
  sealed      bytea not null check (length(sealed) between 29 and 5000),
  set_at      timestamptz not null default clock_timestamp());

-- subject: HMAC of issuer and subject under a key outside of the database: whose account it is there is not stored.
create table firebreak.provider_link (
  id          text primary key,
  provider_id text not null,
  org_id      text not null,
  member_id   text not null references firebreak.member (id),
  subject     bytea not null check (length(subject) = 32),
  linked_at   timestamptz not null default clock_timestamp(),
  used_at     timestamptz,
  ended_at    timestamptz,
  foreign key (org_id, provider_id) references firebreak.identity_provider (org_id, id));
create unique index on firebreak.provider_link (provider_id, subject) where ended_at is null;
create unique index on firebreak.provider_link (provider_id, member_id) where ended_at is null;
create index on firebreak.provider_link (member_id);

-- One way there and back. Both hashes are of random values that only this browser and the provider were given; member_id: who
-- connects an account, null for a sign-in.
create table firebreak.provider_trip (
  state_hash   bytea primary key check (length(state_hash) = 32),
  browser_hash bytea not null check (length(browser_hash) = 32),
  provider_id  text not null references firebreak.identity_provider (id),
  member_id    text references firebreak.member (id),
  expires_at   timestamptz not null,
  used_at      timestamptz);

do $$ declare t text; begin
  foreach t in array array['identity_provider', 'provider_secret', 'provider_link', 'provider_trip'] loop
    execute format('alter table firebreak.%I enable row level security', t);
    execute format('alter table firebreak.%I force row level security', t);
  end loop;
end $$;

create policy seen on firebreak.identity_provider for select to {{app}}
  using (org_id = (select sec.org()) or (select sec.role()) = 'steward' or (select sec.system()) = 'signin');
create policy asked on firebreak.identity_provider for insert to {{app}}
  with check (asked_by = (select sec.member())
    and (org_id = (select sec.org()) or (select sec.role()) = 'steward'));
grant select on firebreak.identity_provider to {{app}};
grant insert (id, org_id, name, issuer, client_id, method, public_key, email_domains, claim_name, claim_value, acr, amr,
  max_age_minutes, word, asked_by) on firebreak.identity_provider to {{app}};

-- Written by a function, read only while somebody goes there and back: no member's context reaches it.
create policy signin on firebreak.provider_secret for select to {{app}} using ((select sec.system()) = 'signin');
grant select on firebreak.provider_secret to {{app}};

create policy signin on firebreak.provider_link for select to {{app}} using ((select sec.system()) = 'signin');
create policy used on firebreak.provider_link for update to {{app}}
  using ((select sec.system()) = 'signin') with check ((select sec.system()) = 'signin');
create policy own on firebreak.provider_link for select to {{app}} using (member_id = (select sec.member()));
create policy made on firebreak.provider_link for insert to {{app}}
  with check (member_id = (select sec.member()) and org_id = (select sec.org())
    and exists (select 1 from firebreak.identity_provider p where p.id = provider_id and p.org_id = (select sec.org())
      and p.confirmed_at is not null and p.ended_at is null));
create policy ended on firebreak.provider_link for update to {{app}}
  using (member_id = (select sec.member())) with check (member_id = (select sec.member()));
grant select on firebreak.provider_link to {{app}};
grant insert (id, provider_id, org_id, member_id, subject) on firebreak.provider_link to {{app}};
grant update (used_at, ended_at) on firebreak.provider_link to {{app}};

create policy signin on firebreak.provider_trip to {{app}} using ((select sec.system()) = 'signin');
create policy swept on firebreak.provider_trip to {{app}} using ((select sec.system()) = 'clock');
grant select, insert, delete on firebreak.provider_trip to {{app}};
grant update (used_at) on firebreak.provider_trip to {{app}};

create trigger proven before insert on firebreak.identity_provider for each row execute function firebreak.needs_proof();
create trigger proven before insert or update of ended_at on firebreak.provider_link
  for each row execute function firebreak.needs_proof();

-- A connection that was ended stays ended.
create function firebreak.link_ended() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.ended_at is not null then raise exception 'this connection has ended already' using errcode = 'FB409'; end if;
  return new;
end $$;
revoke all on function firebreak.link_ended() from public;
create trigger ended before update on firebreak.provider_link for each row execute function firebreak.link_ended();

-- A session that began there ends with the connection and with the provider; sessions ask at every look.
alter table firebreak.session drop constraint session_via_check;
alter table firebreak.session add constraint session_via_check check (via in ('passkey', 'password', 'provider'));
alter table firebreak.session add column link_id text references firebreak.provider_link (id),
  add check ((link_id is not null) = (via = 'provider'));
create index on firebreak.session (link_id);

grant create on schema firebreak to {{definer}};
create policy stepped on firebreak.identity_provider to {{definer}} using (true);
create policy stepped on firebreak.provider_secret to {{definer}} using (true);
create policy stepped on firebreak.provider_link to {{definer}} using (true);
grant select, update (confirmed_by, confirmed_at, ended_by, ended_at) on firebreak.identity_provider to {{definer}};
grant select, insert, update (sealed, set_at) on firebreak.provider_secret to {{definer}};
grant select, update (ended_at) on firebreak.provider_link to {{definer}};

-- Sets or replaces what this house shows the provider: whoever asks for the provider, then anybody of its organisation.
create function firebreak.set_provider_secret(of_provider text, new_sealed bytea) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  it firebreak.identity_provider;
begin
  select * into it from firebreak.identity_provider where id = of_provider for update;
  if not found or sec.member() is null
    or not (it.org_id = sec.org() or (it.asked_by = sec.member() and it.confirmed_at is null)) then
    raise exception 'no such provider' using errcode = 'P0002';
  end if;
  if it.ended_at is not null then raise exception 'this provider has ended' using errcode = 'FB409'; end if;
  if not sec.fresh() then raise exception 'confirm that it is you, then try again' using errcode = 'FB499'; end if;
  insert into firebreak.provider_secret (provider_id, sealed) values (of_provider, new_sealed)
    on conflict (provider_id) do update set sealed = excluded.sealed, set_at = clock_timestamp();
end $$;

-- The second of two people: a steward for what the organisation asked, somebody of it for what a steward asked.
create function firebreak.confirm_provider(of_provider text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  it firebreak.identity_provider;
  asker firebreak.member;
begin
  select * into it from firebreak.identity_provider where id = of_provider for update;
  if not found or sec.member() is null or not (it.org_id = sec.org() or sec.role() = 'steward') then
    raise exception 'no such provider' using errcode = 'P0002';
  end if;
  if it.confirmed_at is not null or it.ended_at is not null or it.asked_at < clock_timestamp() - interval '14 days' then
    raise exception 'this provider is not waiting to be confirmed (any more)' using errcode = 'FB409';
  end if;
  if firebreak.same_person(it.asked_by, sec.member()) then
    raise exception 'a second person has to confirm this: you asked for it yourself' using errcode = 'FB403';
  end if;
  select * into asker from firebreak.member where id = it.asked_by;
  if asker.left_at is not null or asker.suspended_at is not null then
    raise exception 'who asked for this may not act any more; ask for it anew' using errcode = 'FB409';
  end if;
  if not ((asker.org_id = it.org_id and sec.role() = 'steward') or (asker.role = 'steward' and it.org_id = sec.org())) then
    raise exception 'a steward confirms what the organisation asked, and somebody of it what a steward asked'
      using errcode = 'FB403';
  end if;
  if not sec.fresh() then raise exception 'confirm that it is you, then try again' using errcode = 'FB499'; end if;
  update firebreak.identity_provider set confirmed_by = sec.member(), confirmed_at = clock_timestamp() where id = of_provider;
end $$;

-- Anybody of the organisation, or a steward, ends it at once and for good, with every session that began there.
create function firebreak.end_provider(of_provider text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  it firebreak.identity_provider;
  ended bytea;
begin
  select * into it from firebreak.identity_provider where id = of_provider for update;
  if not found or sec.member() is null or not (it.org_id = sec.org() or sec.role() = 'steward') then
    raise exception 'no such provider' using errcode = 'P0002';
  end if;
  if it.ended_at is not null then raise exception 'this provider has ended already' using errcode = 'FB409'; end if;
  if not sec.fresh() then raise exception 'confirm that it is you, then try again' using errcode = 'FB499'; end if;
  update firebreak.identity_provider set ended_by = sec.member(), ended_at = clock_timestamp() where id = of_provider;
  for ended in
    update firebreak.session s set ended_at = clock_timestamp() from firebreak.provider_link l
      where l.id = s.link_id and l.provider_id = of_provider and s.ended_at is null returning s.token_hash
  loop
    perform pg_notify('firebreak_live', json_build_object('topic', 'session', 'id', encode(ended, 'hex'))::text);
  end loop;
end $$;

-- Who comes back by a steward's link (0076) has new ways in; what was connected before is not one of them.
create function firebreak.link_left() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update firebreak.provider_link set ended_at = clock_timestamp() where member_id = new.id and ended_at is null;
  return new;
end $$;
do $$ declare f text; begin
  foreach f in array array['set_provider_secret(text, bytea)', 'confirm_provider(text)', 'end_provider(text)', 'link_left()'] loop
    execute format('alter function firebreak.%s owner to {{definer}}', f);
    execute format('revoke all on function firebreak.%s from public', f);
  end loop;
end $$;
grant execute on function firebreak.set_provider_secret(text, bytea), firebreak.confirm_provider(text),
  firebreak.end_provider(text) to {{app}};
revoke create on schema firebreak from {{definer}};
create trigger link_left after update of recipient on firebreak.member for each row
  when (new.recipient is distinct from old.recipient and sec.system() = 'signin') execute function firebreak.link_left();
