-- Why: who waits for a second person to confirm their organisation's own sign-in sees it at once; and whoever holds a sign-in word
-- cannot make the house ask that provider without end. A way takes one of the hour's, before the provider is asked, and gives it back when
-- somebody has come in by it: a morning on which everybody signs in spends nothing. A clock that was set back opens no new hour.
create table firebreak.provider_use (
  provider_id text primary key references firebreak.identity_provider (id),
  hour        timestamptz not null,
  used        int not null check (used >= 0));
alter table firebreak.provider_use enable row level security;
alter table firebreak.provider_use force row level security;
create policy counted on firebreak.provider_use to {{definer}} using (true);
grant select, insert, update on firebreak.provider_use to {{definer}};
grant create on schema firebreak to {{definer}};

-- 'taken', or 'spent'; 'spent now' to the one that finds it so first: the log keeps that.
create function firebreak.take_provider_way(of_provider text, most int) returns text
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  this_hour timestamptz := date_trunc('hour', now());
  n int;
begin
  if sec.system() is distinct from 'signin' then
    raise exception 'only the door asks' using errcode = '42501';
  end if;
  insert into firebreak.provider_use as u values (of_provider, this_hour, 1)
    on conflict (provider_id) do update
      set hour = greatest(u.hour, this_hour), used = case when u.hour < this_hour then 1 else least(u.used, most + 1) + 1 end
    returning used into n;
  return case when n <= most then 'taken' when n = most + 1 then 'spent now' else 'spent' end;
end $$;

create function firebreak.give_provider_way(of_provider text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if sec.system() is distinct from 'signin' then
    raise exception 'only the door asks' using errcode = '42501';
  end if;
  update firebreak.provider_use set used = used - 1 where provider_id = of_provider and used > 0;
end $$;

-- Its organisation and the stewards, who confirm; and of a connection the one whose it is, in their other windows.
create function firebreak.tell_provider() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  row jsonb := to_jsonb(new);
begin
  if tg_table_name = 'provider_link' then
    perform firebreak.tell('network', '', '{}', array[row ->> 'member_id']);
  else
    perform firebreak.tell('network', '', array[row ->> 'org_id']
      || array(select distinct m.org_id from firebreak.member m where m.role = 'steward' and m.left_at is null), '{}');
  end if;
  return null;
end $$;
do $$ declare f text; begin
  foreach f in array array['take_provider_way(text, int)', 'give_provider_way(text)', 'tell_provider()'] loop
    execute format('alter function firebreak.%s owner to {{definer}}', f);
    execute format('revoke all on function firebreak.%s from public', f);
  end loop;
end $$;
grant execute on function firebreak.take_provider_way(text, int), firebreak.give_provider_way(text) to {{app}};
revoke create on schema firebreak from {{definer}};
create trigger told after insert or update on firebreak.identity_provider for each row execute function firebreak.tell_provider();
create trigger told after insert or update of ended_at on firebreak.provider_link
  for each row execute function firebreak.tell_provider();
