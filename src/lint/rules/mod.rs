//! One file a rule. Adding one is a file, a line in each of the two lists here, and a fixture that provokes it.

use super::Rule;

mod action_forgotten;
mod action_without_due;
mod action_without_id;
mod action_without_owner;
mod barrier_blocks_nothing;
mod barrier_without_owner;
mod case_without_next_step;
mod consent_withheld;
mod deferred_case_lost;
mod impossible_date;
mod indicator_in_two_themes;
mod label_without_context;
mod learning_without_theme;
mod meeting_long_past;
mod no_confidentiality_statement;
mod old_actions_unreported;
mod opportunity_unknown;
mod overbooked_agenda;
mod placeholder;
mod ref_like_a_name;
mod referral_incomplete;
mod required_agency_missing;
mod sharing_agreement;
mod short_version_hard;
mod statement_suspect;
mod statement_without_evidence;
mod theme_over_broad;
mod theme_retired;
mod theme_undefined;
mod theme_unused;
mod theme_without_limits;
mod themes_alike;
mod themes_always_together;
mod told_before_set;
mod views_missing;
mod word_not_on_list;
mod word_that_judges;

pub(super) use ref_like_a_name::gives_away as ref_gives_away;

/// All rules, in the order of the documentation: actions, cases, barriers, meetings, learning, themes, words.
pub(super) static RULES: &[&Rule] = &[
    &action_without_owner::RULE,
    &action_without_due::RULE,
    &action_without_id::RULE,
    &old_actions_unreported::RULE,
    &told_before_set::RULE,
    &action_forgotten::RULE,
    &case_without_next_step::RULE,
    &views_missing::RULE,
    &referral_incomplete::RULE,
    &consent_withheld::RULE,
    &ref_like_a_name::RULE,
    &placeholder::RULE,
    &label_without_context::RULE,
    &word_that_judges::RULE,
    &barrier_without_owner::RULE,
    &barrier_blocks_nothing::RULE,
    &no_confidentiality_statement::RULE,
    &sharing_agreement::RULE,
    &opportunity_unknown::RULE,
    &short_version_hard::RULE,
    &required_agency_missing::RULE,
    &overbooked_agenda::RULE,
    &deferred_case_lost::RULE,
    &meeting_long_past::RULE,
    &impossible_date::RULE,
    &learning_without_theme::RULE,
    &theme_undefined::RULE,
    &theme_unused::RULE,
    &theme_retired::RULE,
    &theme_without_limits::RULE,
    &theme_over_broad::RULE,
    &themes_alike::RULE,
    &themes_always_together::RULE,
    &indicator_in_two_themes::RULE,
    &statement_without_evidence::RULE,
    &statement_suspect::RULE,
    &word_not_on_list::RULE,
];
