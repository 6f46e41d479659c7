/** UTF-16 units of a rule file; the longest of the house has some seven thousand. Apart, for pages that read no rule themselves. */
export const LONGEST_RULE = 200_000
