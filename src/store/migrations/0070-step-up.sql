-- Why: a session is a cookie, and a cookie can be stolen. Reading TLP:RED, exporting, granting RED, and changing members or keys
-- need a proof of the person that is fresh, and a request signed by the browser that gave it (security.md 4.2, T11). The
-- signed context says when that proof was; without one the database refuses too, whatever a route forgets.
grant create on schema firebreak to {{definer}};

-- How an organisation's people may sign in besides passkeys: not with a password, with a password and a one-time code, or
-- with a password alone, which is for invented networks.
alter table firebreak.org add column password_rule text not null default 'none'
  check (password_rule in ('none', 'with_code', 'alone'));
grant update (password_rule) on firebreak.org to {{app}};
-- what stands keeps working; row-level security is forced on the owner too, so it steps aside for this one statement
do $$ declare t text; begin
  foreach t in array array['org', 'audit_entry', 'member', 'password'] loop
    execute format('alter table firebreak.%I no force row level security', t);
  end loop;
  update firebreak.org set password_rule = case
    when exists (select 1 from firebreak.audit_entry where act = 'network.loaded' and object_id = 'demo') then 'alone'
    when exists (select 1 from firebreak.member m join firebreak.password p on p.member_id = m.id where m.org_id = org.id)
      then 'with_code' else 'none' end;
  foreach t in array array['org', 'audit_entry', 'member', 'password'] loop
    execute format('alter table firebreak.%I force row level security', t);
  end loop;
end $$;

-- proven_by: a passkey, a password with a one-time code, or a demo's password. proof_key: the public half of a key (P-256,
-- `x.y`) that cannot leave the browser. replaced_at: a fresh proof gives a new token; the old one ends a moment later.
alter table firebreak.session
  add column proven_at timestamptz,
  add column proven_by text check (proven_by in ('passkey', 'code', 'demo')),
  add column proof_key text check (proof_key ~ '^[A-Za-z0-9_-]{43}\.[A-Za-z0-9_-]{43}$'),
  add column replaced_at timestamptz,
  add check ((proven_at is null) = (proven_by is null) and (proven_at is null) = (proof_key is null));
grant update (replaced_at) on firebreak.session to {{app}};

-- A member's own rows, so that asking who one is takes one transaction and one connection.
create policy own on firebreak.session for select to {{app}} using (member_id = (select sec.member()));
create policy ended on firebreak.session for update to {{app}}
  using (member_id = (select sec.member())) with check (member_id = (select sec.member()));
create policy own on firebreak.password for select to {{app}} using (member_id = (select sec.member()));
create policy own on firebreak.passkey for select to {{app}} using (member_id = (select sec.member()));

-- Before the session gate only the member who just proved who they are is named, in these two acts.
drop policy signed_in on firebreak.audit_entry;
create policy signed_in on firebreak.audit_entry for insert to {{app}}
  with check ((select sec.system()) = 'signin' and act in ('session.begun', 'session.proven') and object_kind = 'member'
    and object_id = actor_id
    and exists (select 1 from firebreak.member m where m.id = actor_id and m.org_id = audit_entry.org_id));

-- Whether the request was signed under a proof of the last 15 minutes; or the house itself acts.
create function sec.fresh() returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp
  return sec.system() is not null
    or coalesce((sec.context() ->> 'proven')::bigint > extract(epoch from clock_timestamp()) - 900, false);
revoke all on function sec.fresh() from public;
grant execute on function sec.fresh() to {{app}}, {{definer}};

-- Whether something sealed is, or belongs to, an item marked RED; said only to those who hold a key to it.
create function firebreak.red_content(of_sealed text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.sealed_wrap w where w.sealed_id = of_sealed and w.member_id = sec.member())
    and (exists (select 1 from firebreak.report r where r.sealed_id = of_sealed and firebreak.tlp_rank(r.tlp) >= 4)
      or exists (select 1 from firebreak.report_evidence e join firebreak.report r on r.id = e.report_id
        where e.sealed_id = of_sealed and firebreak.tlp_rank(r.tlp) >= 4)
      or exists (select 1 from firebreak.request q where q.briefing_id = of_sealed and firebreak.tlp_rank(q.tlp) >= 4))
