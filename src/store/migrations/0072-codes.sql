-- Why: a password can be guessed, seen and given away; where an organisation allows passwords at all, a one-time code goes with
-- each (RFC 6238). The secret lies encrypted under a key outside of the database, and each code serves once.
create table firebreak.code_app (
  member_id    text primary key references firebreak.member (id),
  -- AES-256-GCM: 12 bytes, tag, ciphertext; bound to the member
  secret       bytea not null check (length(secret) between 44 and 100),
  -- null until the first code came: until then it may be shown again
  confirmed_at timestamptz,
  -- the newest 30-second step whose code was taken
  last_step    bigint not null default 0,
  made_at      timestamptz not null default now());
alter table firebreak.code_app enable row level security;
alter table firebreak.code_app force row level security;
create policy signin on firebreak.code_app to {{app}} using ((select sec.system()) = 'signin');
create policy own on firebreak.code_app for select to {{app}} using (member_id = (select sec.member()));
create policy removed on firebreak.code_app for delete to {{app}} using (member_id = (select sec.member()));
grant select, insert, delete on firebreak.code_app to {{app}};
grant update (confirmed_at, last_step) on firebreak.code_app to {{app}};
create trigger proven before delete on firebreak.code_app for each row execute function firebreak.needs_proof();

-- A step only goes forward, whoever asks: a code that was taken is never taken again.
create function firebreak.code_taken() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.last_step <= old.last_step then raise exception 'this code was used' using errcode = 'FB409'; end if;
  return new;
end $$;
revoke all on function firebreak.code_taken() from public;
create trigger taken before update on firebreak.code_app for each row execute function firebreak.code_taken();

-- The steward allows an organisation passwords with codes, or takes that back; anybody of it may take it back, too.
grant create on schema firebreak to {{definer}};
grant update (password_rule) on firebreak.org to {{definer}};
create function firebreak.rule_passwords(of_org text, rule text) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if sec.member() is null or not (sec.role() = 'steward' or (sec.org() = of_org and rule = 'none')) then
    raise exception 'not yours to rule' using errcode = '42501';
  end if;
  update firebreak.org set password_rule = rule where id = of_org and left_at is null;
  return found;
end $$;
alter function firebreak.rule_passwords(text, text) owner to {{definer}};
revoke all on function firebreak.rule_passwords(text, text) from public;
grant execute on function firebreak.rule_passwords(text, text) to {{app}};
revoke create on schema firebreak from {{definer}};
