-- Why: requests of an organisation that was removed stayed open, and the other side waited for somebody who could not answer any
-- more. They end with it: what it had sent counts as taken back, what it was asked counts as declined, so that whoever waits is
-- told at once, sees why, and may ask another. What banks hold under their orders stays as it is; the ledger keeps it.
create policy ended on firebreak.request_event for insert to {{definer}} with check (true);
grant update (status, closed_at) on firebreak.request to {{definer}};
grant insert on firebreak.request_event to {{definer}};
grant create on schema firebreak to {{definer}};
create function firebreak.org_gone() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  r record;
begin
  for r in select id, from_org = new.id as sender from firebreak.request
      where new.id in (from_org, to_org) and status in ('sent', 'acknowledged', 'ordered', 'answered') order by id for update loop
    update firebreak.request set closed_at = clock_timestamp(),
      status = case when r.sender then 'recalled' else 'declined' end where id = r.id;
    insert into firebreak.request_event (request_id, org_id, kind, body)
      values (r.id, new.id, case when r.sender then 'recalled' else 'declined' end, '{"why": "removed"}');
  end loop;
  return new;
end $$;
alter function firebreak.org_gone() owner to {{definer}};
revoke all on function firebreak.org_gone() from public;
revoke create on schema firebreak from {{definer}};
create trigger org_gone after update of left_at on firebreak.org for each row
  when (old.left_at is null and new.left_at is not null) execute function firebreak.org_gone();
