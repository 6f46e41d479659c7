-- Why: “customer data never leaves the bank” is an organisation's decision and not that of whoever screens today: it can forbid
-- that books go to a server at all. Anybody of it forbids at once; two of its people take that back, within a week.
alter table firebreak.org
  add column books_rule text not null default 'asked' check (books_rule in ('asked', 'here')),
  add column books_lift_by text references firebreak.member (id),
  add column books_lift_at timestamptz,
  add check ((books_lift_by is null) = (books_lift_at is null)),
  add check (books_lift_by is null or books_rule = 'here');

-- What stands afterwards: `here`, `lift_asked` while a second person is waited for, or `asked`.
grant create on schema firebreak to {{definer}};
grant update (books_rule, books_lift_by, books_lift_at) on firebreak.org to {{definer}};
create function firebreak.rule_books(rule text) returns text
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare o firebreak.org;
begin
  if sec.member() is null or rule is null or rule not in ('asked', 'here') then
    raise exception 'not yours to rule' using errcode = '42501';
  end if;
  select * into o from firebreak.org where id = sec.org() and left_at is null for update;
  if not found then raise exception 'not yours to rule' using errcode = '42501'; end if;
  if rule = 'here' then
    update firebreak.org set books_rule = 'here', books_lift_by = null, books_lift_at = null where id = o.id;
    return 'here';
  end if;
  if o.books_rule = 'asked' then return 'asked'; end if;
  if o.books_lift_by <> sec.member() and o.books_lift_at > clock_timestamp() - interval '7 days' then
    update firebreak.org set books_rule = 'asked', books_lift_by = null, books_lift_at = null where id = o.id;
    return 'asked';
  end if;
  update firebreak.org set books_lift_by = sec.member(), books_lift_at = clock_timestamp() where id = o.id;
  return 'lift_asked';
end $$;
alter function firebreak.rule_books(text) owner to {{definer}};
revoke all on function firebreak.rule_books(text) from public;
grant execute on function firebreak.rule_books(text) to {{app}};
revoke create on schema firebreak from {{definer}};
