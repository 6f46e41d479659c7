-- Why: an item is shared with groups and with people of other organisations, whom nobody may list. Working groups and their
-- seats have their tables in 0060: what asks for them here is looked up when it is called, not when it is made.
grant create on schema firebreak to {{definer}};
-- whether the asker sits in a group that is open
create function firebreak.in_group(of_group text) returns boolean
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return of_group is not null and exists (select 1 from firebreak.seat s
    where s.group_id = of_group and s.member_id = sec.member() and s.left_at is null);
end $$;
-- The people of a group of the asker's to whom content can be sealed one by one: those who are not hidden.
create function firebreak.group_key_holders(of_group text)
  returns table (member_id text, recipient text, org_id text, org_kind text)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select m.id, m.recipient, o.id, o.kind from firebreak.seat g
    join firebreak.member m on m.id = g.member_id join firebreak.org o on o.id = m.org_id
  where g.group_id = of_group and firebreak.in_group(of_group) and not g.hidden
    and g.left_at is null and m.left_at is null and o.left_at is null and m.suspended_at is null and o.suspended_at is null;
end $$;
-- A person of another organisation is found by the exact address that somebody knows, and never listed.
create function firebreak.person_by_email(known text)
  returns table (member_id text, recipient text, org_id text, org_kind text)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select m.id, m.recipient, o.id, o.kind from firebreak.member m join firebreak.org o on o.id = m.org_id
  where m.email = lower(known) and m.left_at is null and o.left_at is null and sec.member() is not null
    and m.suspended_at is null and o.suspended_at is null;
end $$;
alter function firebreak.in_group(text) owner to {{definer}};
alter function firebreak.group_key_holders(text) owner to {{definer}};
alter function firebreak.person_by_email(text) owner to {{definer}};
revoke all on function firebreak.in_group(text), firebreak.group_key_holders(text), firebreak.person_by_email(text) from public;
grant execute on function firebreak.in_group(text), firebreak.group_key_holders(text), firebreak.person_by_email(text)
  to {{app}};
revoke create on schema firebreak from {{definer}};

-- Two memberships of one person count as one person wherever a second person is asked for.
alter table firebreak.member add column person_id text;
