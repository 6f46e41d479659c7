-- Why: whoever may ask for a person by address could try addresses one by one and so list the network. Each look-up now takes from
-- a budget of the member and one of their organisation, in the function that answers: no route and no connection goes round it, and
-- a restart forgets nothing. One row a holder, so that nothing has to be cleaned up. What is taken is taken before anybody is
-- looked for, found or not. A clock that was set back opens no new day.
create table firebreak.look_up_use (
  holder text primary key,
  day    date not null,
  used   int not null check (used > 0));
alter table firebreak.look_up_use enable row level security;
alter table firebreak.look_up_use force row level security;
create policy counted on firebreak.look_up_use to {{definer}} using (true);
grant select, insert, update on firebreak.look_up_use to {{definer}};
grant create on schema firebreak to {{definer}};

create function firebreak.take_look_up(of_holder text, most int) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  today date := (now() at time zone 'utc')::date;
begin
  insert into firebreak.look_up_use as u values (of_holder, today, 1)
    on conflict (holder) do update
      set day = greatest(u.day, today), used = case when u.day < today then 1 else u.used + 1 end
      where u.day < today or u.used < most;
  return found;
end $$;
alter function firebreak.take_look_up(text, int) owner to {{definer}};
revoke all on function firebreak.take_look_up(text, int) from public;

-- Always one row: whether the budget was used up, and the person with exactly this address, if there is one to be found. The
-- member's row is taken first and the organisation's second, by everybody: nobody waits in a circle.
drop function firebreak.person_by_email(text);
create function firebreak.person_by_email(known text)
  returns table (spent text, most int, member_id text, recipient text, org_id text, org_kind text)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if sec.member() is null then
    raise exception 'only members look each other up' using errcode = '42501';
  end if;
  -- a day's worth: who shares with a new person, or names recovery officers, needs a handful
  if not firebreak.take_look_up(sec.member(), 30) then
    spent := 'mine'; most := 30;
  elsif not firebreak.take_look_up(sec.org(), 100) then
    spent := 'ours'; most := 100;
  else
    select m.id, m.recipient, o.id, o.kind into member_id, recipient, org_id, org_kind
      from firebreak.member m join firebreak.org o on o.id = m.org_id
      where m.email = lower(known) and m.left_at is null and o.left_at is null
        and m.suspended_at is null and o.suspended_at is null;
  end if;
  return next;
end $$;
alter function firebreak.person_by_email(text) owner to {{definer}};
revoke all on function firebreak.person_by_email(text) from public;
grant execute on function firebreak.person_by_email(text) to {{app}};
revoke create on schema firebreak from {{definer}};
