-- Why: somebody with one passkey is one lost phone away from being locked out, and somebody with a stolen one must be able to
-- take it away. Adding and removing need a fresh proof, and the last way in stays, whatever comes at once.
grant create on schema firebreak to {{definer}};
alter table firebreak.passkey add column name text not null default 'Passkey' check (length(name) between 1 and 60);
create policy added on firebreak.passkey for insert to {{app}} with check (member_id = (select sec.member()));
create policy named on firebreak.passkey for update to {{app}}
  using (member_id = (select sec.member())) with check (member_id = (select sec.member()));
create policy removed on firebreak.passkey for delete to {{app}} using (member_id = (select sec.member()));
grant update (name) on firebreak.passkey to {{app}};
grant delete on firebreak.passkey to {{app}};
create trigger proven before insert or delete on firebreak.passkey
  for each row execute function firebreak.needs_proof();
create trigger proven before insert on firebreak.key_wrap for each row execute function firebreak.needs_proof();
-- a challenge to make a further passkey is made and spent by the member
create policy own on firebreak.challenge to {{app}}
  using (subject = (select sec.member()) and kind = 'register')
  with check (subject = (select sec.member()) and kind = 'register');

create policy counted on firebreak.passkey for select to {{definer}} using (true);
create policy counted on firebreak.password for select to {{definer}} using (true);
create policy unwrapped on firebreak.key_wrap to {{definer}} using (kind = 'passkey');
grant select on firebreak.passkey, firebreak.password, firebreak.key_wrap to {{definer}};
grant delete on firebreak.key_wrap to {{definer}};

-- One at a time for one member, so that two removals at once do not each see the other's passkey still standing.
create function firebreak.passkey_removed() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- who comes back by a steward's link gets new ways in the same transaction (0076)
  if sec.system() = 'signin' then return old; end if;
  perform pg_advisory_xact_lock(hashtextextended('ways in ' || old.member_id, 0));
  if not exists (select 1 from firebreak.passkey p where p.member_id = old.member_id and p.credential_id <> old.credential_id)
    and not exists (select 1 from firebreak.password w join firebreak.member m on m.id = w.member_id
      join firebreak.org o on o.id = m.org_id where w.member_id = old.member_id and o.password_rule <> 'none') then
    raise exception 'this is your last way in; add another passkey first' using errcode = 'FB409';
  end if;
  delete from firebreak.key_wrap where member_id = old.member_id and kind = 'passkey' and credential_id = old.credential_id;
  return old;
end $$;
alter function firebreak.passkey_removed() owner to {{definer}};
revoke all on function firebreak.passkey_removed() from public;
create trigger removed before delete on firebreak.passkey for each row execute function firebreak.passkey_removed();
revoke create on schema firebreak from {{definer}};
