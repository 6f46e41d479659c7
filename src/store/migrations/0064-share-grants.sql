-- Why: who may not learn of a share may not learn of its grants either; a mark that was set after sharing hid the share and
-- left the row that says whom it went to.
drop policy seen on firebreak.share_grant;
create policy seen on firebreak.share_grant for select to {{app}}
  using (firebreak.owns_share(share_id) or firebreak.reveals(share_id)
    or ((to_org = (select sec.org()) or to_member = (select sec.member()) or firebreak.in_group(to_group))
      and firebreak.share_standing(share_id) is not null));
