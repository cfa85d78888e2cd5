//! Changes of the codebook that reach through all files: all of them, or none.

use std::process::Command;

use crate::harness::{TODAY, TestWorkspace};

const MEETING: &str = "\
# ours
meeting: marg
date: 2026-03-12
status: held
cases:
  - ref: QLM-7KQ2
    needs: [alone]   # he says
    barriers:
      - { theme: bounced, status: live }   # again
      - theme: refused
        status: live
    actions:
      - { id: k7q2, what: Call, owner: housing, addresses: refused }
";

fn workspace() -> TestWorkspace {
    TestWorkspace::new()
        .file("themes/bounced.yaml", "title: Referral bounced\nkind: barrier\ndefinition: Sent back.\n")
        .file(
            "themes/refused.yaml",
            "# Theirs\ntitle: Refused\nkind: barrier\ndefinition: |\n  Nobody takes it.\n\n  Not once.\nindicators:\n  - turned away\n",
        )
        .file("themes/alone.yaml", "title: Alone\nkind: need\ndefinition: Nobody there.\n")
        .file("meetings/2026-03-12-marg.yaml", MEETING)
        .file("meetings/2026-02-12-marg.yaml", "meeting: marg\ndate: 2026-02-12\nstatus: held\ncases:\n  - { ref: QLM-4R8M, needs: [alone] }\n")
        .file("tagging/KIM/2026-03-12-marg.yaml", "meeting: 2026-03-12-marg\ncases:\n  - { ref: QLM-7KQ2, themes: [refused, bounced] }\n")
}

