-- Why: hours, languages and channels change, and routing is only as good as they are; each organisation keeps its own.
create policy own_card on firebreak.org for update to {{app}}
  using (id = (select sec.org()) and left_at is null) with check (id = (select sec.org()) and left_at is null);
grant update (hours, time_zone, languages, channel) on firebreak.org to {{app}};