$$;
-- Whether a report or request of the asker's organisation is marked RED; a request counts with its report.
create function firebreak.red_item(of_item text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.report r
      where r.id = of_item and r.org_id = sec.org() and firebreak.tlp_rank(r.tlp) >= 4)
    or exists (select 1 from firebreak.request q join firebreak.report r on r.id = q.report_id
      where q.id = of_item and (q.from_org = sec.org() or q.to_org = sec.org())
        and (firebreak.tlp_rank(q.tlp) >= 4 or firebreak.tlp_rank(r.tlp) >= 4))
$$;
-- The same of something shared, for those whom it had reached and its owner.
create function firebreak.red_share(of_share text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.share s join firebreak.report r on r.id = s.report_id
    where s.id = of_share and firebreak.tlp_rank(r.tlp) >= 4
      and (s.org_id = sec.org() or firebreak.share_standing(s.id) is not null))
$$;

-- Without any context the runtime role is refused by row-level security; whoever repairs the database by hand has none.
create function firebreak.needs_proof() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if coalesce(current_setting('app.ctx', true), '') = '' or sec.fresh() then return coalesce(new, old); end if;
  raise exception 'confirm that it is you, then try again' using errcode = 'FB499';
end $$;
create function firebreak.red_needs_proof() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if coalesce(current_setting('app.ctx', true), '') = '' or sec.fresh() or not firebreak.red_item(to_jsonb(new) ->> tg_argv[0]) then return new; end if;
  raise exception 'confirm that it is you, then try again' using errcode = 'FB499';
end $$;

do $$ declare f text; begin
  foreach f in array array['red_content(text)', 'red_item(text)', 'red_share(text)', 'red_needs_proof()'] loop
    execute format('alter function firebreak.%s owner to {{definer}}', f);
    execute format('revoke all on function firebreak.%s from public', f);
  end loop;
end $$;
revoke all on function firebreak.needs_proof() from public;
grant execute on function firebreak.red_content(text), firebreak.red_item(text), firebreak.red_share(text) to {{app}};

create trigger proven before insert or update on firebreak.removal for each row execute function firebreak.needs_proof();
create trigger proven before insert on firebreak.key_statement for each row execute function firebreak.needs_proof();
create trigger proven before insert on firebreak.key_secret for each row execute function firebreak.needs_proof();
create trigger red_proven after insert on firebreak.share
  for each row execute function firebreak.red_needs_proof('item_id');
create trigger red_proven after insert on firebreak.request
  for each row execute function firebreak.red_needs_proof('id');

-- The key to RED content is not even seen without one.
create policy red_proven on firebreak.sealed_wrap as restrictive for select to {{app}}
  using ((select sec.fresh()) or granted_by = (select sec.member()) and member_id <> (select sec.member())
    or not firebreak.red_content(sealed_id));

-- 'alone' is for invented networks: only setting up writes it.
create function firebreak.password_ruled() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.password_rule is distinct from old.password_rule then
    if new.password_rule = 'alone' and sec.system() is distinct from 'setup' then
      raise exception 'a password alone is for demo networks' using errcode = 'FB403';
    end if;
    if new.password_rule = 'with_code' and old.password_rule = 'none'
      and sec.role() is distinct from 'steward' and sec.system() is null then
      raise exception 'whether passwords are allowed, the steward changes; anybody of the organisation may forbid them'
        using errcode = 'FB403';
    end if;
    if not sec.fresh() then raise exception 'confirm that it is you, then try again' using errcode = 'FB499'; end if;
  end if;
  return new;
end $$;
revoke all on function firebreak.password_ruled() from public;
create trigger password_ruled before update of password_rule on firebreak.org
  for each row execute function firebreak.password_ruled();
revoke create on schema firebreak from {{definer}};