fn all(workspace: &TestWorkspace) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for folder in ["themes", "meetings", "tagging/KIM"] {
        for entry in std::fs::read_dir(workspace.path(folder)).unwrap() {
            let path = entry.unwrap().path();
            files.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
    files.sort();
    files
}

#[track_caller]
fn in_order(workspace: &TestWorkspace) {
    let ran = workspace.marg(&["check", "--wrong"]);
    assert_eq!(ran.code, Some(0), "{ran}");
}

#[test]
fn a_theme_gets_another_id_in_all_files() {
    let workspace = workspace();
    let before = all(&workspace);
    let preview = workspace.marg(&["themes", "rename", "refused", "turned-away", "--dry-run"]);
    assert!(preview.stdout.contains("  -       - theme: refused\n  +       - theme: turned-away\n"), "{preview}");
    assert!(preview.stdout.contains("themes/refused.yaml (goes)\n") && preview.stderr.contains("Nothing was written."), "{preview}");
    assert_eq!(all(&workspace), before);

    let ran = workspace.marg(&["themes", "rename", "refused", "turned-away"]);
    assert!(ran.stderr.contains("`refused` is `turned-away` now: 2 places in 1 meeting and 1 in 1 other file."), "{ran}");
    assert_eq!(workspace.read("meetings/2026-03-12-marg.yaml"), MEETING.replace("refused", "turned-away"));
    let theme = workspace.read("themes/turned-away.yaml");
    assert!(theme.starts_with("# Theirs\ntitle: Refused\n") && theme.ends_with("  - turned away\nalso_known_as: [refused]\n"), "{theme}");
    assert!(!workspace.path("themes/refused.yaml").exists());
    assert!(workspace.read("tagging/KIM/2026-03-12-marg.yaml").contains("[turned-away, bounced]"));
    in_order(&workspace);

    // Back to the name it had, which is no name of another.
    workspace.marg(&["themes", "rename", "turned-away", "refused"]).answer();
    assert_eq!(workspace.read("meetings/2026-03-12-marg.yaml"), MEETING);
    workspace.marg(&["themes", "undo"]).answer();
    assert_eq!(workspace.read("themes/turned-away.yaml"), theme);
    let again = workspace.marg(&["themes", "undo"]);
    assert!(again.code == Some(3) && again.stderr.contains("no change of themes that could be taken back"), "{again}");
}

#[test]
fn themes_become_one_and_what_they_said_is_not_lost() {
    let workspace = workspace();
    let before = all(&workspace);
    let ran = workspace.marg(&["themes", "merge", "refused", "bounced", "refused", "--into", "bounced"]);
    assert!(ran.stderr.contains("1 theme went into `bounced`: 2 places in 1 meeting and 1 in 1 other file."), "{ran}");
    let theme = workspace.read("themes/bounced.yaml");
    let remark = "# Merged on 2026-03-26: refused, \"Refused\"\n#   definition: Nobody takes it.\n#\n#     Not once.\n";
    assert_eq!(theme, format!("title: Referral bounced\nkind: barrier\ndefinition: Sent back.\nindicators: [turned away]\nalso_known_as: [refused]\n{remark}"));
    // A second person who tagged both has tagged one now.
    assert!(workspace.read("tagging/KIM/2026-03-12-marg.yaml").contains("themes: [bounced]"));
    in_order(&workspace);
    workspace.marg(&["themes", "undo"]).answer();
    assert_eq!(all(&workspace), before);

    let kinds = workspace.marg(&["themes", "merge", "alone", "--into", "bounced"]);
    assert!(kinds.code == Some(3) && kinds.stderr.contains("`alone` is a need, and `bounced` a barrier"), "{kinds}");
    assert_eq!(all(&workspace), before);
}

#[test]
fn what_has_changed_since_is_not_taken_back() {
    let workspace = workspace();
    workspace.marg(&["themes", "merge", "refused", "--into", "bounced"]).answer();
    let path = workspace.path("meetings/2026-03-12-marg.yaml");
    std::fs::write(&path, workspace.read("meetings/2026-03-12-marg.yaml") + "# by hand\n").unwrap();
    let before = all(&workspace);
    let ran = workspace.marg(&["themes", "undo"]);
    assert!(ran.stderr.contains("`meetings/2026-03-12-marg.yaml` changed since"), "{ran}");
    assert_eq!((ran.code, all(&workspace)), (Some(3), before));
}

#[test]
fn a_theme_is_added_and_retired() {
    let workspace = workspace();
    let lacks = workspace.marg(&["themes", "add", "no-answer", "--kind", "barrier"]);
    assert!(lacks.code == Some(2) && lacks.stderr.contains("a theme needs `--title` and `--definition`"), "{lacks}");
    let add = ["themes", "add", "no-answer", "--kind", "barrier", "--title", "No answer: none", "--definition", "Nobody answers.", "--indicator", "rang out"];
    workspace.marg(&add).answer();
    let text = workspace.read("themes/no-answer.yaml");
    assert!(text.contains("title: \"No answer: none\"\nkind: barrier\ndefinition: Nobody answers.\nindicators:\n  - rang out\n"), "{text}");
    let twice = workspace.marg(&add);
    assert!(twice.stderr.contains("there is a theme `no-answer` already"), "{twice}");

    let ran = workspace.marg(&["themes", "retire", "refused", "--use", "no-answer", "--why", "Too broad", "--on", "2026-03-01"]);
    assert!(ran.stderr.contains("`refused` is retired from 1 March 2026 on."), "{ran}");
    assert!(workspace.read("themes/refused.yaml").ends_with("retired: { on: 2026-03-01, why: Too broad, use: no-answer }\n"));
    in_order(&workspace);
    let check = workspace.marg(&["check", "--only", "theme-retired"]);
    assert!(check.stdout.contains("`refused` was retired on 1 March 2026, and is used here") && check.stdout.contains("use `no-answer` instead"), "{check}");
    let list = workspace.marg(&["themes", "--format", "json"]).json();
    let retired: Vec<_> = list["themes"].as_array().unwrap().iter().filter(|row| row["retired"] == "yes").map(|row| &row["theme"]).collect();
    assert_eq!(retired, ["refused"]);
    // The theme that is to be used gets another id: what points at it follows.
    workspace.marg(&["themes", "rename", "no-answer", "nobody-answers"]).answer();
    assert!(workspace.read("themes/refused.yaml").contains("use: nobody-answers }"));
    let again = workspace.marg(&["themes", "retire", "refused", "--why", "x"]);
    assert!(again.stderr.contains("was retired before"), "{again}");
}

#[test]
fn agreed_minutes_stay_agreed_when_a_theme_is_called_otherwise() {
    let workspace = workspace();
    workspace.marg(&["minutes", "agree", "2026-03-12-marg", "--by", "the meeting"]).answer();
    workspace.marg(&["themes", "rename", "refused", "turned-away"]).answer();
    assert!(!workspace.marg(&["check"]).stdout.contains("record-changed"));
    let path = workspace.path("meetings/2026-03-12-marg.yaml");
    std::fs::write(&path, workspace.read("meetings/2026-03-12-marg.yaml").replace("what: Call", "what: Write")).unwrap();
    assert!(workspace.marg(&["check"]).stdout.contains("record-changed"));
    workspace.marg(&["themes", "rename", "turned-away", "refused"]).answer();
    assert!(workspace.marg(&["check"]).stdout.contains("record-changed"), "what was changed before stays changed");
}

#[test]
fn what_cannot_be_changed_everywhere_is_changed_nowhere() {
    let workspace = workspace().file("meetings/2026-01-08-marg.yaml", "meeting: marg\ndate: 2026-01-08\ncases: [ # refused\n");
    let before = all(&workspace);
    let ran = workspace.marg(&["themes", "rename", "refused", "turned-away"]);
    assert!(ran.code == Some(3) && ran.stderr.contains("meetings/2026-01-08-marg.yaml"), "{ran}");
    assert_eq!(all(&workspace), before);
    for (new, why) in
        [("alone", "there is a theme `alone` already"), ("no blanks", "cannot be an id"), ("../x", "cannot be"), ("ALONE", "there is a file of the name")]
    {
        let ran = workspace.marg(&["themes", "rename", "bounced", new]);
        assert!(ran.code == Some(3) && ran.stderr.contains(why), "{new}: {ran}");
    }
    assert_eq!(all(&workspace), before);
}

/// Kills a change at random moments: what is there afterwards is the workspace before, or after.
#[test]
fn whoever_is_killed_has_done_it_or_has_not_begun() {
    let workspace = (0..60).fold(workspace(), |workspace, n| {
        let text = MEETING.replace("k7q2", &format!("k{n}")).replace("2026-03-12", "2026-01-08");
        workspace.file(&format!("meetings/2026-01-08-n{n}.yaml"), text)
    });
    let before = all(&workspace);
    workspace.marg(&["themes", "merge", "refused", "--into", "bounced"]).answer();
    let after = all(&workspace);
    workspace.marg(&["themes", "undo"]).answer();
    assert_eq!(all(&workspace), before);
    let start = std::time::Instant::now();
    workspace.marg(&["themes", "merge", "refused", "--into", "bounced"]).answer();
    let takes = start.elapsed();
    workspace.marg(&["themes", "undo"]).answer();
    let (mut done, mut not_begun) = (0, 0);
    // On a busy machine the last of thirty may still have come too early.
    for n in 0..300_u32 {
        if n >= 30 && done > 0 {
            break;
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_marg"))
            .args(["themes", "merge", "refused", "--into", "bounced"])
            .current_dir(workspace.path(""))
            .env_clear()
            .env("MARG_TODAY", TODAY)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(takes * n / 28);
        let _ = child.kill();
        child.wait().unwrap();
        in_order(&workspace);
        let now = all(&workspace);
        if now == after {
            done += 1;
            workspace.marg(&["themes", "undo"]).answer();
        } else {
            not_begun += 1;
        }
        assert_eq!(all(&workspace), before, "after a kill at {n}/28");
        let left = [".marg/change", ".marg/staged"].map(|name| workspace.path(name).exists());
        assert_eq!(left, [false, false]);
    }
    assert!(done > 0 && not_begun > 0, "{done} {not_begun}");
}

#[test]
fn what_stands_under_one_theme_is_told_apart() {
    let workspace = || {
        workspace().file("themes/late.yaml", "title: Late\nkind: barrier\ndefinition: Too late.\n").file(
            "meetings/2026-01-08-marg.yaml",
            "meeting: marg\ndate: 2026-01-08\nstatus: held\ncases:\n  - ref: QLM-4R8M\n    update: He waits.\n    barriers: [{ theme: refused, status: live, rule: No dogs }]\n    learning:\n      - { worked: Asked again, themes: refused }\n",
        )
    };
    let split = ["themes", "split", "refused", "--into", "bounced", "late"];
    let typed = workspace();
    let ran = typed.marg_fed(&split, "a\nx\nb\nu\nb\nk\na\n");
    assert!(ran.stderr.contains("1 of 4: 2026-01-08-marg, QLM-4R8M, barrier\n  No dogs · He waits.\n"), "{ran}");
    assert!(
        ran.stderr.contains("`x` is none of the answers.") && ran.stderr.contains("Told apart: 3 places in 2 meetings; 1 place stays with `refused`."),
        "{ran}"
    );
    let early = typed.read("meetings/2026-01-08-marg.yaml");
    assert!(early.contains("{ theme: bounced, status: live, rule: No dogs }") && early.contains("themes: late }"), "{early}");
    assert_eq!(typed.read("meetings/2026-03-12-marg.yaml"), MEETING.replace("addresses: refused", "addresses: bounced"));
    in_order(&typed);

    // The same by a table, which the program has written.
    let filled = workspace();
    let list = filled.marg(&["themes", "split", "refused", "--into", "bounced", "late", "--list", "--format", "csv"]).answer();
    let mut answers = ["a", "late", "", "bounced"].into_iter();
    let table: String =
        list.lines().enumerate().map(|(n, line)| if n == 0 { format!("{line}\n") } else { format!("{line}{}\n", answers.next().unwrap()) }).collect();
    std::fs::write(filled.path("split.csv"), table).unwrap();
    filled.marg(&["themes", "split", "refused", "--into", "bounced", "late", "--by", "split.csv"]).answer();
    let meetings = |workspace: &TestWorkspace| all(workspace).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
    let (by_hand, by_table) = (meetings(&typed), meetings(&filled));
    assert!(by_hand.iter().all(|text| by_table.contains(text)), "{by_table:?}");
    let again = filled.marg(&["themes", "split", "refused", "--into", "bounced", "late", "--by", "split.csv"]);
    assert!(again.code == Some(3) && again.stderr.contains("is no place where the theme stands"), "{again}");

    // Whoever goes without a word has changed nothing; whoever leaves keeps what was said.
    let left = workspace();
    let before = all(&left);
    assert!(left.marg_fed(&split, "a\n").stderr.contains("Nothing was written."));
    assert_eq!(all(&left), before);
    assert!(left.marg_fed(&split, "a\nq\n").stderr.contains("Told apart: 1 place in 1 meeting; 3 places stay"));
    let wrong = left.marg(&["themes", "split", "refused", "--into", "bounced", "alone"]);
    assert!(wrong.code == Some(2) && wrong.stderr.contains("`alone` is of another kind"), "{wrong}");
}

#[test]
fn themes_of_another_group_come_over_and_nothing_is_written_over() {
    let theirs = TestWorkspace::new()
        .file("themes/refused.yaml", "title: Refused there\nkind: barrier\ndefinition: Another thing.\n")
        .file(
            "themes/no-interpreter.yaml",
            "title: No interpreter\nkind: barrier\ndefinition: Nobody speaks it.\nalso_known_as: [language]\nstage: published\nguide: { contacts: Us }\n",
        )
        .file("themes/referral-bouncing.yaml", "title: Referral bouncing\nkind: barrier\ndefinition: Returned.\n")
        .file("themes/old.yaml", "title: Dogs\nkind: barrier\ndefinition: No dogs.\nretired: { on: 2026-01-01, why: w }\n");
    let ours = workspace();
    let before = all(&ours);
    let other = theirs.path("").display().to_string();
    let preview = ours.marg(&["themes", "adopt", &other, "--dry-run"]);
    assert!(preview.stdout.contains("themes/no-interpreter.yaml (new)"), "{preview}");
    assert_eq!(all(&ours), before);

    let ran = ours.marg(&["themes", "adopt", &other, "--same", "referral-bouncing=bounced"]);
    assert!(ran.stdout.contains("as you say") && ran.stdout.contains("is here under the same id"), "{ran}");
    assert_eq!(ours.read("themes/refused.yaml"), workspace().read("themes/refused.yaml"));
    assert!(ours.read("themes/bounced.yaml").ends_with("also_known_as: [referral-bouncing]\n"));
    assert!(!ours.path("themes/old.yaml").exists() && !ours.path("themes/referral-bouncing.yaml").exists());
    in_order(&ours);
    ours.marg(&["themes", "undo"]).answer();
    assert_eq!(all(&ours), before);
    let unknown = ours.marg(&["themes", "adopt", &other, "--theme", "no-interpretor"]);
    assert!(unknown.code == Some(2) && unknown.stderr.contains("did you mean `no-interpreter`?"), "{unknown}");
}
