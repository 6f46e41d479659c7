-- Why: when the only steward of a group was removed, nobody could ever make its next key, and nothing could be sealed to it any more:
-- the network's steward could offer a steward's seat only where nobody had ever sat. Now they can wherever no steward sits.
-- A link to a seat worked for a week although who made it had been stopped or had left, or could not have made it any more.
-- And whoever had left a share of their key with an officer who is gone went on believing that it could be given back.
grant create on schema firebreak to {{definer}};
-- Whether no steward sits there: only then may the network's steward offer a seat, a steward's.
create or replace function firebreak.is_unseated(of_group text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select not exists (select 1 from firebreak.seat s
    where s.group_id = of_group and s.role = 'steward' and s.left_at is null)
$$;
-- A link holds as long as who made it could make it still: they work here, and steer the group or it has no steward.
create function firebreak.offer_holds(of_offer firebreak.seat_offer) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select of_offer.used_at is null and of_offer.expires_at > clock_timestamp()
    and exists (select 1 from firebreak.member m join firebreak.org o on o.id = m.org_id
      where m.id = of_offer.offered_by and m.left_at is null and o.left_at is null
        and m.suspended_at is null and o.suspended_at is null)
    and (firebreak.is_unseated(of_offer.group_id) or exists (select 1 from firebreak.seat s
      where s.group_id = of_offer.group_id and s.member_id = of_offer.offered_by and s.role = 'steward' and s.left_at is null))
$$;
create or replace function firebreak.take_seat(of_token bytea) returns text
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  offer firebreak.seat_offer;
begin
  if sec.member() is null then raise exception 'no member' using errcode = '42501'; end if;
  select * into offer from firebreak.seat_offer o where o.token_hash = of_token for update;
  if not found or not firebreak.offer_holds(offer) then return null; end if;
  update firebreak.seat_offer set used_at = clock_timestamp() where token_hash = of_token;
  insert into firebreak.seat as s (group_id, member_id, role, hidden, given_by)
    values (offer.group_id, sec.member(), offer.role, offer.hidden, offer.offered_by)
    on conflict (group_id, member_id) do update
      set role = excluded.role, hidden = excluded.hidden, given_by = excluded.given_by, given_at = now(), left_at = null
      where s.left_at is not null or (s.role = 'member' and excluded.role = 'steward');
  if not found then
    raise exception 'you sit in this group already; the link stays open for whom it is meant' using errcode = 'FB409';
  end if;
  return offer.group_id;
end $$;
create or replace function firebreak.seat_offered(of_token bytea) returns table (role text, hidden boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.role, o.hidden from firebreak.seat_offer o where sec.member() is not null
    and o.token_hash = of_token and firebreak.offer_holds(o)
$$;
-- Who keeps the shares of my key, and which of them can pass nothing on any more.
drop function firebreak.my_officers();
create function firebreak.my_officers() returns table (name text, org_name text, helped boolean, gone boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.name, o.name, exists (select 1 from firebreak.key_ask a join firebreak.key_help h on h.ask_id = a.id
    where a.member_id = s.member_id and a.ended_at is null and h.officer_id = s.officer_id),
    m.left_at is not null or o.left_at is not null
  from firebreak.key_share s join firebreak.member m on m.id = s.officer_id join firebreak.org o on o.id = m.org_id
  where s.member_id = sec.member() order by o.name, m.name
$$;
alter function firebreak.my_officers() owner to {{definer}};
alter function firebreak.offer_holds(firebreak.seat_offer) owner to {{definer}};
revoke all on function firebreak.my_officers(), firebreak.offer_holds(firebreak.seat_offer) from public;
grant execute on function firebreak.my_officers() to {{app}};
revoke create on schema firebreak from {{definer}};
