-- Why: who stands at the door learned from the time of an answer whether an address or a passkey is known (T10): a row that was
-- found had its policies asked, with the HMAC of the context behind each, and was joined with others; where nothing was found,
-- nothing was asked (bench/signin: 0.2 ms for a salt, 0.7 ms for a passkey). Here the context is asked once, first, and each table is
-- asked once, by its key, also where there is nothing to ask for. The answers stay what they were.
grant create on schema firebreak to {{definer}};

-- lives: whether they may come in; not somebody who left or is suspended
create function firebreak.password_at(address text) returns table (member_id text, salt text, hash text, lives boolean)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  m record;
  o record;
begin
  if sec.system() is distinct from 'signin' then
    raise exception 'only the door asks' using errcode = '42501';
  end if;
  select x.id, x.org_id, x.left_at is null and x.suspended_at is null as lives into m
    from firebreak.member x where x.email = address;
  select p.member_id, p.salt, p.hash into member_id, salt, hash from firebreak.password p where p.member_id = coalesce(m.id, '');
  select x.left_at is null and x.suspended_at is null as lives into o from firebreak.org x where x.id = coalesce(m.org_id, '');
  lives := m.lives and o.lives;
  if member_id is not null then return next; end if;
end $$;

create function firebreak.passkey_at(credential text)
  returns table (member_id text, public_key bytea, counter bigint, transports text[])
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  m record;
  o record;
begin
  if sec.system() is distinct from 'signin' then
    raise exception 'only the door asks' using errcode = '42501';
  end if;
  select p.member_id, p.public_key, p.counter, p.transports into member_id, public_key, counter, transports
    from firebreak.passkey p where p.credential_id = credential;
  select x.org_id, x.left_at is null and x.suspended_at is null as lives into m
    from firebreak.member x where x.id = coalesce(passkey_at.member_id, '');
  select x.left_at is null and x.suspended_at is null as lives into o from firebreak.org x where x.id = coalesce(m.org_id, '');
  if m.lives and o.lives then return next; end if;
end $$;
alter function firebreak.password_at(text) owner to {{definer}};
alter function firebreak.passkey_at(text) owner to {{definer}};
revoke all on function firebreak.password_at(text), firebreak.passkey_at(text) from public;
grant execute on function firebreak.password_at(text), firebreak.passkey_at(text) to {{app}};
revoke create on schema firebreak from {{definer}};
