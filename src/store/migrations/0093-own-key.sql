-- Why: whoever signs in with a password and a code could not give themselves a new key, nor name officers for it: both took out every
-- key they hold, and a password never proves what RED needs (security.md 4.2). But it is only their own key, and mostly nothing RED
-- hangs on it. So the database says whether it does: then a passkey is needed as before, else the password with its code will do.
grant create on schema firebreak to {{definer}};
create function firebreak.holds_red() returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.sealed_wrap w where w.member_id = sec.member()
    and (exists (select 1 from firebreak.report r where r.sealed_id = w.sealed_id and firebreak.tlp_rank(r.tlp) >= 4)
      or exists (select 1 from firebreak.report_evidence e join firebreak.report r on r.id = e.report_id
        where e.sealed_id = w.sealed_id and firebreak.tlp_rank(r.tlp) >= 4)
      or exists (select 1 from firebreak.request q where q.briefing_id = w.sealed_id and firebreak.tlp_rank(q.tlp) >= 4)))
$$;
alter function firebreak.holds_red() owner to {{definer}};
revoke all on function firebreak.holds_red() from public;
grant execute on function firebreak.holds_red() to {{app}};
revoke create on schema firebreak from {{definer}};
