-- Why: two members who hold the same account must find out before either exposes anything. These functions answer with a
-- count and nothing else; who and whose come only after both have agreed.
-- the definer owns its functions, and may create nothing once this migration is done
grant create on schema firebreak to {{definer}};

create policy known on firebreak.request_token for select to {{definer}} using (true);
grant select on firebreak.request_token to {{definer}};

-- For each token that is part of an open request of another organisation: how many such requests.
create function firebreak.known(tokens text[]) returns table (token text, open_requests int)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.token, count(*)::int
  from firebreak.request_token t join firebreak.request r on r.id = t.request_id
  where t.token = any (tokens) and t.from_org <> sec.org()
    and r.status in ('sent', 'acknowledged', 'ordered', 'answered')
  group by t.token
$$;

create policy offered on firebreak.report_token for select to {{definer}} using (true);
create policy offered on firebreak.report for select to {{definer}} using (true);
create policy offered on firebreak.corroboration to {{definer}} using (true);
create policy offered on firebreak.corroboration_offer to {{definer}} using (true);
create policy joined on firebreak.request_access for insert to {{definer}} with check (true);
create policy joined on firebreak.request_event for insert to {{definer}} with check (true);
grant select on firebreak.report_token, firebreak.report to {{definer}};
grant select, insert, update on firebreak.corroboration, firebreak.corroboration_offer to {{definer}};
grant insert on firebreak.request_access, firebreak.request_event to {{definer}};

-- Offers one of the caller's reports to whoever has an open request with the same token. Returns how many were asked.
create function firebreak.offer_corroboration(offer_id text, of_report text, of_token text) returns int
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  caller text := sec.org();
  asked int := 0;
  target record;
  held record;
begin
  select t.kind into held from firebreak.report_token t join firebreak.report r on r.id = t.report_id
    where t.report_id = of_report and t.token = of_token and r.org_id = caller;
  if not found then
    raise exception 'not yours' using errcode = 'P0002';
  end if;
  insert into firebreak.corroboration (id, by_org, by_member, report_id, token)
    values (offer_id, caller, sec.member(), of_report, of_token) on conflict (report_id, token) do nothing;
  if not found then
    return 0;
  end if;
  for target in
    select r.id, r.from_org from firebreak.request_token t join firebreak.request r on r.id = t.request_id
    where t.token = of_token and t.from_org <> caller and r.status in ('sent', 'acknowledged', 'ordered', 'answered')
  loop
    insert into firebreak.corroboration_offer (id, corroboration_id, request_id, org_id, fact_kind)
      values (offer_id || '-' || asked, offer_id, target.id, target.from_org, held.kind);
    asked := asked + 1;
    perform pg_notify('firebreak_live',
      json_build_object('topic', 'request', 'id', target.id, 'orgs', json_build_array(target.from_org))::text);
  end loop;
  return asked;
end $$;

-- The request's owner agrees or declines; on agreement the other side gets a live grant and both learn who the other is.
create function firebreak.decide_corroboration(of_offer text, agree boolean) returns text
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  caller text := sec.org();
  offer firebreak.corroboration_offer;
  source firebreak.corroboration;
begin
  select * into offer from firebreak.corroboration_offer where id = of_offer and org_id = caller for update;
  if not found then
    raise exception 'no such offer' using errcode = 'P0002';
  end if;
  if offer.status <> 'offered' then
    return offer.status;
  end if;
  update firebreak.corroboration_offer set status = case when agree then 'agreed' else 'declined' end where id = of_offer;
  select * into source from firebreak.corroboration where id = offer.corroboration_id for update;
  if agree then
    update firebreak.corroboration set status = 'agreed', request_id = offer.request_id, decided_at = now() where id = source.id;
    insert into firebreak.request_access (request_id, org_id, "as", granted_by)
      values (offer.request_id, source.by_org, 'corroborator', caller) on conflict do nothing;
    insert into firebreak.request_event (request_id, org_id, kind, body)
      values (offer.request_id, source.by_org, 'joined', jsonb_build_object('fact_kind', offer.fact_kind));
    return 'agreed';
  end if;
  if source.status = 'offered' and not exists (
    select 1 from firebreak.corroboration_offer where corroboration_id = source.id and status <> 'declined') then
    update firebreak.corroboration set status = 'declined', decided_at = now() where id = source.id;
  end if;
  perform pg_notify('firebreak_live',
    json_build_object('topic', 'report', 'id', source.report_id, 'orgs', json_build_array(source.by_org))::text);
  return 'declined';
end $$;

alter function firebreak.known(text[]) owner to {{definer}};
alter function firebreak.offer_corroboration(text, text, text) owner to {{definer}};
alter function firebreak.decide_corroboration(text, boolean) owner to {{definer}};
revoke all on function firebreak.known(text[]) from public;
revoke all on function firebreak.offer_corroboration(text, text, text) from public;
revoke all on function firebreak.decide_corroboration(text, boolean) from public;
grant execute on function firebreak.known(text[]), firebreak.offer_corroboration(text, text, text),
  firebreak.decide_corroboration(text, boolean) to {{app}};

revoke create on schema firebreak from {{definer}};
