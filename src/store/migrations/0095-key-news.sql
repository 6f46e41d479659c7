-- Why: what a stolen account does first is to bring in a device or a key of its own. So whoever works with its owner sees it: new ways
-- in and new keys stand where keys stand, for their organisation and for stewards (security.md 4.2). Whoever comes back by a link
-- loses every old way in, the code app with it: 0076 left the secret of the codes, so that who had
-- copied it needed only the new password. And a new key leaves nothing of its owner's sealed to the old one: what was shared
-- with them and is closed now goes. It has to be shared again if it opens again, and no stolen key waits for that.
create policy stepped on firebreak.code_app to {{definer}} using (true);
grant select, delete on firebreak.code_app to {{definer}};
create policy counted on firebreak.sealed_rewrap for select to {{definer}} using (true);
grant select on firebreak.sealed_rewrap to {{definer}};
-- 0087 asked for the context before anything else when a key changed; whoever repairs a key by hand has none.
drop trigger link_left on firebreak.member;
create trigger link_left after update of recipient on firebreak.member for each row
  when (new.recipient is distinct from old.recipient and coalesce(current_setting('app.ctx', true), '') <> '')
  execute function firebreak.link_left();
grant create on schema firebreak to {{definer}};
create or replace function firebreak.reenter(of_token bytea, new_recipient text) returns text
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  who text;
begin
  if sec.system() is distinct from 'signin' then raise exception 'not signing in' using errcode = '42501'; end if;
  update firebreak.invite i set used_at = clock_timestamp() from firebreak.member m
    where i.token_hash = of_token and i.used_at is null and i.expires_at > clock_timestamp() and m.id = i.member_id
      and m.left_at is null and m.suspended_at is null
    returning m.id into who;
  if who is null then return null; end if;
  delete from firebreak.key_wrap where member_id = who;
  delete from firebreak.password where member_id = who;
  delete from firebreak.passkey where member_id = who;
  delete from firebreak.code_app where member_id = who;
  update firebreak.member set recipient = new_recipient where id = who;
  perform firebreak.end_sessions('member', who);
  return who;
end $$;

create or replace function firebreak.link_left() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if sec.system() is distinct from 'signin' then return new; end if;
  update firebreak.provider_link set ended_at = clock_timestamp() where member_id = new.id and ended_at is null;
  return new;
end $$;

create index audit_entry_key_news on firebreak.audit_entry (at)
  where act in ('passkey.added', 'passkey.removed', 'code.removed', 'key.rotated', 'member.reentered');
create function firebreak.key_news() returns table (name text, org_name text, act text, at timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.name, o.name, e.act, e.at from firebreak.audit_entry e join firebreak.member m on m.id = e.object_id
    join firebreak.org o on o.id = m.org_id
  where e.act in ('passkey.added', 'passkey.removed', 'code.removed', 'key.rotated', 'member.reentered')
    and e.at > now() - interval '14 days' and e.object_kind = 'member' and m.left_at is null
    and (m.org_id = sec.org() or sec.role() = 'steward') and sec.member() is not null
  order by e.at desc limit 50
$$;

-- Wraps of the asker's that their browser was not shown: of what is closed to them. Called while the new ones are laid out.
create function firebreak.drop_closed_wraps(new_recipient text, still_there text[]) returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  dropped bigint;
begin
  with gone as (delete from firebreak.sealed_wrap w where w.member_id = sec.member() and not (w.sealed_id = any (still_there))
    and not exists (select 1 from firebreak.sealed_rewrap r
      where r.sealed_id = w.sealed_id and r.member_id = w.member_id and r.recipient = new_recipient) returning w.sealed_id)
  select count(distinct g.sealed_id) into dropped from gone g;
  return dropped;
end $$;

-- Whether content can have been sealed to a group.
create function firebreak.group_sealed(of_group text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.group_key k where k.group_id = of_group)
$$;
do $$ declare f text; begin
  foreach f in array array['key_news()', 'drop_closed_wraps(text, text[])', 'group_sealed(text)'] loop
    execute format('alter function firebreak.%s owner to {{definer}}', f);
    execute format('revoke all on function firebreak.%s from public', f);
    execute format('grant execute on function firebreak.%s to {{app}}', f);
  end loop;
end $$;

-- Nothing ever asked for a second person under this name: exports of one's own data are listed in the log, and nobody exports others'.
alter table firebreak.approval drop constraint approval_kind_check;
alter table firebreak.approval add constraint approval_kind_check
  check (kind in ('victim_disclosure', 'victim_unmark', 'member_reentry')) not valid;

-- Erasure looked through the whole log for an id.
create index audit_entry_subjects on firebreak.audit_entry using gin (subjects);
create or replace function firebreak.audit_forget(of_subject text) returns bigint
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
  where e.subjects @> array[of_subject];
  get diagnostics concerned = row_count;
  return concerned;
end $$;
revoke create on schema firebreak from {{definer}};
