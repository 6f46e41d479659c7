-- Why: while no steward sat in a group, every link to a seat there that was not a week old opened it, also one of a steward who had
-- been shown the door, and one to a hidden plain seat. Only the network's steward could make one then, and only to a steward's seat.
-- And a link of before a group was closed still gave a seat in it.
grant create on schema firebreak to {{definer}};
create or replace function firebreak.offer_holds(of_offer firebreak.seat_offer) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select of_offer.used_at is null and of_offer.expires_at > clock_timestamp()
    and exists (select 1 from firebreak.working_group g where g.id = of_offer.group_id and g.closed_at is null)
    and exists (select 1 from firebreak.member m join firebreak.org o on o.id = m.org_id
      where m.id = of_offer.offered_by and m.left_at is null and o.left_at is null
        and m.suspended_at is null and o.suspended_at is null
        and (exists (select 1 from firebreak.seat s where s.group_id = of_offer.group_id and s.member_id = m.id
            and s.role = 'steward' and s.left_at is null)
          or (m.role = 'steward' and of_offer.role = 'steward' and firebreak.is_unseated(of_offer.group_id))))
$$;
revoke create on schema firebreak from {{definer}};
