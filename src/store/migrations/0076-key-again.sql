-- Why: a new key takes along what was missing: the group's keys, and the shares of other people's keys that an officer
-- keeps. And whoever lost every way in comes back as the same member, by a link that a steward makes only after a
-- colleague of that member has said that it is really them; with a new key, to which officers then pass the old one on.
create policy rewrapped on firebreak.key_share for update to {{app}} using (officer_id = (select sec.member()))
  with check (officer_id = (select sec.member()));
grant update (wrapped) on firebreak.key_share to {{app}};

alter table firebreak.approval drop constraint approval_kind_check;
alter table firebreak.approval add constraint approval_kind_check
  check (kind in ('victim_disclosure', 'victim_unmark', 'bulk_export', 'member_reentry'));
-- set: the invitation lets this member in again instead of making a new one
alter table firebreak.invite add column member_id text references firebreak.member (id);
create index on firebreak.invite (member_id);
create policy reentry on firebreak.invite for insert to {{app}}
  with check ((select sec.role()) = 'steward' and member_id is not null and proposal_id is null
    and exists (select 1 from firebreak.member m where m.id = invite.member_id and m.email = invite.email
      and m.org_id = invite.org_id and m.role = invite.role and m.left_at is null and m.suspended_at is null));

grant create on schema firebreak to {{definer}};
create policy stepped on firebreak.invite to {{definer}} using (true);
create policy stepped on firebreak.key_wrap to {{definer}} using (true);
create policy stepped on firebreak.password to {{definer}} using (true);
create policy stepped on firebreak.passkey to {{definer}} using (true);
grant select on firebreak.invite to {{definer}};
grant update (used_at) on firebreak.invite to {{definer}};
grant update (recipient) on firebreak.member to {{definer}};
grant select, delete on firebreak.key_wrap, firebreak.password, firebreak.passkey to {{definer}};
-- One approval, one link: taken when the link is made.
create function firebreak.reentry_offered() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform firebreak.use_approval('member_reentry', new.member_id);
  return new;
end $$;
-- Lets the member in again: whatever opened the old key and every session are gone, the new public key is theirs.
-- Answers null for a link that is unknown, used or too old, all alike.
create function firebreak.reenter(of_token bytea, new_recipient text) returns text
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
  update firebreak.member set recipient = new_recipient where id = who;
  perform firebreak.end_sessions('member', who);
  return who;
end $$;
-- Whom a member named to keep shares of their key, so that they know whom to call; and who has passed theirs on.
create policy looked on firebreak.key_share for select to {{definer}} using (true);
create policy looked on firebreak.key_help for select to {{definer}} using (true);
create policy looked on firebreak.key_ask for select to {{definer}} using (true);
grant select on firebreak.key_share, firebreak.key_help, firebreak.key_ask to {{definer}};
create function firebreak.my_officers() returns table (name text, org_name text, helped boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.name, o.name, exists (select 1 from firebreak.key_ask a join firebreak.key_help h on h.ask_id = a.id
    where a.member_id = s.member_id and a.ended_at is null and h.officer_id = s.officer_id)
  from firebreak.key_share s join firebreak.member m on m.id = s.officer_id join firebreak.org o on o.id = m.org_id
  where s.member_id = sec.member() order by o.name, m.name
$$;
alter function firebreak.my_officers() owner to {{definer}};
revoke all on function firebreak.my_officers() from public;
grant execute on function firebreak.my_officers() to {{app}};
alter function firebreak.reenter(bytea, text) owner to {{definer}};
alter function firebreak.reentry_offered() owner to {{definer}};
revoke all on function firebreak.reenter(bytea, text), firebreak.reentry_offered() from public;
grant execute on function firebreak.reenter(bytea, text) to {{app}};
revoke create on schema firebreak from {{definer}};
create trigger reentry_offered before insert on firebreak.invite for each row when (new.member_id is not null)
  execute function firebreak.reentry_offered();
