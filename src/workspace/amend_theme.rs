//! A theme's file is changed as a meeting's is: under the lock, from what it says now, checked, whole or not at all.

use std::path::Path;

use super::amend::{Door, Found, newly_wrong};
use super::list::{list, stem};
use super::{AmendError, Amended, Clock};
use crate::model::Theme;
use crate::source::{FileId, Finding, Severity};
use crate::yaml::{self, Clash, Why};

/// Changes a theme as its file is at this moment. Two programs that change one theme this way lose nothing. The id of a theme is the
/// name of its file, and stays.
///
/// # Errors
///
/// As [`super::amend`].
pub fn change_theme<T>(root: &Path, clock: Clock, id: &str, change: impl FnOnce(&mut Theme) -> T) -> Result<(Amended, T), AmendError> {
    let door = Door::open(root, clock)?;
    let themes = list(root, "themes");
    let listed = themes.iter().find(|listed| stem(&listed.path) == id).ok_or_else(|| AmendError::NoTheme(id.to_owned()))?;
    let file = door.found(listed)?;
    let clashing = |clashes| AmendError::Clashes { path: file.path.clone(), clashes };
    let unreadable = || clashing(vec![Clash { place: String::new(), why: Why::Unreadable, wanted: None }]);
    let base = read(id, &file.text).0.ok_or_else(unreadable)?;
    let mut after = base.clone();
    let told = change(&mut after);
    let new = yaml::amend_theme(&file.text, &base, &after).map_err(clashing)?;
    door.check_theme(&file, id, &new)?;
    Ok((door.put(&file, new)?, told))
}

/// The theme that a text holds, and what is wrong with it.
pub(super) fn read(id: &str, text: &str) -> (Option<Theme>, Vec<Finding>) {
    let (raw, findings) = yaml::read_theme(FileId(0), text);
    let Some(raw) = raw else { return (None, findings) };
    let checked = yaml::check_theme(FileId(0), id, raw, findings);
    let findings = checked.findings.into_iter().filter(|finding| finding.code.severity == Severity::Wrong).collect();
    (checked.value, findings)
}

impl Door<'_> {
    /// Refuses a text in which something is wrong that was not wrong before, by itself or beside the other themes.
    fn check_theme(&self, file: &Found, id: &str, new: &str) -> Result<(), AmendError> {
        let ((before, old_findings), (after, findings)) = (read(id, &file.text), read(id, new));
        let mut findings = newly_wrong(&old_findings, findings);
        findings.extend(newly_wrong(&self.beside_others(id, before.clone()), self.beside_others(id, after.clone())));
        let old_ids = statement_ids(before.as_ref());
        let new_ids: Vec<String> = statement_ids(after.as_ref()).into_iter().filter(|id| !old_ids.contains(id)).collect();
        findings.extend(self.used_elsewhere(file, &new_ids));
        if findings.is_empty() { Ok(()) } else { Err(AmendError::Wrong { path: file.path.clone(), findings }) }
    }

    /// What is wrong among the themes when this is one of them. On what statements rest is for the meetings to say.
    fn beside_others(&self, id: &str, theme: Option<Theme>) -> Vec<Finding> {
        let mut themes: Vec<Theme> = self.codebook.themes.iter().filter(|theme| theme.id != id).cloned().chain(theme).collect();
        themes.sort_by(|a, b| a.id.cmp(&b.id));
        let mut findings = yaml::check_together(&themes, &[], &Default::default());
        findings.retain(|finding| !yaml::rests_on_others(finding.code));
        findings
    }
}

fn statement_ids(theme: Option<&Theme>) -> Vec<String> {
    let statements = theme.and_then(|theme| theme.guide.as_ref()).into_iter().flat_map(|guide| &guide.statements);
    statements.filter_map(|statement| statement.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::model::{Guide, Stage, Statement};

    const THEME: &str = "# Ours\ntitle: Referral bounced   # for now\nkind: barrier\nindicators:\n  - sent back\nstage: emerging\n";

    fn workspace() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("themes")).unwrap();
        fs::create_dir_all(folder.path().join("meetings")).unwrap();
        fs::write(folder.path().join("marg.yaml"), "name: G\nagencies: [{ id: police, name: P }]\n").unwrap();
        fs::write(folder.path().join("themes/bounced.yaml"), THEME).unwrap();
        fs::write(folder.path().join("themes/other.yaml"), "title: O\nkind: barrier\nalso_known_as: [older]\n").unwrap();
        let meeting = "meeting: marg\ndate: 2026-02-12\ncases: [{ ref: QLM-7KQ2, actions: [{ id: aaaa, what: Ring }] }]\n";
        fs::write(folder.path().join("meetings/m.yaml"), meeting).unwrap();
        folder
    }

    fn clock() -> Clock {
        Clock { given: None, now: "2026-03-26".parse().unwrap() }
    }

    fn statement(id: &str) -> Statement {
        let (section, says) = ("what-works".to_owned(), "Ask first.".to_owned());
        Statement { nth: 0, id: Some(id.to_owned()), section, says, who: Vec::new(), evidence: vec!["aaaa".to_owned()], reviewed: None }
    }

    #[test]
    fn a_theme_is_changed_through_the_same_door() {
        let folder = workspace();
        let (amended, told) = change_theme(folder.path(), clock(), "bounced", |theme| {
            theme.stage = Some(Stage::GuideDraft);
            theme.indicators.push("not for us".to_owned());
            theme.guide.get_or_insert_with(Guide::default).statements.push(statement("s7p4"));
            theme.guide.get_or_insert_with(Guide::default).why_this_guide = Some("It happens.\n\nOften: every month.\n".to_owned());
            7
        })
        .unwrap();
        assert_eq!((told, amended.changed, amended.path.as_str()), (7, true, "themes/bounced.yaml"));
        assert_eq!(fs::read_to_string(folder.path().join("themes/bounced.yaml")).unwrap(), amended.text);
        let guide = "guide:\n  why_this_guide: |\n    It happens.\n\n    Often: every month.\n  statements:\n    - { id: s7p4, section: what-works, says: Ask first., evidence: [aaaa] }\n";
        assert_eq!(amended.text, THEME.replace("sent back\nstage: emerging", "sent back\n  - not for us\nstage: guide-draft") + guide);
        assert!(!change_theme(folder.path(), clock(), "bounced", |_| ()).unwrap().0.changed);
        assert!(matches!(change_theme(folder.path(), clock(), "x", |_| ()), Err(AmendError::NoTheme(_))));
    }

    #[test]
    fn what_would_be_wrong_is_not_written() {
        let folder = workspace();
        let path = folder.path().join("themes/bounced.yaml");
        let refused = |change: &dyn Fn(&mut Theme)| change_theme(folder.path(), clock(), "bounced", |theme| change(theme)).unwrap_err().to_string();
        let twice = refused(&|theme| theme.also_known_as.push("older".to_owned()));
        assert!(twice.contains("`older` stands for the theme `bounced` already"), "{twice}");
        assert!(refused(&|theme| theme.title = String::new()).contains("`title` is missing"));
        let used = refused(&|theme| theme.guide.get_or_insert_default().statements.push(statement("aaaa")));
        assert!(used.ends_with("the id `aaaa` is used already, in `meetings/m.yaml`"), "{used}");
        assert_eq!(fs::read_to_string(&path).unwrap(), THEME);
        fs::write(&path, "title: [").unwrap();
        assert!(change_theme(folder.path(), clock(), "bounced", |_| ()).unwrap_err().to_string().contains("`marg check` says what"));
    }
}
