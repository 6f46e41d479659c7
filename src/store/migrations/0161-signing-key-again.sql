-- Why: whoever held an organisation's signing key and was removed keeps what they copied, and an organisation whose only holder of it
-- was removed could never vouch for anybody again. The key can be made anew now; those who have to do it are told.
grant create on schema firebreak to {{definer}};
-- Whether somebody who left the network held my organisation's present signing key, and it is mine to make another: as one who
-- holds it, or because nobody who is here does.
create function firebreak.signing_key_due() returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with present as (select t.statement::jsonb ->> 'key' as key from firebreak.key_statement t
      where t.kind = 'org' and t.subject = sec.org() order by t.at desc limit 1),
    holder as (select m.id, m.left_at from present p join firebreak.key_secret s on s.of = sec.org() and s.key = p.key
      join firebreak.member m on m.id = s.member_id)
  select exists (select 1 from holder h where h.left_at is not null)
    and (exists (select 1 from holder h where h.id = sec.member())
      or not exists (select 1 from holder h where h.left_at is null))
$$;
create policy looked on firebreak.key_statement for select to {{definer}} using (true);
create policy looked on firebreak.key_secret for select to {{definer}} using (true);
grant select (kind, subject, statement, at) on firebreak.key_statement to {{definer}};
grant select (of, key, member_id) on firebreak.key_secret to {{definer}};
alter function firebreak.signing_key_due() owner to {{definer}};
revoke all on function firebreak.signing_key_due() from public;
grant execute on function firebreak.signing_key_due() to {{app}};
revoke create on schema firebreak from {{definer}};
